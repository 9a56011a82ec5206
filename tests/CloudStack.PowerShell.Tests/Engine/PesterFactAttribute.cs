namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>A test that needs a real PowerShell with Pester 5, and is skipped with the reason where one is missing.</summary>
public sealed class PesterFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Missing = new(Find);

    /// <summary>Finds out whether the test can run.</summary>
    public PesterFactAttribute() => Skip = Missing.Value;

    private static string? Find() =>
        InstalledEngine.Found.Missing
        ?? (PowerShellEngine.Execute("[bool](Get-Module Pester -ListAvailable | Where-Object Version -ge '5.0')", []).Contains("True")
            ? null
            : "no Pester 5: it isn't among PowerShell's modules");
}
