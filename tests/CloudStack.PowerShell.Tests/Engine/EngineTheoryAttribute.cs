namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>Tests that run on a real PowerShell, and are skipped with the reason where none is found.</summary>
public sealed class EngineTheoryAttribute : TheoryAttribute
{
    /// <summary>Finds out whether the tests can run.</summary>
    public EngineTheoryAttribute() => Skip = InstalledEngine.Found.Missing;
}
