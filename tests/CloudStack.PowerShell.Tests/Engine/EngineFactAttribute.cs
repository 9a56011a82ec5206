using System.Runtime.CompilerServices;

namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>A test that runs on a real PowerShell, and is skipped with the reason where none is found.</summary>
public sealed class EngineFactAttribute : FactAttribute
{
    /// <summary>Finds out whether the test can run; the reason why not stands behind its name, where every log shows it.</summary>
    /// <param name="test">The test's name.</param>
    public EngineFactAttribute([CallerMemberName] string test = "")
    {
        Skip = InstalledEngine.Found.Missing;
        DisplayName = Skip is null ? null : $"{test}: {Skip}";
    }
}
