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
    public void What_the_module_runs_to_set_itself_up_is_nobodys_command() => Assert.Empty(
        engine.Run("Get-Command -Name *CloudStackHelp* -ErrorAction Ignore").Clean());

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
    public void The_assemblies_the_cmdlets_need_stay_out_of_the_default_load_context() => Assert.Equal(
        ["CloudStack.PowerShell", "CloudStack.PowerShell.Loading"],
        engine.RunConnected("""
            [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies |
                ForEach-Object { $_.GetName().Name } |
                Where-Object { $_ -match '^(Cloud|Polly)' } | Sort-Object
            """).Clean());

    [EngineFact]
    public void Views_and_help_are_there_in_a_runspace_of_its_own_and_after_a_second_import() => Assert.Equal(
        ["CsZone-Help.xml True", "CsZone-Help.xml True", "CsZone-Help.xml True"],
        engine.Run($$"""
            $look = @'
                Import-Module '{{BuiltModule.Manifest}}' -Force
                $null = Connect-CsCloud -Simulator
                $line = (Get-CsZone | Select-Object -First 1 | Out-String).Trim().Split("`n")[0]
                "$(Split-Path -Leaf (Get-Command Get-CsZone).HelpFile) $($line -match '^Name +NetworkType +State')"
            '@
            & ([scriptblock]::Create($look))
            1..2 | ForEach-Object -Parallel { & ([scriptblock]::Create($using:look)) }
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
