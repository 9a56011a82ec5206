using System.Runtime.CompilerServices;

namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>A test on a real PowerShell that puts a program of its own before the system's; skipped on Windows, which finds them another way.</summary>
public sealed class UnixEngineFactAttribute : FactAttribute
{
    /// <summary>Finds out whether the test can run; the reason why not stands behind its name, where every log shows it.</summary>
    /// <param name="test">The test's name.</param>
    public UnixEngineFactAttribute([CallerMemberName] string test = "")
    {
        Skip = InstalledEngine.Found.Missing
            ?? (OperatingSystem.IsWindows() ? "Windows opens addresses by no program that could be replaced." : null);
        DisplayName = Skip is null ? null : $"{test}: {Skip}";
    }
}
