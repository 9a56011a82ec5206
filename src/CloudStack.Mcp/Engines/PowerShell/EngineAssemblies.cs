using System.Reflection;
using System.Runtime.Loader;
using Cloud.Core.Errors;

namespace CloudStack.Mcp.Engines.PowerShell;

/// <summary>
/// Lets this process load PowerShell's assemblies from its <c>$PSHOME</c>, and the cmdlets from their module; what is this
/// program's own is shared. Native libraries lie beside the assemblies that call them and are found there.
/// </summary>
internal static class EngineAssemblies
{
    private const string CmdletAssembly = "CloudStack.PowerShell";

    private static readonly Lock Turn = new();
    private static (string Home, string Module)? _used;

    /// <summary>Lets the assemblies be found. A process can host one PowerShell.</summary>
    /// <param name="home">The PowerShell.</param>
    /// <param name="module">The path of the module's assembly.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.Local"/>: the process hosts another one already.</exception>
    public static void Use(PowerShellHome home, string module)
    {
        lock (Turn)
        {
            if (_used is null)
            {
                // A server tells nobody that it runs.
                Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
                AssemblyLoadContext.Default.Resolving += (context, name) => Resolve(context, name, home.Folder, module);
                _used = (home.Folder, module);
            }
            else if (_used != (home.Folder, module))
            {
                throw new CloudException(
                    ErrorCause.Local,
                    $"This process hosts the PowerShell in '{_used.Value.Home}' already.",
                    "Start another server for another PowerShell.");
            }
        }
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name, string home, string module)
    {
        if (name.Name == CmdletAssembly)
        {
            return context.LoadFromAssemblyPath(module);
        }

        // The name comes from an assembly's own reference, and could be anything.
        var file = Path.Combine(home, Path.GetFileName(name.Name ?? "") + ".dll");
        return File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
    }
}
