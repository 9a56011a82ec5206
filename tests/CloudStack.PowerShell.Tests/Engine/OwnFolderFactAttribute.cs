namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>A test on a real PowerShell with a configuration folder of its own; skipped where no variable can name one.</summary>
public sealed class OwnFolderFactAttribute : FactAttribute
{
    /// <summary>Finds out whether the test can run.</summary>
    public OwnFolderFactAttribute() => Skip = InstalledEngine.Found.Missing
        ?? (OperatingSystem.IsLinux() ? null : "Only Linux lets a variable name the configuration folder.");
}
