using System.Reflection;
using System.Runtime.Loader;

namespace CloudStack.PowerShell.Loading;

/// <summary>
/// Holds what the cmdlets need, apart from what PowerShell and other modules bring: whatever version of a shared assembly
/// they have, ours get the one that lies beside them. Only the cmdlets' own assembly is loaded where PowerShell loads all.
/// </summary>
internal sealed class DependencyLoadContext : AssemblyLoadContext
{
    private const string Module = "CloudStack.PowerShell";

    // What the cmdlets refer to themselves. Nobody else's question is answered from here, so that ours disturb nobody either.
    private static readonly HashSet<string> Shared = new(StringComparer.OrdinalIgnoreCase) { "Cloud.Core", "CloudStack.Client", "CloudStack.Simulator" };

    private static readonly DependencyLoadContext Dependencies = new();

    private readonly string _folder = Path.GetDirectoryName(typeof(DependencyLoadContext).Assembly.Location)!;

    private DependencyLoadContext() : base(Module)
    {
    }

    /// <summary>Answers where an assembly that the default context can't find, or has in another version, is ours.</summary>
    /// <param name="context">The default context.</param>
    /// <param name="name">The assembly that is looked for.</param>
    public static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name is { } simple && Shared.Contains(simple) ? Dependencies.LoadFromAssemblyName(name) : null;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(_folder, assemblyName.Name + ".dll");
        return assemblyName.Name != Module && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
