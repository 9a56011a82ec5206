using System.Diagnostics;

namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>The PowerShell that engine tests run on: the one named by the environment, else the one on the path.</summary>
internal static class InstalledEngine
{
    public const string Variable = "CLOUDSTACK_TEST_PWSH";

    private static readonly Version Oldest = new(7, 4);

    /// <summary>The executable, or null with the reason why there is none.</summary>
    public static (string? Path, string? Missing) Found { get; } = Find();

    private static (string?, string?) Find()
    {
        var named = Environment.GetEnvironmentVariable(Variable);
        var path = string.IsNullOrEmpty(named) ? OnPath() : named;
        if (path is null)
        {
            return (null, $"no PowerShell: pwsh isn't on the path and {Variable} isn't set");
        }

        try
        {
            var start = new ProcessStartInfo(path, ["-NoProfile", "-NonInteractive", "-Command", "'{0}.{1}' -f $PSVersionTable.PSVersion.Major, $PSVersionTable.PSVersion.Minor"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var text = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return Version.TryParse(text, out var version) && version >= Oldest
                ? (path, null)
                : (null, $"{path} is PowerShell '{text}'; {Oldest} or later is needed");
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return (null, $"{path} can't be started: {error.Message}");
        }
    }

    private static string? OnPath() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(folder => new[] { Path.Combine(folder, "pwsh"), Path.Combine(folder, "pwsh.exe") })
        .FirstOrDefault(File.Exists);
}
