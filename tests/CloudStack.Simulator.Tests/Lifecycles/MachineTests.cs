namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class MachineTests : Scene
{
    [Fact]
    public async Task Stops_and_starts()
    {
        var id = await MachineAsync("web-01");
        var stopped = await Root.FinishAsync("stopVirtualMachine", ("id", id));
        Assert.Equal("Stopped", Text(stopped, "state"));
        Assert.Null(Text(stopped, "hostname"));

        var started = await Root.FinishAsync("startVirtualMachine", ("id", id));
        Assert.Equal("Running", Text(started, "state"));
        Assert.StartsWith("fra1-kvm-1-h", Text(started, "hostname"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("startVirtualMachine", "web-01")]
    [InlineData("stopVirtualMachine", "web-staging")]
    [InlineData("rebootVirtualMachine", "web-staging")]
    [InlineData("expungeVirtualMachine", "web-01")]
    public async Task Refuses_what_its_state_does_not_allow(string command, string machine)
    {
        var version = TheCloud.StateVersion;

        var text = await Root.FailAsync(431, command, ("id", await MachineAsync(machine)));

        Assert.Contains(machine, text, StringComparison.Ordinal);
        Assert.Equal(version, TheCloud.StateVersion);
    }

    [Fact]
    public async Task Counts_the_hosts_memory_up_and_down()
    {
        var id = await MachineAsync("db-01");
        var before = await AllocatedAsync();
        await Root.FinishAsync("stopVirtualMachine", ("id", id));

        Assert.Equal(before - (8192L << 20), await AllocatedAsync());
        await Root.FinishAsync("startVirtualMachine", ("id", id));
        Assert.Equal(before, await AllocatedAsync());
    }

    [Fact]
    public async Task Is_destroyed_recovered_and_destroyed_for_good()
    {
        var id = await MachineAsync("web-01");
        Assert.Equal("Destroyed", Text(await User.FinishAsync("destroyVirtualMachine", ("id", id)), "state"));
        Assert.DoesNotContain("web-01", (await User.CallAsync("listVirtualMachines")).Names);
        Assert.Equal("Destroyed", Text(await LookAsync("listVirtualMachines", id), "state"));

        Assert.Equal("Stopped", Text((await Root.DoAsync("recoverVirtualMachine", ("id", id))).Item, "state"));
        await Root.RefuseAsync(431, "recoverVirtualMachine", ("id", id));

        await Root.FinishAsync("destroyVirtualMachine", ("id", id), ("expunge", "true"));
        await Root.RefuseAsync(431, "startVirtualMachine", ("id", id));
        Assert.Equal(431, (await Root.CallAsync("listVirtualMachines", ("id", id))).Status);
    }

    [Fact]
    public async Task Leaves_nothing_behind_that_points_to_it()
    {
        var id = await MachineAsync("web-01");
        await Root.FinishAsync("destroyVirtualMachine", ("id", id), ("expunge", "true"));

        foreach (var list in (string[])["listVolumes", "listPortForwardingRules", "listNics", "listTags", "listVMSnapshot"])
        {
            var reply = await Root.CallAsync(list, list == "listNics" ? ("virtualmachineid", await MachineAsync("web-02")) : ("listall", "true"));
            Assert.DoesNotContain(id, reply.Body, StringComparison.Ordinal);
        }

        Assert.Empty((await Root.CallAsync("listLoadBalancerRuleInstances", ("id", await Root.IdOfAsync("listLoadBalancerRules", "web")))).Items);
    }

    [Fact]
    public async Task Keeps_data_volumes_unless_they_are_named()
    {
        var id = await MachineAsync("db-01");
        await Root.FinishAsync("destroyVirtualMachine", ("id", id), ("expunge", "true"));

        var volume = await LookAsync("listVolumes", await VolumeAsync("db-01-data"));
        Assert.Null(Text(volume, "virtualmachineid"));
        Assert.Null(Text(volume, "vmname"));
    }

    [Fact]
    public async Task Is_protected_from_destruction_where_that_is_set()
    {
        var id = await MachineAsync("web-01");
        await User.DoAsync("updateVirtualMachine", ("id", id), ("deleteprotection", "true"));

        Assert.Contains("delete protection", await User.FailAsync(431, "destroyVirtualMachine", ("id", id)), StringComparison.Ordinal);
        Assert.Equal("Running", Text(await LookAsync("listVirtualMachines", id), "state"));
    }

    [Fact]
    public async Task Is_expunged_a_day_after_its_destruction()
    {
        var clock = new Support.SteppedClock();
        using var cloud = new SimulatedCloud(new SimulatorOptions { Clock = clock });
        var root = Support.SignedCaller.Root(cloud);
        var id = await root.IdOfAsync("listVirtualMachines", "web-01");
        await root.FinishAsync("destroyVirtualMachine", ("id", id));
        clock.Step(TimeSpan.FromHours(23));
        Assert.Equal(1, (await root.CallAsync("listVirtualMachines", ("id", id))).Count);
        clock.Step(TimeSpan.FromHours(2));
        Assert.Equal(431, (await root.CallAsync("listVirtualMachines", ("id", id))).Status);
    }

    [Fact]
    public async Task Changes_its_name_while_stopped_and_shows_it_everywhere()
    {
        await User.RefuseAsync(431, "updateVirtualMachine", ("id", await MachineAsync("web-01")), ("name", "other"));
        await User.RefuseAsync(431, "updateVirtualMachine", ("id", await MachineAsync("web-staging")), ("name", "web-01"));
        var id = await MachineAsync("web-staging");

        await User.DoAsync("updateVirtualMachine", ("id", id), ("name", "web-next"), ("displayname", "Next"));

        var volume = (await User.CallAsync("listVolumes", ("virtualmachineid", id))).Items.Single();
        Assert.Equal(("web-next", "Next"), (Text(volume, "vmname"), Text(volume, "vmdisplayname")));
    }

    [Fact]
    public async Task Scales_while_stopped_and_live_only_where_that_works()
    {
        var large = await OfferingAsync("Large");
        var scaled = await User.FinishAsync("scaleVirtualMachine", ("id", await MachineAsync("web-staging")), ("serviceofferingid", large));
        Assert.Equal(("Large", "4", "8192"), (Text(scaled, "serviceofferingname"), Text(scaled, "cpunumber"), Text(scaled, "memory")));

        await User.FailAsync(431, "scaleVirtualMachine", ("id", await MachineAsync("web-01")), ("serviceofferingid", large));
        await User.RefuseAsync(431, "scaleVirtualMachine", ("id", await MachineAsync("web-staging")), ("serviceofferingid", large));
        await User.RefuseAsync(431, "changeServiceForVirtualMachine", ("id", await MachineAsync("web-01")), ("serviceofferingid", large));
    }

    [Fact]
    public async Task Migrates_to_another_host_with_room()
    {
        var id = await MachineAsync("web-01");
        var from = Text(await LookAsync("listVirtualMachines", id), "hostid");
        var target = (await Root.CallAsync("findHostsForMigration", ("virtualmachineid", id))).Items[0];
        Assert.NotEqual(from, Id(target));

        var moved = await Root.FinishAsync("migrateVirtualMachine", ("virtualmachineid", id), ("hostid", Id(target)));

        Assert.Equal((Id(target), "Running"), (Text(moved, "hostid"), Text(moved, "state")));
        await Root.FailAsync(431, "migrateVirtualMachine", ("virtualmachineid", id), ("hostid", Id(target)));
        await Root.FailAsync(431, "migrateVirtualMachine", ("virtualmachineid", await MachineAsync("web-staging")), ("autoselect", "true"));
        await Root.RefuseAsync(431, "migrateVirtualMachine", ("virtualmachineid", id));
    }

    [Fact]
    public async Task Gets_another_owner_with_its_volumes_and_a_nic_in_the_owners_network()
    {
        var id = await MachineAsync("web-staging");
        (string, string)[] owner = [("domainid", await Root.IdOfAsync("listDomains", "Engineering")), ("account", "data-team")];
        await Root.RefuseAsync(431, "assignVirtualMachine", [("virtualmachineid", await MachineAsync("web-01")), .. owner]);

        var machine = (await Root.DoAsync("assignVirtualMachine", [("virtualmachineid", id), .. owner])).Item;

        Assert.Equal("data-team", Text(machine, "account"));
        Assert.Equal("data-net", Text(machine.GetProperty("nic").EnumerateArray().Single(), "networkname"));
        Assert.Equal("data-team", Text((await Root.CallAsync("listVolumes", ("virtualmachineid", id), ("listall", "true"))).Items.Single(), "account"));
    }

    [Fact]
    public async Task Is_restored_to_a_fresh_root_volume()
    {
        var id = await MachineAsync("web-01");
        var before = Id((await User.CallAsync("listVolumes", ("virtualmachineid", id))).Items.Single());

        await User.FinishAsync("restoreVirtualMachine", ("virtualmachineid", id), ("templateid", await TemplateAsync("Rocky 9")));

        var root = (await User.CallAsync("listVolumes", ("virtualmachineid", id))).Items.Single();
        Assert.NotEqual(before, Id(root));
        Assert.Equal("Rocky 9", Text(root, "templatename"));
        Assert.Equal("Rocky 9", Text(await LookAsync("listVirtualMachines", id), "templatename"));
    }

    private async Task<long> AllocatedAsync() =>
        (await Root.CallAsync("listHosts")).Items.Sum(host => host.GetProperty("memoryallocatedbytes").GetInt64());
}
