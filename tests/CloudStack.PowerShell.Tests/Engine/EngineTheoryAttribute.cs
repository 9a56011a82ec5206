using System.Runtime.CompilerServices;

namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>Tests that run on a real PowerShell, and are skipped with the reason where none is found.</summary>
public sealed class EngineTheoryAttribute : TheoryAttribute
{
    /// <summary>Finds out whether the tests can run; the reason why not stands behind its name, where every log shows it.</summary>
    /// <param name="test">The test's name.</param>
    public EngineTheoryAttribute([CallerMemberName] string test = "")
    {
        Skip = InstalledEngine.Found.Missing;
        DisplayName = Skip is null ? null : $"{test}: {Skip}";
    }
}
