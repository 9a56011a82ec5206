using System.Text.RegularExpressions;
using Cloud.Core.Errors;

namespace CloudStack.Mcp.Engines.PowerShell;

/// <summary>Where a PowerShell may be installed: as the operator says, else on the path, else where installers put it.</summary>
/// <param name="named">The folder or program that the operator names, or null.</param>
/// <param name="path">The value of <c>PATH</c>.</param>
/// <param name="known">The folders of installers.</param>
internal sealed partial class PowerShellSearch(string? named, string? path, IReadOnlyList<string> known)
{
    /// <summary>The environment variable that names a PowerShell: its folder, or its program.</summary>
    public const string Variable = "CLOUDSTACK_PWSH";

    // A script that starts the real program is short.
    private const int LongestScript = 4096;

    private static readonly string[] Programs = ["pwsh", "pwsh.exe"];

    /// <summary>The search on this machine.</summary>
    public static PowerShellSearch Here => new(
        Environment.GetEnvironmentVariable(Variable), Environment.GetEnvironmentVariable("PATH"), InstallerFolders());

    /// <summary>Finds a PowerShell that this process can host.</summary>
    /// <param name="runtime">The version of .NET that this process runs on.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.Local"/>: there is none, or none that can be hosted; the first one's reason is told.</exception>
    public PowerShellHome Find(Version runtime)
    {
        CloudException? reason = null;
        foreach (var folder in Homes())
        {
            try
            {
                return PowerShellHome.Open(folder, runtime);
            }
            catch (CloudException error)
            {
                reason ??= error;
            }
        }

        throw reason ?? (string.IsNullOrEmpty(named)
            ? new CloudException(
                ErrorCause.Local,
                "No PowerShell was found: none is on PATH or in the folders of installers.",
                $"Install PowerShell {PowerShellHome.Oldest} or later, name its folder by {Variable}, or start the server with --engine direct.")
            : new CloudException(
                ErrorCause.Local,
                $"{Variable} names '{named}', and no PowerShell is there.",
                "Name the folder that holds pwsh and its assemblies."));
    }

    // What the operator names is the only choice.
    private IEnumerable<string> Homes() => string.IsNullOrEmpty(named)
        ? (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => Programs.Select(program => Path.Combine(folder, program)))
            .SelectMany(HomesOf)
            .Concat(known.Where(PowerShellHome.IsIn))
            .Distinct()
        : Directory.Exists(named) && PowerShellHome.IsIn(named) ? [named] : HomesOf(named);

    private static IEnumerable<string> HomesOf(string program)
    {
        var file = new FileInfo(program);
        if (!file.Exists)
        {
            return [];
        }

        try
        {
            var real = (FileInfo?)file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
            string[] programs = real.Length > LongestScript ? [real.FullName] : [real.FullName, .. Started(real)];
            return programs.Select(p => Path.GetDirectoryName(p)!).Where(PowerShellHome.IsIn);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IEnumerable<string> Started(FileInfo script)
    {
        var text = File.ReadAllText(script.FullName);
        return text.StartsWith("#!", StringComparison.Ordinal) ? ProgramPath().Matches(text).Select(match => match.Value) : [];
    }

    private static List<string> InstallerFolders()
    {
        var folders = new List<string>
        {
            "/opt/microsoft/powershell/7",
            "/usr/local/microsoft/powershell/7",
            "/snap/powershell/current/opt/powershell",
            Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PowerShell", "7"),
        };

        // The .NET tool keeps each version in a folder of its own.
        var tool = new DirectoryInfo(Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools", ".store", "powershell"));
        if (tool.Exists)
        {
            folders.AddRange(tool.EnumerateFiles(PowerShellHome.EngineAssembly + ".dll", SearchOption.AllDirectories)
                .Select(file => file.DirectoryName!).Where(folder => File.Exists(Path.Combine(folder, "pwsh.runtimeconfig.json"))));
        }

        return folders;
    }

    [GeneratedRegex("""/[^\s"'$]*/pwsh\b""")]
    private static partial Regex ProgramPath();
}
