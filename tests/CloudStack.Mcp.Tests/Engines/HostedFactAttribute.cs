using System.Runtime.CompilerServices;

namespace CloudStack.Mcp.Tests.Engines;

/// <summary>A test that hosts a real PowerShell, and is skipped with the reason where none is found.</summary>
public sealed class HostedFactAttribute : FactAttribute
{
    /// <summary>Finds out whether the test can run; the reason why not stands behind its name, where every log shows it.</summary>
    /// <param name="test">The test's name.</param>
    public HostedFactAttribute([CallerMemberName] string test = "")
    {
        Skip = InstalledPowerShell.Missing;
        DisplayName = Skip is null ? null : $"{test}: {Skip}";
    }
}

/// <summary>Tests that host a real PowerShell, and are skipped with the reason where none is found.</summary>
public sealed class HostedTheoryAttribute : TheoryAttribute
{
    /// <summary>Finds out whether the tests can run; the reason why not stands behind its name, where every log shows it.</summary>
    /// <param name="test">The test's name.</param>
    public HostedTheoryAttribute([CallerMemberName] string test = "")
    {
        Skip = InstalledPowerShell.Missing;
        DisplayName = Skip is null ? null : $"{test}: {Skip}";
    }
}
