using System.Text.RegularExpressions;
using Cloud.Core.Errors;

namespace CloudStack.Mcp.CommandLine.Coverage;

/// <summary>The PowerShell module that was built with this program and lies beside it.</summary>
/// <param name="Folder">Its folder.</param>
internal sealed partial record BuiltModule(string Folder)
{
    private const string Name = "CloudStack.PowerShell";

    /// <summary>The module beside this program, whether it's there or not.</summary>
    public static BuiltModule Beside { get; } = new(Path.Combine(AppContext.BaseDirectory, "modules", Name));

    /// <summary>The assembly with the cmdlets.</summary>
    public string Assembly => Path.Combine(Folder, "lib", Name + ".dll");

    /// <summary>The manifest.</summary>
    public string Manifest => Path.Combine(Folder, Name + ".psd1");

    /// <summary>True where both manifest and assembly are there.</summary>
    public bool Exists => File.Exists(Assembly) && File.Exists(Manifest);

    /// <summary>The version in the manifest, or null where it names none.</summary>
    /// <exception cref="IOException">The manifest can't be read.</exception>
    public string? Version() => ModuleVersion().Match(File.ReadAllText(Manifest)) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>Reads the module's cmdlets.</summary>
    /// <exception cref="CloudException">There is no module, or its assembly can't be read.</exception>
    public IReadOnlyList<CompiledCmdlet> Cmdlets()
    {
        try
        {
            return CompiledCmdlet.ReadAll(Assembly);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            throw new CloudException(
                ErrorCause.Local,
                $"The module's assembly '{Assembly}' can't be read: {error.Message}",
                "Build or install the program again; the module comes with it.",
                error);
        }
    }

    [GeneratedRegex(@"^\s*ModuleVersion\s*=\s*'([^']+)'", RegexOptions.Multiline)]
    private static partial Regex ModuleVersion();
}
