using CloudStack.PowerShell.Tests.Engine;

namespace CloudStack.PowerShell.Tests.Packaging;

/// <summary>The repository's own scripts.</summary>
public sealed class ScriptTests
{
    [ModuleFact("PSScriptAnalyzer")]
    public void The_analyzer_finds_nothing_in_them()
    {
        var output = PowerShellEngine.Execute($$"""
            Set-Location '{{BuiltModule.RepositoryRoot}}'
            $scripts = Get-ChildItem build.ps1, module, tests -Recurse -File -Include *.ps1, *.psm1 | Where-Object FullName -NotMatch '[\\/](bin|obj|TestResults)[\\/]'
            $scripts | ForEach-Object { Invoke-ScriptAnalyzer $_.FullName -Settings ./PSScriptAnalyzerSettings.psd1 } |
                ForEach-Object { "$($_.ScriptName):$($_.Line) $($_.RuleName) $($_.Message)" }
            "looked at $($scripts.Count -gt 6)"
            """, []);

        Assert.Equal(["looked at True"], output.Where(line => line.Length > 0));
    }

    /// <remarks>The star that it refuses makes the import a third faster; the names stand behind it (docs/architecture.md, Import).</remarks>
    [ModuleFact("PSScriptAnalyzer")]
    public void The_analyzer_finds_only_the_star_in_the_built_manifest() => Assert.Equal(
        ["PSUseToExportFieldsInManifest", "PSUseToExportFieldsInManifest"],
        PowerShellEngine.Execute($$"""
            (Invoke-ScriptAnalyzer '{{BuiltModule.Manifest}}' -Settings '{{BuiltModule.RepositoryRoot}}/PSScriptAnalyzerSettings.psd1').RuleName
            """, []).Where(line => line.Length > 0));
}
