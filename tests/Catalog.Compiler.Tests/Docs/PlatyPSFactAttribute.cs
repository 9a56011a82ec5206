using System.Diagnostics;
using System.Runtime.CompilerServices;
using CloudStack.PowerShell.Tests.Engine;

namespace Catalog.Compiler.Tests.Docs;

/// <summary>A test that needs PowerShell and its module PlatyPS, and is skipped with the reason where one is missing.</summary>
public sealed class PlatyPSFactAttribute : FactAttribute
{
    private static readonly string? Missing = InstalledEngine.Found.Missing ?? FindModule();

    /// <summary>Finds out whether the test can run; the reason why not stands behind its name, where every log shows it.</summary>
    /// <param name="test">The test's name.</param>
    public PlatyPSFactAttribute([CallerMemberName] string test = "")
    {
        Skip = Missing;
        DisplayName = Skip is null ? null : $"{test}: {Skip}";
    }

    /// <summary>Runs a script in a PowerShell of its own.</summary>
    /// <returns>The lines it wrote, errors included.</returns>
    internal static IReadOnlyList<string> Run(string script)
    {
        var start = new ProcessStartInfo(InstalledEngine.Found.Path!, ["-NoProfile", "-NonInteractive", "-Command", script])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static string? FindModule() => Run("(Get-Module -ListAvailable Microsoft.PowerShell.PlatyPS).Count") is ["0"] or []
        ? "no PlatyPS: Install-PSResource Microsoft.PowerShell.PlatyPS"
        : null;
}
