namespace CloudStack.PowerShell.Tests.Engine;

/// <summary>Objects from the pipeline reach the parameter of their own model, or none.</summary>
[Collection(EngineCollection.Name)]
public sealed class PipelineTests(PowerShellEngine engine)
{
    [EngineFact]
    public void A_host_narrows_machines_to_its_own_and_not_to_its_zones() => Assert.Equal(
        ["True", "True", "True"],
        engine.RunConnected("""
            $vm = @(Get-CsVirtualMachine -ListAll $true -State Running)[0]
            $found = @(Get-CsHost $vm.HostId | Get-CsVirtualMachine -ListAll $true)
            $vm.Id -in $found.Id
            @($found | Where-Object HostId -ne $vm.HostId).Count -eq 0
            $found.Count -lt @(Get-CsVirtualMachine -ListAll $true).Count
            """).Clean());

    [EngineFact]
    public void A_zone_narrows_hosts() => Assert.Equal(
        ["True", "fra1"],
        engine.RunConnected("""
            $hosts = @(Get-CsZone fra1 | Get-CsHost)
            $hosts.Count -ge 1
            $hosts.ZoneName | Select-Object -Unique
            """).Clean());

    [EngineFact]
    public void An_account_a_domain_and_a_project_narrow_lists_to_their_own() => Assert.Equal(
        ["5 web-team", "True", "9 Engineering", "Storefront", "True"],
        engine.RunConnected("""
            $account = Get-CsAccount -ListAll $true -Name web-team
            $machines = @($account | Get-CsVirtualMachine)
            "$($machines.Count) $($machines.Account | Select-Object -Unique)"
            @(Get-CsVirtualMachine -Account $account).Count -eq 5
            $machines = @(Get-CsDomain Engineering | Get-CsVirtualMachine -ListAll $true)
            "$($machines.Count) $($machines.Domain | Select-Object -Unique)"
            $null = New-CsAffinityGroup -Name apart -Type 'host anti-affinity' -ProjectId Storefront
            (Get-CsProject -ListAll $true -Name Storefront | Get-CsAffinityGroup).Project
            @(Get-CsAccount -ListAll $true | Get-CsVirtualMachine).Count -eq @(Get-CsVirtualMachine -ListAll $true).Count
            """).Clean());

    [EngineFact]
    public void A_machine_narrows_volumes_to_its_own() => Assert.Equal(
        ["True", "True"],
        engine.RunConnected("""
            $vm = @(Get-CsVirtualMachine)[0]
            $volumes = @($vm | Get-CsVolume)
            $volumes.Count -ge 1
            @($volumes | Where-Object VirtualMachineId -ne $vm.Id).Count -eq 0
            """).Clean());

    [EngineFact]
    public void A_network_narrows_machines_to_its_own() => Assert.Equal(
        ["True"],
        engine.RunConnected("""
            $vm = @(Get-CsVirtualMachine)[0]
            $vm.Id -in (Get-CsNetwork $vm.Nic[0].NetworkId | Get-CsVirtualMachine).Id
            """).Clean());

    [EngineFact]
    public void What_one_object_narrowed_is_not_carried_over_to_the_next() => Assert.Equal(
        ["True"],
        engine.RunConnected("""
            $vm = @(Get-CsVirtualMachine)[0]
            $elsewhere = @(Get-CsZone | Where-Object Id -ne $vm.ZoneId)[0]
            $network = Get-CsNetwork $vm.Nic[0].NetworkId
            $vm.Id -in ($elsewhere, $network | Get-CsVirtualMachine).Id
            """).Clean());

    [EngineTheory]
    [InlineData("Remove-CsVolume")]
    [InlineData("Remove-CsNetwork")]
    [InlineData("Get-CsCapability")]
    public void A_machine_where_no_machine_is_wanted_is_an_error_and_sends_nothing(string cmdlet)
    {
        var error = engine.RunConnected($$"""
            @(Get-CsVirtualMachine)[0] | {{cmdlet}} -Verbose 4>&1 | ForEach-Object { throw "it ran: $_" }
            """).OnlyError();

        Assert.Contains("cannot be bound", error.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public void Each_object_that_binds_nowhere_is_an_error_of_its_own_and_the_others_go_on()
    {
        var result = engine.RunConnected("""
            $vm = @(Get-CsVirtualMachine -State Running)[0]
            (@(Get-CsZone)[0], $vm, @(Get-CsZone)[0] | Stop-CsVirtualMachine -ErrorAction Continue).State
            """);

        Assert.Equal(["Stopped"], result.Output);
        Assert.Equal(2, result.Errors.Count(e => e.Message.Contains("cannot be bound", StringComparison.Ordinal)));
    }

    [EngineFact]
    public void Names_and_rows_with_an_id_reach_the_target_alone() => Assert.Equal(
        ["True", "True"],
        engine.RunConnected("""
            $vm = @(Get-CsVirtualMachine)[0]
            ($vm.Name | Get-CsVirtualMachine).Id -eq $vm.Id
            ("Name,id`nx,$($vm.Id)" | ConvertFrom-Csv | Get-CsVirtualMachine).Id -eq $vm.Id
            """).Clean());

    [EngineFact]
    public void A_selection_of_another_kinds_properties_is_refused()
    {
        var error = engine.RunConnected("@(Get-CsZone)[0] | Select-Object Id, Name | Stop-CsVirtualMachine").OnlyError();

        Assert.Contains("cannot be bound", error.Message, StringComparison.Ordinal);
    }

    [EngineFact]
    public void A_change_shows_the_name_of_the_object_that_came_through_the_pipeline()
    {
        var lines = engine.RunAlone($"""
            Import-Module '{BuiltModule.Manifest}'
            $null = Connect-CsCloud -Simulator
            $vm = @(Get-CsVirtualMachine)[0]
            $vm.Name
            $vm | Update-CsVirtualMachine -DisplayName x -WhatIf
            Disable-CsAccount -Account alice -DomainId ROOT -Lock $true -WhatIf
            """);

        Assert.Contains($"on target \"{lines[0]} (VirtualMachine ", lines[1], StringComparison.Ordinal);
        Assert.Contains("on target \"Account alice\". The account's users are locked out", string.Join(' ', lines), StringComparison.Ordinal);
    }
}
