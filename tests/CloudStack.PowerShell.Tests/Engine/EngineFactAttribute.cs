namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>A test that runs on a real PowerShell, and is skipped with the reason where none is found.</summary>
public sealed class EngineFactAttribute : FactAttribute
{
    /// <summary>Finds out whether the test can run.</summary>
    public EngineFactAttribute() => Skip = InstalledEngine.Found.Missing;
}
