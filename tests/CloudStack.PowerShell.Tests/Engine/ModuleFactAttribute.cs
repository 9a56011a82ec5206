using System.Runtime.CompilerServices;

namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>A test that needs a real PowerShell with a certain module, and is skipped with the reason where one is missing.</summary>
public sealed class ModuleFactAttribute : FactAttribute
{
    /// <summary>Finds out whether the test can run; the reason why not stands behind its name, where every log shows it.</summary>
    /// <param name="module">The module's name.</param>
    /// <param name="ownFolder">True where the test needs configuration folders of its own.</param>
    /// <param name="test">The test's name.</param>
    public ModuleFactAttribute(string module, bool ownFolder = false, [CallerMemberName] string test = "")
    {
        Skip = InstalledEngine.Found.Missing
            ?? (ownFolder && !OperatingSystem.IsLinux() ? "Only Linux lets a variable name the configuration folder." : null)
            ?? (PowerShellEngine.Execute($"[bool](Get-Module {module} -ListAvailable)", []).Contains("True")
                ? null
                : $"no {module}: it isn't among PowerShell's modules");
        DisplayName = Skip is null ? null : $"{test}: {Skip}";
    }
}
