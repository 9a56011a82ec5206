using Cloud.Core.Audit;

namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>A day's work on the simulated cloud.</summary>
[Collection(EngineCollection.Name)]
public sealed class EverydayTests(PowerShellEngine engine)
{
    [EngineFact]
    public void Zones_are_listed_as_typed_objects() => Assert.Equal(
        ["True", "CloudStack.Client.Models.Zone"],
        engine.RunConnected("$z = Get-CsZone; $z.Count -ge 1; $z[0].GetType().FullName").Clean());

    [EngineFact]
    public void The_commands_own_name_works_as_an_alias() => Assert.Equal(
        ["True"], engine.RunConnected("(listZones).Id -join ',' -eq ((Get-CsZone).Id -join ',')").Clean());

    [EngineFact]
    public void A_machine_is_deployed_by_names_and_found_again() => Assert.Equal(
        ["engine-01 Running", "engine-01"],
        engine.RunConnected($"""
            {Deploy("engine-01")}
            "$($vm.Name) $($vm.State)"
            (Get-CsVirtualMachine engine-01).Name
            """).Clean());

    [EngineFact]
    public void A_machine_is_stopped_by_name_and_started_from_the_pipeline() => Assert.Equal(
        ["Stopped", "Running"],
        engine.RunConnected($"""
            {Deploy("engine-02")}
            (Stop-CsVirtualMachine engine-02 -Forced $true).State
            (Get-CsVirtualMachine | Where-Object State -eq Stopped | Where-Object Name -eq engine-02 | Start-CsVirtualMachine).State
            """).Clean());

    [EngineFact]
    public void A_volume_from_the_pipeline_gets_a_snapshot() => Assert.Equal(
        ["True"],
        engine.RunConnected($"""
            {Deploy("engine-03")}
            $volume = Get-CsVolume -VirtualMachineId $vm.Id -Type ROOT
            $snapshot = $volume | New-CsSnapshot
            $snapshot.VolumeId -eq $volume.Id
            """).Clean());

    [EngineFact]
    public void First_Skip_and_the_total_count_page_a_list() => Assert.Equal(
        ["2", "True", "True"],
        engine.RunConnected("""
            $all = Get-CsVirtualMachine -ListAll $true
            $page = Get-CsVirtualMachine -ListAll $true -Skip 1 -First 2
            $page.Count
            ($page.Id -join ',') -eq ($all[1..2].Id -join ',')
            (Get-CsVirtualMachine -ListAll $true -First 1 -IncludeTotalCount)[0] -eq $all.Count
            """).Clean());

    [EngineFact]
    public void A_job_that_is_not_waited_for_is_picked_up_later() => Assert.Equal(
        ["True", "Stopped"],
        engine.RunConnected($"""
            {Deploy("engine-04")}
            $job = Stop-CsVirtualMachine engine-04 -NoWait
            $job.JobId -match '^[0-9a-f-]{"{36}"}$'
            ($job | Wait-CsJob).State
            """).Clean());

    [EngineFact]
    public void Success_is_silent_unless_PassThru_asks() => Assert.Equal(
        ["0", "createTags"],
        engine.RunConnected($$"""
            {{Deploy("engine-05")}}
            @(New-CsTag -ResourceIds $vm.Id -ResourceType UserVm -Tags @{ a = '1' }).Count
            (New-CsTag -ResourceIds $vm.Id -ResourceType UserVm -Tags @{ b = '2' } -PassThru).Command
            """).Clean());

    [EngineFact]
    public void Any_command_is_called_by_its_API_name() => Assert.Equal(
        ["True"], engine.RunConnected("(Invoke-CsApi listZones @{ available = $true }).Count -ge 1").Clean());

    [EngineFact]
    public void Objects_of_two_connections_say_where_they_came_from() => Assert.Equal(
        ["a,b"],
        engine.Run("""
            $null = Connect-CsCloud -Simulator -Name a
            $null = Connect-CsCloud -Simulator -Name b
            (Get-CsZone -Connection a, b | Select-Object -ExpandProperty Connection -Unique) -join ','
            """).Clean());

    [EngineFact]
    public void What_was_done_stands_in_an_unbroken_audit_trail()
    {
        engine.RunConnected(Deploy("engine-06") + "\nStop-CsVirtualMachine engine-06 | Out-Null").Clean();

        Assert.True(AuditVerifier.Verify(engine.AuditLog).IsUnbroken);
        Assert.Equal(
            ["True", "end stopVirtualMachine completed"],
            engine.Run("(Test-CsAuditLog).IsUnbroken; Get-CsAuditLog | Where-Object Command -eq stopVirtualMachine | Select-Object -Last 1 | ForEach-Object { \"$($_.Phase) $($_.Command) $($_.Outcome)\" }").Clean());
    }

    internal static string Deploy(string name) => $"""
        $zone = @(Get-CsZone)[0]
        $template = @(Get-CsTemplate -TemplateFilter executable)[0]
        $offering = @(Get-CsServiceOffering)[0]
        $vm = New-CsVirtualMachine -Name {name} -ZoneId $zone.Name -TemplateId $template.Name -ServiceOfferingId $offering.Name
        """;
}
