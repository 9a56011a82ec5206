using Cloud.Core.Errors;
using CloudStack.Mcp.CommandLine.Coverage;

namespace CloudStack.Mcp.Engines.PowerShell;

/// <summary>Where the module's cmdlets are: as the operator says, else beside this program, else in a folder of <c>PSModulePath</c>.</summary>
/// <param name="named">The folder that the operator names, or null.</param>
/// <param name="beside">The module that comes with this program.</param>
/// <param name="modulePath">The value of <c>PSModulePath</c>.</param>
/// <param name="version">This program's version.</param>
internal sealed class ModuleSearch(string? named, BuiltModule beside, string? modulePath, Version version)
{
    /// <summary>The environment variable that names the module's folder.</summary>
    public const string Variable = "CLOUDSTACK_MODULE";

    private const string Name = "CloudStack.PowerShell";

    /// <summary>The search on this machine.</summary>
    public static ModuleSearch Here => new(
        Environment.GetEnvironmentVariable(Variable),
        BuiltModule.Beside,
        Environment.GetEnvironmentVariable("PSModulePath"),
        typeof(ModuleSearch).Assembly.GetName().Version!);

    /// <summary>Finds the module. It shares this program's own assemblies, so it must be of the same version.</summary>
    /// <exception cref="CloudException"><see cref="ErrorCause.Local"/>: there is none of this version.</exception>
    public BuiltModule Find()
    {
        var wanted = version.ToString(3);
        var found = Candidates().Where(module => module.Exists).Select(module => (Module: module, Version: VersionOf(module))).ToList();
        return found.Find(module => module.Version == wanted).Module ?? throw new CloudException(
            ErrorCause.Local,
            found.Count == 0
                ? $"The module {Name} wasn't found{(string.IsNullOrEmpty(named) ? "" : $" in '{named}'")}."
                : $"The module {Name} in '{found[0].Module.Folder}' has the version {found[0].Version ?? "?"}, and this server {wanted}.",
            $"Install {Name} {wanted}, name its folder by {Variable}, or start the server with --engine direct.");
    }

    private IEnumerable<BuiltModule> Candidates() => string.IsNullOrEmpty(named)
        ? (modulePath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, Name))
            .SelectMany(folder => new[] { folder, Path.Combine(folder, version.ToString(3)) })
            .Select(folder => new BuiltModule(folder))
            .Prepend(beside)
        : [new BuiltModule(named)];

    private static string? VersionOf(BuiltModule module)
    {
        try
        {
            return module.Version();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
