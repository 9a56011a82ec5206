using System.Runtime.CompilerServices;

namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>A test on a real PowerShell with a configuration folder of its own; skipped where no variable can name one.</summary>
public sealed class OwnFolderFactAttribute : FactAttribute
{
    /// <summary>Finds out whether the test can run; the reason why not stands behind its name, where every log shows it.</summary>
    /// <param name="test">The test's name.</param>
    public OwnFolderFactAttribute([CallerMemberName] string test = "")
    {
        Skip = InstalledEngine.Found.Missing
            ?? (OperatingSystem.IsLinux() ? null : "Only Linux lets a variable name the configuration folder.");
        DisplayName = Skip is null ? null : $"{test}: {Skip}";
    }
}
