namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class InfrastructureTests : Scene
{
    [Fact]
    public async Task Deletes_a_zone_only_when_nothing_is_in_it()
    {
        Assert.Equal("The zone fra1 is not deletable because there are hosts in this zone.", await Root.RefuseAsync(431, "deleteZone", ("id", await ZoneAsync())));
        var zone = (await Root.DoAsync("createZone", ("name", "par1"), ("networktype", "Advanced"), ("dns1", "9.9.9.9"), ("internaldns1", "10.0.0.2"))).Item;
        Assert.Equal("Disabled", Text(zone, "allocationstate"));

        await Root.DoAsync("deleteZone", ("id", Id(zone)));

        Assert.False(await ExistsAsync("listZones", Id(zone)));
    }

    [Theory]
    [InlineData("fra1", "Advanced", "9.9.9.9")]
    [InlineData("new", "Fancy", "9.9.9.9")]
    [InlineData("new", "Advanced", "not-an-address")]
    public async Task Refuses_zones_with_a_taken_name_unknown_type_or_bad_address(string name, string type, string dns) =>
        await Root.RefuseAsync(431, "createZone", ("name", name), ("networktype", type), ("dns1", dns), ("internaldns1", "10.0.0.2"));

    [Fact]
    public async Task Shows_a_renamed_zone_by_its_new_name_everywhere()
    {
        await Root.DoAsync("updateZone", ("id", await ZoneAsync()), ("name", "fra9"));

        Assert.Equal("fra9", Text(await LookAsync("listVirtualMachines", await MachineAsync("web-01")), "zonename"));
        Assert.Equal("fra9", Text((await Root.CallAsync("listHosts")).Items[0], "zonename"));
    }

    [Fact]
    public async Task Builds_a_zone_up_and_takes_it_down()
    {
        var zone = Id((await Root.DoAsync("createZone", ("name", "par1"), ("networktype", "Advanced"), ("dns1", "9.9.9.9"), ("internaldns1", "10.0.0.2"))).Item);
        var pod = Id((await Root.DoAsync("createPod", ("name", "p"), ("zoneid", zone), ("gateway", "10.9.0.1"), ("netmask", "255.255.0.0"), ("startip", "10.9.0.9"))).Item);
        var cluster = Id((await Root.DoAsync("addCluster", ("clustername", "c"), ("clustertype", "CloudManaged"), ("hypervisor", "KVM"), ("podid", pod), ("zoneid", zone))).Items.Single());
        (string, string)[] host = [("url", "http://10.9.1.1"), ("hypervisor", "KVM"), ("clusterid", cluster), ("podid", pod), ("zoneid", zone)];
        var added = Id((await Root.DoAsync("addHost", host)).Items.Single());
        await Root.RefuseAsync(431, "addHost", host);
        await Root.RefuseAsync(431, "deleteCluster", ("id", cluster));
        await Root.RefuseAsync(431, "deletePod", ("id", pod));
        await Root.RefuseAsync(431, "deleteHost", ("id", added));

        await Root.FinishAsync("prepareHostForMaintenance", ("id", added));
        await Root.DoAsync("deleteHost", ("id", added));
        await Root.DoAsync("deleteCluster", ("id", cluster));
        await Root.DoAsync("deletePod", ("id", pod));
        await Root.DoAsync("deleteZone", ("id", zone));
    }

    [Fact]
    public async Task Moves_machines_away_for_maintenance_and_takes_none_meanwhile()
    {
        var id = Text(await LookAsync("listVirtualMachines", await MachineAsync("web-01")), "hostid")!;
        var host = await Root.FinishAsync("prepareHostForMaintenance", ("id", id));

        Assert.Equal(("Maintenance", "0"), (Text(host, "resourcestate"), Text(host, "memoryallocatedbytes")));
        Assert.Empty((await Root.CallAsync("listVirtualMachines", ("hostid", id), ("listall", "true"))).Items);
        Assert.Equal("Running", Text(await LookAsync("listVirtualMachines", await MachineAsync("web-01")), "state"));
        await Root.FailAsync(431, "prepareHostForMaintenance", ("id", id));
        await Root.FinishAsync("cancelHostMaintenance", ("id", id));
        await Root.FailAsync(431, "cancelHostMaintenance", ("id", id));
    }

    [Fact]
    public async Task Deletes_a_busy_host_only_by_force_and_stops_its_machines()
    {
        var machine = await MachineAsync("web-01");
        var id = Text(await LookAsync("listVirtualMachines", machine), "hostid")!;
        await Root.RefuseAsync(536, "deleteHost", ("id", id));

        await Root.DoAsync("deleteHost", ("id", id), ("forced", "true"));

        Assert.Equal("Stopped", Text(await LookAsync("listVirtualMachines", machine), "state"));
    }

    [Fact]
    public async Task Deletes_primary_storage_only_in_maintenance_and_unused()
    {
        var id = await Root.IdOfAsync("listStoragePools", "fra1-nfs-primary-1");
        await Root.RefuseAsync(431, "deleteStoragePool", ("id", id));
        await Root.FinishAsync("enableStorageMaintenance", ("id", id));
        await Root.FailAsync(431, "enableStorageMaintenance", ("id", id));
        await Root.RefuseAsync(536, "deleteStoragePool", ("id", id));
        await Root.FinishAsync("cancelStorageMaintenance", ("id", id));
        await Root.FailAsync(431, "cancelStorageMaintenance", ("id", id));
        await Root.RefuseAsync(431, "createStoragePool", ("name", "x"), ("url", "nowhere"), ("zoneid", await ZoneAsync()));
    }

    [Fact]
    public async Task Keeps_a_zones_last_image_store_while_templates_are_on_it()
    {
        var id = await Root.IdOfAsync("listImageStores", "fra1-secondary-1");
        await Root.RefuseAsync(536, "deleteImageStore", ("id", id));
        await Root.RefuseAsync(431, "addImageStore", ("provider", "NFS"), ("url", "https://x"));
        await Root.RefuseAsync(431, "addImageStore", ("provider", "Floppy"));
        await Root.DoAsync("addImageStore", ("provider", "NFS"), ("url", "nfs://10.20.0.61/export/2"), ("zoneid", await ZoneAsync()), ("name", "second"));

        await Root.DoAsync("deleteImageStore", ("id", id));
    }

    [Fact]
    public async Task Sums_capacity_up_from_what_is_there()
    {
        var memory = (await Root.CallAsync("listCapacity", ("type", "0"), ("zoneid", await ZoneAsync()))).Items.Single();
        var used = memory.GetProperty("capacityused").GetInt64();
        await Root.FinishAsync("stopVirtualMachine", ("id", await MachineAsync("db-01")));

        var after = (await Root.CallAsync("listCapacity", ("type", "0"), ("zoneid", await ZoneAsync()))).Items.Single();

        Assert.Equal(used - (8192L << 20), after.GetProperty("capacityused").GetInt64());
        Assert.Equal(2 * 6, (await Root.CallAsync("listCapacity")).Count);
    }
}
