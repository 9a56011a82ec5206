namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class StorageTests : Scene
{
    [Fact]
    public async Task Makes_attaches_detaches_and_deletes_a_volume()
    {
        var volume = await User.FinishAsync(
            "createVolume", ("name", "data"), ("diskofferingid", await DiskAsync("Disk 20 GB")), ("zoneid", await ZoneAsync()));
        Assert.Equal(("Allocated", "DATADISK"), (Text(volume, "state"), Text(volume, "type")));

        var attached = await User.FinishAsync("attachVolume", ("id", Id(volume)), ("virtualmachineid", await MachineAsync("web-01")));
        Assert.Equal(("Ready", "1", "web-01"), (Text(attached, "state"), Text(attached, "deviceid"), Text(attached, "vmname")));
        Assert.Contains("attached to web-01", await User.RefuseAsync(431, "deleteVolume", ("id", Id(volume))), StringComparison.Ordinal);
        await User.FailAsync(431, "attachVolume", ("id", Id(volume)), ("virtualmachineid", await MachineAsync("web-02")));

        Assert.Null(Text(await User.FinishAsync("detachVolume", ("id", Id(volume))), "virtualmachineid"));
        await User.FailAsync(431, "detachVolume", ("id", Id(volume)));
        await User.DoAsync("deleteVolume", ("id", Id(volume)));
        await User.RefuseAsync(431, "deleteVolume", ("id", Id(volume)));
    }

    [Fact]
    public async Task Refuses_sizes_zones_owners_and_devices_that_do_not_fit()
    {
        var (fixedSize, custom) = (await DiskAsync("Disk 20 GB"), await DiskAsync("Disk custom"));
        await User.RefuseAsync(431, "createVolume", ("diskofferingid", fixedSize), ("zoneid", await ZoneAsync()), ("size", "7"));
        await User.RefuseAsync(431, "createVolume", ("diskofferingid", custom), ("zoneid", await ZoneAsync()));
        await User.RefuseAsync(431, "createVolume", ("diskofferingid", custom), ("zoneid", await ZoneAsync()), ("size", "2000"));
        await User.RefuseAsync(431, "createVolume", ("diskofferingid", fixedSize));
        await User.RefuseAsync(431, "createVolume", ("zoneid", await ZoneAsync()));
        await Root.FailAsync(531, "attachVolume", ("id", await VolumeAsync("scratch")), ("virtualmachineid", await MachineAsync("db-01")));
        await Root.FailAsync(431, "attachVolume", ("id", await VolumeAsync("scratch")), ("virtualmachineid", await MachineAsync("ledger-01")));
        await User.FailAsync(431, "attachVolume", ("id", await VolumeAsync("scratch")), ("virtualmachineid", await MachineAsync("web-01")), ("deviceid", "0"));
    }

    [Fact]
    public async Task Detaches_by_device_and_a_root_volume_only_from_a_stopped_machine()
    {
        var database = await MachineAsync("db-01");
        Assert.Equal("db-01-data", Text(await Root.FinishAsync("detachVolume", ("virtualmachineid", database), ("deviceid", "1")), "name"));
        var root = (await Root.CallAsync("listVolumes", ("virtualmachineid", database), ("listall", "true"))).Items.Single();

        await Root.FailAsync(431, "detachVolume", ("id", Id(root)));
        await Root.RefuseAsync(431, "detachVolume", ("virtualmachineid", database));
    }

    [Fact]
    public async Task Grows_and_shrinks_only_when_that_is_signed_off()
    {
        var id = await VolumeAsync("scratch");
        Assert.Equal((100L << 30).ToString(), Text(await User.FinishAsync("resizeVolume", ("id", id), ("diskofferingid", await DiskAsync("Disk 100 GB"))), "size"));
        await User.FailAsync(431, "resizeVolume", ("id", id), ("diskofferingid", await DiskAsync("Disk 20 GB")));
        await User.FailAsync(431, "resizeVolume", ("id", id), ("size", "500"));

        var shrunk = await User.FinishAsync("resizeVolume", ("id", id), ("diskofferingid", await DiskAsync("Disk 20 GB")), ("shrinkok", "true"));

        Assert.Equal(((20L << 30).ToString(), "Disk 20 GB"), (Text(shrunk, "size"), Text(shrunk, "diskofferingname")));
    }

    [Fact]
    public async Task Is_destroyed_recovered_and_expunged()
    {
        var id = await VolumeAsync("scratch");
        Assert.Equal("Destroy", Text(await Root.FinishAsync("destroyVolume", ("id", id)), "state"));
        Assert.False((await User.CallAsync("listVolumes", ("name", "scratch"))).Items.Any());
        await Root.FailAsync(431, "destroyVolume", ("id", id));
        Assert.Equal("Allocated", Text((await Root.DoAsync("recoverVolume", ("id", id))).Item, "state"));
        await Root.RefuseAsync(431, "recoverVolume", ("id", id));
        await Root.FinishAsync("destroyVolume", ("id", id), ("expunge", "true"));
        Assert.False(await ExistsAsync("listVolumes", id));
    }

    [Fact]
    public async Task Takes_uses_reverts_and_deletes_snapshots()
    {
        var volume = await VolumeAsync("db-01-data");
        var snapshot = await Root.FinishAsync("createSnapshot", ("volumeid", volume), ("name", "s1"));
        Assert.Equal(("BackedUp", "db-01-data"), (Text(snapshot, "state"), Text(snapshot, "volumename")));

        var copy = await Root.FinishAsync("createVolume", ("snapshotid", Id(snapshot)), ("name", "copy"));
        Assert.Equal(("Ready", (100L << 30).ToString()), (Text(copy, "state"), Text(copy, "size")));
        await Root.FailAsync(431, "revertSnapshot", ("id", Id(snapshot)));
        await Root.FinishAsync("stopVirtualMachine", ("id", await MachineAsync("db-01")));
        await Root.FinishAsync("revertSnapshot", ("id", Id(snapshot)));
        await Root.FinishAsync("deleteSnapshot", ("id", Id(snapshot)));
        Assert.False(await ExistsAsync("listSnapshots", Id(snapshot)));
        await Root.RefuseAsync(431, "createSnapshot", ("volumeid", await VolumeAsync("scratch")));
    }

    [Fact]
    public async Task Keeps_one_snapshot_policy_per_interval()
    {
        (string, string)[] policy = [("volumeid", await VolumeAsync("db-01-data")), ("schedule", "0:1"), ("timezone", "Etc/UTC"), ("intervaltype", "daily")];
        await Root.DoAsync("createSnapshotPolicy", [.. policy, ("maxsnaps", "3")]);

        var only = (await Root.CallAsync("listSnapshotPolicies", ("volumeid", await VolumeAsync("db-01-data")), ("listall", "true"))).Items.Single();
        Assert.Equal(("3", "1"), (Text(only, "maxsnaps"), Text(only, "intervaltype")));
        await Root.RefuseAsync(431, "createSnapshotPolicy", [.. policy, ("maxsnaps", "99")]);
        await Root.RefuseAsync(431, "deleteSnapshotPolicies");
        await Root.DoAsync("deleteSnapshotPolicies", ("id", Id(only)));
    }

    [Fact]
    public async Task Moves_volumes_between_storages_and_counts_their_sizes()
    {
        var pool = (await Root.DoAsync(
            "createStoragePool", ("name", "second"), ("url", "nfs://10.20.0.51/export/second"), ("zoneid", await ZoneAsync()),
            ("clusterid", await Root.IdOfAsync("listClusters", "fra1-kvm-1")))).Item;
        var first = await Root.IdOfAsync("listStoragePools", "fra1-nfs-primary-1");
        var before = (await LookAsync("listStoragePools", first)).GetProperty("disksizeallocated").GetInt64();

        Assert.Equal("second", Text(await Root.FinishAsync("migrateVolume", ("volumeid", await VolumeAsync("db-01-data")), ("storageid", Id(pool))), "storage"));

        Assert.Equal(100L << 30, (await LookAsync("listStoragePools", Id(pool))).GetProperty("disksizeallocated").GetInt64());
        Assert.Equal(before - (100L << 30), (await LookAsync("listStoragePools", first)).GetProperty("disksizeallocated").GetInt64());
        await Root.FailAsync(431, "migrateVolume", ("volumeid", await VolumeAsync("db-01-data")), ("storageid", Id(pool)));
    }

    private Task<string> DiskAsync(string name) => Root.IdOfAsync("listDiskOfferings", name);
}
