namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>Nics, ISOs, groups, keys and snapshots of machines.</summary>
public sealed class MachinePartTests : Scene
{
    [Fact]
    public async Task Gets_and_loses_nics_but_never_its_default_one()
    {
        var id = await MachineAsync("web-01");
        var machine = await Root.FinishAsync("addNicToVirtualMachine", ("virtualmachineid", id), ("networkid", await NetworkAsync("shared-services")));
        var nics = machine.GetProperty("nic").EnumerateArray().ToList();
        Assert.Equal(2, nics.Count);
        await Root.FailAsync(431, "addNicToVirtualMachine", ("virtualmachineid", id), ("networkid", await NetworkAsync("shared-services")));
        await Root.FailAsync(431, "removeNicFromVirtualMachine", ("virtualmachineid", id), ("nicid", Id(nics[0])));

        await Root.FinishAsync("updateDefaultNicForVirtualMachine", ("virtualmachineid", id), ("nicid", Id(nics[1])));
        Assert.Equal(Text(nics[1], "ipaddress"), Text(await LookAsync("listVirtualMachines", id), "ipaddress"));
        await Root.FinishAsync("updateDefaultNicForVirtualMachine", ("virtualmachineid", id), ("nicid", Id(nics[0])));
        await Root.FinishAsync("removeNicFromVirtualMachine", ("virtualmachineid", id), ("nicid", Id(nics[1])));

        Assert.Single((await Root.CallAsync("listNics", ("virtualmachineid", id))).Items);
    }

    [Fact]
    public async Task Frees_the_address_of_a_nic_that_goes()
    {
        var id = await MachineAsync("web-staging");
        (string, string)[] nic = [("virtualmachineid", id), ("networkid", await NetworkAsync("shared-services")), ("ipaddress", "172.16.10.99")];
        var added = await Root.FinishAsync("addNicToVirtualMachine", nic);
        await Root.FinishAsync("removeNicFromVirtualMachine", ("virtualmachineid", id), ("nicid", Id(added.GetProperty("nic")[1])));

        await Root.FinishAsync("addNicToVirtualMachine", nic);
    }

    [Fact]
    public async Task Takes_secondary_addresses()
    {
        var nic = (await Root.CallAsync("listNics", ("virtualmachineid", await MachineAsync("web-02")))).Items.Single();
        var address = await Root.FinishAsync("addIpToNic", ("nicid", Id(nic)), ("ipaddress", "10.1.1.200"));
        await Root.RefuseAsync(431, "addIpToNic", ("nicid", Id(nic)), ("ipaddress", "10.1.1.200"));

        var shown = (await Root.CallAsync("listNics", ("virtualmachineid", await MachineAsync("web-02")))).Items.Single();
        Assert.Equal("10.1.1.200", Text(shown.GetProperty("secondaryip")[0], "ipaddress"));
        await Root.FinishAsync("removeIpFromNic", ("id", Id(address)));
        await Root.FinishAsync("addIpToNic", ("nicid", Id(nic)), ("ipaddress", "10.1.1.200"));
    }

    [Fact]
    public async Task Has_one_iso_at_a_time()
    {
        var id = await MachineAsync("web-01");
        var iso = await Root.IdOfAsync("listIsos", "Debian 12 installer", ("isofilter", "all"));

        Assert.Equal("Debian 12 installer", Text(await Root.FinishAsync("attachIso", ("id", iso), ("virtualmachineid", id)), "isoname"));
        await Root.FailAsync(431, "attachIso", ("id", iso), ("virtualmachineid", id));
        Assert.Contains("uses it", await Root.FailAsync(431, "deleteIso", ("id", iso)), StringComparison.Ordinal);
        Assert.Null(Text(await Root.FinishAsync("detachIso", ("virtualmachineid", id)), "isoid"));
        await Root.FailAsync(431, "detachIso", ("virtualmachineid", id));
        await Root.RefuseAsync(431, "attachIso", ("id", await TemplateAsync()), ("virtualmachineid", id));
    }

    [Fact]
    public async Task Joins_and_leaves_affinity_groups_while_stopped()
    {
        var id = await MachineAsync("web-staging");
        await User.FinishAsync("updateVMAffinityGroup", ("id", id), ("affinitygroupnames", "web-apart"));
        var group = (await User.CallAsync("listAffinityGroups")).Items.Single();
        Assert.Equal([id], group.GetProperty("virtualmachineIds").EnumerateArray().Select(m => m.GetString()));
        Assert.Single((await User.CallAsync("listAffinityGroups", ("virtualmachineid", id))).Items);

        await User.FinishAsync("deleteAffinityGroup", ("id", Id(group)));
        Assert.Equal(0, (await LookAsync("listVirtualMachines", id)).TryGetProperty("affinitygroup", out var left) ? left.GetArrayLength() : 0);
        await User.RefuseAsync(431, "createAffinityGroup", ("name", "x"), ("type", "no such type"));
        await User.FailAsync(431, "updateVMAffinityGroup", ("id", await MachineAsync("web-01")), ("affinitygroupids", ""));
    }

    [Fact]
    public async Task Makes_registers_and_deletes_key_pairs()
    {
        var made = (await User.DoAsync("createSSHKeyPair", ("name", "new"))).Item;
        Assert.StartsWith("-----BEGIN OPENSSH PRIVATE KEY-----", Text(made, "privatekey"), StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", (await User.CallAsync("listSSHKeyPairs")).Body, StringComparison.Ordinal);
        await User.RefuseAsync(431, "createSSHKeyPair", ("name", "new"));
        await User.RefuseAsync(431, "registerSSHKeyPair", ("name", "bad"), ("publickey", "no key"));

        await User.DoAsync("deleteSSHKeyPair", ("name", "new"));

        await User.RefuseAsync(431, "deleteSSHKeyPair", ("name", "new"));
    }

    [Fact]
    public async Task Keeps_machine_snapshots_in_a_chain()
    {
        var id = await MachineAsync("web-staging");
        var first = await User.FinishAsync("createVMSnapshot", ("virtualmachineid", id), ("name", "one"));
        var second = await User.FinishAsync("createVMSnapshot", ("virtualmachineid", id), ("name", "two"));
        Assert.Equal((Id(first), "one", "True"), (Text(second, "parent"), Text(second, "parentName"), Text(second, "current")));

        await User.FinishAsync("revertToVMSnapshot", ("vmsnapshotid", Id(first)));
        await User.FinishAsync("deleteVMSnapshot", ("vmsnapshotid", Id(second)));

        Assert.Equal(["one"], (await User.CallAsync("listVMSnapshot", ("virtualmachineid", id))).Names);
        await User.RefuseAsync(431, "createVMSnapshot", ("virtualmachineid", id), ("snapshotmemory", "true"));
        await User.FailAsync(431, "revertToVMSnapshot", ("vmsnapshotid", Id(await User.FinishAsync("createVMSnapshot", ("virtualmachineid", await MachineAsync("web-01"))))));
    }

    [Fact]
    public async Task Uses_registered_user_data()
    {
        var data = (await User.CallAsync("listUserData")).Items.Single();
        await Root.DoAsync("resetUserDataForVirtualMachine", ("id", await MachineAsync("web-staging")), ("userdataid", Id(data)));

        await User.RefuseAsync(431, "deleteUserData", ("id", Id(data)));
        await Root.RefuseAsync(431, "resetUserDataForVirtualMachine", ("id", await MachineAsync("web-01")), ("userdataid", Id(data)));
        await User.RefuseAsync(431, "registerUserData", ("name", "cloud-init-base"), ("userdata", "eA=="));
    }
}
