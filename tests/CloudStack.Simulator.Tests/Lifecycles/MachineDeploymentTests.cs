namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class MachineDeploymentTests : Scene
{
    [Fact]
    public async Task Gives_a_machine_its_host_nic_root_volume_and_names()
    {
        var machine = await User.FinishAsync("deployVirtualMachine", await DeploymentAsync(("name", "web-09"), ("displayname", "Web nine")));

        Assert.Equal("Running", Text(machine, "state"));
        Assert.Equal("Web nine", Text(machine, "displayname"));
        Assert.Equal(("fra1", "Small", "Debian 12", "web-team"), (Text(machine, "zonename"), Text(machine, "serviceofferingname"), Text(machine, "templatename"), Text(machine, "account")));
        Assert.NotNull(Text(await LookAsync("listVirtualMachines", Id(machine)), "hostid"));
        var nic = machine.GetProperty("nic").EnumerateArray().Single();
        Assert.Equal("web-net", Text(nic, "networkname"));
        Assert.StartsWith("10.1.1.", Text(nic, "ipaddress"), StringComparison.Ordinal);
        Assert.Equal("10.1.1.1", Text(nic, "gateway"));
        var volume = (await User.CallAsync("listVolumes", ("virtualmachineid", Id(machine)))).Items.Single();
        Assert.Equal(("ROOT", "Ready", "0", "Running"), (Text(volume, "type"), Text(volume, "state"), Text(volume, "deviceid"), Text(volume, "vmstate")));
    }

    [Fact]
    public async Task Leaves_a_machine_stopped_where_told_to()
    {
        var machine = await User.FinishAsync("deployVirtualMachine", await DeploymentAsync(("name", "web-09"), ("startvm", "false")));

        Assert.Equal("Stopped", Text(machine, "state"));
        Assert.Null(Text(machine, "hostid"));
        Assert.Equal("Allocated", Text((await User.CallAsync("listVolumes", ("virtualmachineid", Id(machine)))).Items.Single(), "state"));
    }

    [Fact]
    public async Task Makes_an_account_its_first_network_where_none_is_named()
    {
        var domain = await Root.IdOfAsync("listDomains", "Engineering");
        var machine = await Root.FinishAsync(
            "deployVirtualMachine", await DeploymentAsync(("name", "first"), ("account", "engineering-admin"), ("domainid", domain)));

        Assert.Equal("engineering-admin-network", Text(machine.GetProperty("nic")[0], "networkname"));
        Assert.Equal("Implemented", Text(await LookAsync("listNetworks", await NetworkAsync("engineering-admin-network")), "state"));
    }

    [Fact]
    public async Task Takes_the_address_wished_for_and_several_networks()
    {
        var machine = await Root.FinishAsync("deployVirtualMachine", await DeploymentAsync(
            ("name", "two-legs"), ("iptonetworklist[0].networkid", await NetworkAsync("admin-net")), ("iptonetworklist[0].ip", "10.1.4.77"),
            ("iptonetworklist[1].networkid", await NetworkAsync("shared-services"))));

        var nics = machine.GetProperty("nic").EnumerateArray().ToList();
        Assert.Equal("10.1.4.77", Text(nics[0], "ipaddress"));
        Assert.Equal(["True", "False"], nics.Select(nic => Text(nic, "isdefault")));
        await Root.RefuseAsync(431, "deployVirtualMachine", await DeploymentAsync(
            ("name", "late"), ("networkids", await NetworkAsync("admin-net")), ("ipaddress", "10.1.4.77")));
    }

    [Fact]
    public async Task Adds_a_data_disk_groups_keys_and_details()
    {
        var machine = await User.FinishAsync("deployVirtualMachine", await DeploymentAsync(
            ("name", "full"), ("diskofferingid", await Root.IdOfAsync("listDiskOfferings", "Disk 20 GB")), ("keypair", "deniz-laptop"),
            ("affinitygroupnames", "web-apart"), ("details[0].rootDiskController", "scsi"), ("rootdisksize", "30")));

        Assert.Equal("deniz-laptop", Text(machine, "keypairs"));
        Assert.Equal("web-apart", Text(machine.GetProperty("affinitygroup")[0], "name"));
        var volumes = (await User.CallAsync("listVolumes", ("virtualmachineid", Id(machine)))).Items;
        Assert.Equal([30L << 30, 20L << 30], volumes.Select(v => v.GetProperty("size").GetInt64()));
        Assert.Equal(["0", "1"], volumes.Select(v => Text(v, "deviceid")));
    }

    [Fact]
    public async Task Sizes_a_custom_offering_by_the_details()
    {
        var custom = await OfferingAsync("Custom");
        await User.RefuseAsync(431, "deployVirtualMachine", await DeploymentAsync(("serviceofferingid", custom)));

        var machine = await User.FinishAsync("deployVirtualMachine", await DeploymentAsync(
            ("serviceofferingid", custom), ("details[0].cpuNumber", "3"), ("details[0].memory", "3072")));

        Assert.Equal(("3", "2000", "3072"), (Text(machine, "cpunumber"), Text(machine, "cpuspeed"), Text(machine, "memory")));
    }

    [Theory]
    [InlineData("web-01")]
    [InlineData("WEB-01")]
    [InlineData("9lives")]
    [InlineData("-x")]
    [InlineData("x-")]
    [InlineData("under_score")]
    [InlineData("a.b")]
    public async Task Refuses_a_name_that_is_taken_or_no_host_name(string name) =>
        await User.RefuseAsync(431, "deployVirtualMachine", await DeploymentAsync(("name", name)));

    [Fact]
    public async Task Refuses_what_it_cannot_be_made_of()
    {
        await User.RefuseAsync(431, "deployVirtualMachine", ("zoneid", await ZoneAsync()), ("serviceofferingid", await OfferingAsync("Small")));
        await User.RefuseAsync(431, "deployVirtualMachine", await DeploymentAsync(("rootdisksize", "1")));
        await User.RefuseAsync(431, "deployVirtualMachine", await DeploymentAsync(("keypair", "unknown")));
        await User.RefuseAsync(431, "deployVirtualMachine", await DeploymentAsync(("affinitygroupnames", "unknown")));
        await User.RefuseAsync(431, "deployVirtualMachine", await DeploymentAsync(("zoneid", await ZoneAsync("ams1")), ("networkids", await NetworkAsync("web-net"))));
        await User.RefuseAsync(531, "deployVirtualMachine", await DeploymentAsync(("networkids", await NetworkAsync("data-net"))));
        await User.RefuseAsync(431, "deployVirtualMachine", await DeploymentAsync(("ipaddress", "10.9.9.9")));
    }

    [Fact]
    public async Task Refuses_users_a_disabled_zone()
    {
        await Root.DoAsync("updateZone", ("id", await ZoneAsync()), ("allocationstate", "Disabled"));

        Assert.Contains("Zone is currently disabled", await User.RefuseAsync(531, "deployVirtualMachine", await DeploymentAsync()), StringComparison.Ordinal);
        Assert.Equal(200, (await Root.PostAsync("deployVirtualMachine", await DeploymentAsync(("networkids", await NetworkAsync("admin-net"))))).Status);
    }

    [Fact]
    public async Task Takes_a_chosen_identifier_once()
    {
        const string Chosen = "0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11";
        var machine = await User.FinishAsync("deployVirtualMachine", await DeploymentAsync(("name", "a"), ("customid", Chosen)));

        Assert.Equal(Chosen, Id(machine));
        Assert.Contains("already exists", await User.RefuseAsync(431, "deployVirtualMachine", await DeploymentAsync(("name", "b"), ("customid", Chosen))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fails_the_job_and_leaves_the_machine_in_error_where_no_host_has_room()
    {
        var huge = (await Root.DoAsync("createServiceOffering", ("name", "Huge"), ("cpunumber", "2"), ("cpuspeed", "2000"), ("memory", "99000000"))).Item;

        await User.FailAsync(533, "deployVirtualMachine", await DeploymentAsync(("name", "huge"), ("serviceofferingid", Id(huge))));

        Assert.Equal("Error", Text(await LookAsync("listVirtualMachines", await MachineAsync("huge")), "state"));
        await Root.FinishAsync("expungeVirtualMachine", ("id", await MachineAsync("huge")));
    }

    [Fact]
    public async Task Shows_a_password_once()
    {
        await Root.DoAsync("updateTemplate", ("id", await TemplateAsync()), ("passwordenabled", "true"));
        var machine = await User.FinishAsync("deployVirtualMachine", await DeploymentAsync(("name", "secret")));

        Assert.Equal(12, Text(machine, "password")!.Length);
        Assert.Null(Text(await LookAsync("listVirtualMachines", Id(machine)), "password"));
    }
}
