namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>The module as PowerShell loads it.</summary>
[Collection(EngineCollection.Name)]
public sealed class ModuleImportTests(PowerShellEngine engine)
{
    [EngineFact]
    public void Every_cmdlet_and_alias_is_exported() => Assert.Equal(
        ["931", "904"],
        engine.Run("$m = Get-Module CloudStack.PowerShell; $m.ExportedCmdlets.Count; $m.ExportedAliases.Count").Clean());

    [EngineFact]
    public void PowerShell_accepts_the_parameters_of_every_cmdlet() => Assert.Equal(
        ["931"],
        engine.Run("(Get-Command -Module CloudStack.PowerShell -CommandType Cmdlet | Where-Object { $_.Parameters.Count -gt 0 -and $_.ParameterSets.Count -gt 0 }).Count").Clean());

    [EngineFact]
    public void The_manifest_is_valid() => Assert.Equal(
        ["CloudStack.PowerShell"], engine.Run($"(Test-ModuleManifest '{BuiltModule.Manifest}').Name").Clean());

    [EngineFact]
    public void A_second_import_exports_the_same() => Assert.Equal(
        ["931", "904"],
        engine.Run($"""
            Import-Module '{BuiltModule.Manifest}' -Force
            Remove-Module CloudStack.PowerShell
            Import-Module '{BuiltModule.Manifest}'
            $m = Get-Module CloudStack.PowerShell; $m.ExportedCmdlets.Count; $m.ExportedAliases.Count
            """).Clean());

    [EngineFact]
    public void The_assemblies_the_module_brings_stay_out_of_the_default_load_context() => Assert.Equal(
        ["CloudStack.PowerShell"],
        engine.RunConnected("""
            [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies |
                ForEach-Object { $_.GetName().Name } |
                Where-Object { $_ -match '^(Cloud|Polly)' }
            """).Clean());

    [EngineFact]
    public void The_about_topic_is_found() => Assert.Equal(
        ["True"], engine.Run("(Get-Help about_CloudStack.PowerShell | Out-String) -match 'Connect-CsCloud -Simulator'").Clean());

    [EngineFact]
    public void Auto_loading_finds_the_module_by_a_cmdlets_name() => Assert.Equal(
        ["CloudStack.PowerShell"],
        engine.Run($$"""
            $folder = Split-Path (Split-Path '{{BuiltModule.Manifest}}')
            $job = Start-ThreadJob -ArgumentList $folder { param($f)
                $env:PSModulePath = $f + [IO.Path]::PathSeparator + $env:PSModulePath
                (Get-Command Get-CsZone).ModuleName }
            Receive-Job $job -Wait
            """).Clean());
}
