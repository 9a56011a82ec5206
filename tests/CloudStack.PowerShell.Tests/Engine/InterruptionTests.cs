namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>What happens to long work when nobody waits for it any more.</summary>
[Collection(EngineCollection.Name)]
public sealed class InterruptionTests(PowerShellEngine engine)
{
    private static readonly string SlowStop = $$"""
        $ps = [powershell]::Create()
        $null = $ps.AddScript("Import-Module '{{BuiltModule.Manifest}}'; `$null = Connect-CsCloud -Simulator -JobDuration 00:10:00; 'connected'; Stop-CsVirtualMachine bastion-01")
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $running = $ps.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
        while ($output.Count -eq 0) { Start-Sleep -Milliseconds 20 }
        Start-Sleep -Milliseconds 500
        """;

    [EngineFact]
    public void Stopping_a_cmdlet_that_waits_for_a_job_takes_no_time() => Assert.Equal(
        ["True", "Stopped"],
        engine.Run(SlowStop + """

            $watch = [Diagnostics.Stopwatch]::StartNew()
            $ps.Stop()
            $watch.ElapsedMilliseconds -lt 2000
            "$($ps.InvocationStateInfo.State)"
            """).Clean());

    [EngineFact]
    public void A_list_ends_where_the_next_command_has_enough() => Assert.Equal(
        ["1"], engine.RunConnected("@(Get-CsVirtualMachine -ListAll $true | Select-Object -First 1).Count").Clean());

    [EngineFact]
    public void What_the_next_command_does_not_want_is_not_asked_for() => Assert.Equal(
        ["1", "True"],
        engine.Run("""
            $null = Connect-CsCloud -Simulator -Seed 5000
            @(Get-CsVirtualMachine -ListAll $true | Select-Object -First 1).Count
            @(Get-CsSimulatorRequest).Count -lt 6
            """).Clean());

    [EngineFact]
    public void A_runspace_has_connections_of_its_own() => Assert.Equal(
        ["CloudStack.NotConnected,CloudStack.PowerShell.Commands.GetCsZoneCommand"],
        engine.RunConnected($$"""
            $ps = [powershell]::Create()
            $null = $ps.AddScript("Import-Module '{{BuiltModule.Manifest}}'; try { Get-CsZone } catch { `$_.FullyQualifiedErrorId }")
            $ps.Invoke()
            """).Clean());

    [EngineFact]
    public void A_connection_may_be_handed_to_another_runspace() => Assert.Equal(
        ["True"],
        engine.RunConnected($$"""
            $connection = Get-CsConnection
            $zones = Start-ThreadJob -ArgumentList $connection { param($c) Import-Module '{{BuiltModule.Manifest}}'; Get-CsZone -Connection $c } | Receive-Job -Wait
            $zones.Count -ge 1
            """).Clean());

    [EngineFact]
    public void A_job_that_is_waited_for_shows_its_progress_to_the_end() => Assert.Equal(
        ["True", "Completed"],
        engine.Run($$"""
            $ps = [powershell]::Create()
            $null = $ps.AddScript("Import-Module '{{BuiltModule.Manifest}}'; `$null = Connect-CsCloud -Simulator -JobDuration 00:00:00.2; Stop-CsVirtualMachine bastion-01")
            $null = $ps.Invoke()
            $shown = @($ps.Streams.Progress | Where-Object Activity -match stopVirtualMachine)
            $shown.Count -ge 2
            "$($shown[-1].RecordType)"
            """).Clean());
}
