using System.Reflection;
using System.Runtime.Loader;

namespace CloudStack.PowerShell.Loading;

/// <summary>
/// Keeps the module's assemblies in a load context of their own, so that no version of them that PowerShell or another
/// module brings can meet ours. PowerShell loads this assembly once into the default context only to call
/// <see cref="LoadModule"/>; the cmdlets come from the second copy.
/// </summary>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly Lazy<Assembly> Module = new(() => new ModuleLoadContext(
        typeof(ModuleLoadContext).Assembly.Location).LoadMain());

    private readonly string _main;
    private readonly string _folder;

    private ModuleLoadContext(string main) : base("CloudStack.PowerShell")
    {
        _main = main;
        _folder = Path.GetDirectoryName(main)!;
    }

    /// <summary>Loads the module's assembly apart from all others; a second call gives the same.</summary>
    /// <returns>The assembly that holds the cmdlets.</returns>
    public static Assembly LoadModule() => Module.Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        var path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    private Assembly LoadMain() => LoadFromAssemblyPath(_main);
}
