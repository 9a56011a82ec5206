namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>Lists that take a while.</summary>
[Collection(EngineCollection.Name)]
public sealed class LongListTests(PowerShellEngine engine)
{
    [EngineFact]
    public void A_long_list_has_a_bar_that_fills_and_ends_and_a_short_one_has_none() => Assert.Equal(
        ["listVirtualMachines", "True", "True", "0"],
        engine.Run($$"""
            $list = {
                param($module, $machines)
                Import-Module $module
                $null = Connect-CsCloud -Simulator -Seed $machines
                Get-CsVirtualMachine -ListAll $true | Out-Null
            }
            function Read-Progress($machines) {
                $job = Start-ThreadJob -ScriptBlock $list -ArgumentList '{{BuiltModule.Manifest}}', $machines
                $null = Wait-Job $job
                @($job.Progress | Where-Object Activity -Match 'list')
            }
            $bar = Read-Progress 2500
            $bar.Activity | Select-Object -Unique | ForEach-Object { [regex]::Match($_, 'list\w+').Value }
            ($bar.PercentComplete | Where-Object { $_ -gt 0 -and $_ -lt 100 }).Count -ge 1
            $bar[-1].RecordType -eq 'Completed'
            @(Read-Progress 50).Count
            """).Clean());
}
