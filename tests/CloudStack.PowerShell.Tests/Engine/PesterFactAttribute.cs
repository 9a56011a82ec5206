using System.Runtime.CompilerServices;

namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>A test that needs a real PowerShell with Pester 5, and is skipped with the reason where one is missing.</summary>
public sealed class PesterFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(Find);

    /// <summary>Finds out whether the test can run; the reason why not stands behind its name, where every log shows it.</summary>
    /// <param name="test">The test's name.</param>
    public PesterFactAttribute([CallerMemberName] string test = "")
    {
        Skip = Missing.Value;
        DisplayName = Skip is null ? null : $"{test}: {Skip}";
    }

    private static string? Find() =>
        InstalledEngine.Found.Missing
        ?? (PowerShellEngine.Execute("[bool](Get-Module Pester -ListAvailable | Where-Object Version -ge '5.0')", []).Contains("True")
            ? null
            : "no Pester 5: it isn't among PowerShell's modules");
}
