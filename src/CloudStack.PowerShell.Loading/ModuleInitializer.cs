using System.Management.Automation;
using System.Runtime.Loader;

namespace CloudStack.PowerShell.Loading;

/// <summary>Prepares the process for the cmdlets: PowerShell calls it on each import, before it looks at their assembly.</summary>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    /// <inheritdoc/>
    public void OnImport()
    {
        // Once, however many runspaces import the module.
        AssemblyLoadContext.Default.Resolving -= DependencyLoadContext.Resolve;
        AssemblyLoadContext.Default.Resolving += DependencyLoadContext.Resolve;
    }
}
