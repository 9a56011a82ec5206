using System.Reflection;
using System.Text.Json;
using Cloud.Core.Errors;

namespace CloudStack.Mcp.Engines.PowerShell;

/// <summary>An installed PowerShell that this process can host.</summary>
/// <param name="Folder">Its <c>$PSHOME</c>.</param>
/// <param name="Version">Its version.</param>
internal sealed record PowerShellHome(string Folder, Version Version)
{
    /// <summary>The engine's own assembly.</summary>
    public const string EngineAssembly = "System.Management.Automation";

    private const string Framework = "Microsoft.NETCore.App";

    /// <summary>The oldest version whose cmdlets are those of the module.</summary>
    public static Version Oldest { get; } = new(7, 4);

    /// <summary>Tells whether a folder is a <c>$PSHOME</c>.</summary>
    /// <param name="folder">The folder.</param>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, EngineAssembly + ".dll"));

    /// <summary>Looks at an installed PowerShell; nothing of it is loaded.</summary>
    /// <param name="folder">Its <c>$PSHOME</c>.</param>
    /// <param name="runtime">The version of .NET that this process runs on.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.Local"/>: it's too old, needs a newer .NET, or can't be read.</exception>
    public static PowerShellHome Open(string folder, Version runtime)
    {
        try
        {
            var version = AssemblyName.GetAssemblyName(Path.Combine(folder, EngineAssembly + ".dll")).Version ?? new Version(0, 0);
            var needed = NeededRuntime(Path.Combine(folder, "pwsh.runtimeconfig.json"));
            return version < Oldest
                ? throw Unusable(
                    $"The PowerShell in '{folder}' is {version.ToString(2)}; {Oldest} or later is needed.",
                    "Install a newer one, or start the server with --engine direct.")
                : needed is not null && Line(needed) > Line(runtime)
                    ? throw Unusable(
                        $"The PowerShell {version.ToString(2)} in '{folder}' needs .NET {Line(needed)}, and this server runs on .NET {Line(runtime)}.",
                        $"Install an older PowerShell ({Oldest} or later), run the server on .NET {Line(needed)}, or start it with --engine direct.")
                    : new PowerShellHome(folder, version);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or BadImageFormatException or JsonException or InvalidOperationException)
        {
            throw Unusable(
                $"The PowerShell in '{folder}' can't be read: {error.Message}",
                "Check the installation, or start the server with --engine direct.",
                error);
        }
    }

    // Patches of one release understand each other.
    private static Version Line(Version version) => new(version.Major, version.Minor);

    private static Version? NeededRuntime(string config)
    {
        if (!File.Exists(config))
        {
            return null;
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(config));
        var options = document.RootElement.GetProperty("runtimeOptions");
        return Frameworks(options)
            .Where(framework => framework.GetProperty("name").GetString() == Framework)
            .Select(framework => Version.TryParse(framework.GetProperty("version").GetString()?.Split('-')[0], out var version) ? version : null)
            .FirstOrDefault();
    }

    // One framework where it's shared, a list where there are several or the installation brings its own.
    private static JsonElement[] Frameworks(JsonElement options) =>
        options.TryGetProperty("framework", out var one) ? [one]
        : options.TryGetProperty("frameworks", out var many) || options.TryGetProperty("includedFrameworks", out many) ? [.. many.EnumerateArray()]
        : [];

    private static CloudException Unusable(string message, string next, Exception? inner = null) => new(ErrorCause.Local, message, next, inner);
}
