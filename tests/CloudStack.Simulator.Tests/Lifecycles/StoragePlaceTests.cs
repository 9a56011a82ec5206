namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>Snapshots, volumes and images on their ways; scopes, objects and data of stores; GPUs.</summary>
public sealed class StoragePlaceTests : Scene
{
    [Fact]
    public async Task Copies_a_snapshot_to_another_zone_and_not_to_its_own()
    {
        var snapshot = await Root.IdOfAsync("listSnapshots", "db-01-data-weekly");
        var there = await ZoneAsync("ams1");
        await Root.RefuseAsync(431, "copySnapshot", ("id", snapshot), ("destzoneids", await ZoneAsync()));
        await Root.RefuseAsync(431, "copySnapshot", ("id", snapshot));
        await Root.FinishAsync("copySnapshot", ("id", snapshot), ("destzoneids", there));

        Assert.Equal(["ams1", "fra1"], (await Root.CallAsync("listSnapshots", ("name", "db-01-data-weekly"), ("listall", "true"))).Items.Select(s => Text(s, "zonename")).Order());
    }

    [Fact]
    public async Task Makes_a_volume_snapshot_of_a_machine_snapshot_of_the_same_machine()
    {
        var source = Id((await Root.CallAsync("listVMSnapshot", ("listall", "true"))).Items[0]);
        await Root.RefuseAsync(431, "createSnapshotFromVMSnapshot", ("vmsnapshotid", source), ("volumeid", await VolumeAsync("scratch")));

        Assert.Equal("BackedUp", Text(await Root.FinishAsync("createSnapshotFromVMSnapshot", ("vmsnapshotid", source), ("volumeid", await VolumeAsync("db-01-data"))), "state"));
    }

    [Fact]
    public async Task Gives_a_volume_up_and_takes_its_file_in_again()
    {
        var volume = await VolumeAsync("db-01-data");
        var pool = await PoolAsync();
        await Root.FailAsync(431, "unmanageVolume", ("id", volume));
        await Root.FinishAsync("detachVolume", ("id", volume));
        await Root.FinishAsync("unmanageVolume", ("id", volume));
        var left = (await Root.CallAsync("listVolumesForImport", ("storageid", pool))).Items.Single();
        await Root.RefuseAsync(431, "importVolume", ("storageid", pool), ("path", "nowhere"));

        var taken = await Root.FinishAsync("importVolume", ("storageid", pool), ("path", Text(left, "path")!), ("name", "back"));

        Assert.Equal(("Ready", Text(left, "virtualsize")), (Text(taken, "state"), Text(taken, "size")));
        Assert.Empty((await Root.CallAsync("listVolumesForImport", ("storageid", pool))).Items);
    }

    [Fact]
    public async Task Checks_volumes_that_nothing_writes_to()
    {
        var volume = await VolumeAsync("db-01-data");
        await Root.FailAsync(431, "checkVolume", ("id", volume));
        await Root.FinishAsync("stopVirtualMachine", ("id", await MachineAsync("db-01")));

        Assert.True((await Root.FinishAsync("checkVolume", ("id", volume))).TryGetProperty("volumecheckresult", out _));
        await Root.RefuseAsync(431, "uploadVolume", ("name", "x"), ("zoneid", await ZoneAsync()), ("format", "FLOPPY"), ("url", "https://files.example/x"));
    }

    [Fact]
    public async Task Copies_a_template_to_a_zone_where_it_isnt()
    {
        var made = await Root.FinishAsync(
            "createTemplate", ("name", "golden"), ("snapshotid", await Root.IdOfAsync("listSnapshots", "db-01-data-weekly")),
            ("ostypeid", Id((await Root.CallAsync("listOsTypes")).Items[0])));
        await Root.FailAsync(431, "copyTemplate", ("id", Id(made)), ("destzoneid", await ZoneAsync()));
        await Root.RefuseAsync(431, "copyIso", ("id", Id(made)), ("destzoneid", await ZoneAsync("ams1")));

        var copy = await Root.FinishAsync("copyTemplate", ("id", Id(made)), ("destzoneid", await ZoneAsync("ams1")));

        Assert.Equal(("ams1", "True"), (Text(copy, "zonename"), Text(copy, "isready")));
    }

    [Fact]
    public async Task Widens_and_narrows_a_pools_scope_only_while_its_disabled()
    {
        var pool = await PoolAsync();
        var cluster = await Root.IdOfAsync("listClusters", "fra1-kvm-1");
        await Root.FailAsync(431, "changeStoragePoolScope", ("id", pool), ("scope", "Zone"));
        await Root.DoAsync("updateStoragePool", ("id", pool), ("enabled", "false"));
        await Root.FinishAsync("changeStoragePoolScope", ("id", pool), ("scope", "Zone"));
        Assert.Equal(("ZONE", null), (Text(await LookAsync("listStoragePools", pool), "scope"), Text(await LookAsync("listStoragePools", pool), "clusterid")));
        await Root.RefuseAsync(431, "changeStoragePoolScope", ("id", pool), ("scope", "Cluster"));
        Assert.Empty((await Root.CallAsync("listAffectedVmsForStorageScopeChange", ("storageid", pool), ("clusterid", cluster))).Items);

        await Root.FinishAsync("changeStoragePoolScope", ("id", pool), ("scope", "Cluster"), ("clusterid", cluster));

        Assert.Equal(cluster, Text(await LookAsync("listStoragePools", pool), "clusterid"));
    }

    [Fact]
    public async Task Shows_the_files_of_stores_folder_by_folder()
    {
        var store = await Root.IdOfAsync("listImageStores", "fra1-secondary-1");
        Assert.Equal(["snapshots", "template"], (await Root.CallAsync("listImageStoreObjects", ("id", store))).Names.Order());
        var template = await TemplateAsync();
        var file = (await Root.CallAsync("listImageStoreObjects", ("id", store), ("path", $"template/tmpl/{template}"))).Items.Single();
        Assert.Equal(("False", "Debian 12"), (Text(file, "isdirectory"), Text(file, "templatename")));
        await Root.RefuseAsync(431, "listImageStoreObjects", ("id", store), ("path", "../../etc"));
        await Root.RefuseAsync(431, "downloadImageStoreObject", ("id", store), ("path", "template/tmpl"));

        var offer = await Root.FinishAsync("downloadImageStoreObject", ("id", store), ("path", $"template/tmpl/{template}/{Text(file, "name")}"));

        Assert.Equal("DOWNLOAD_URL_CREATED", Text(offer, "state"));
    }

    [Fact]
    public async Task Moves_data_to_stores_that_can_take_it()
    {
        var source = await Root.IdOfAsync("listImageStores", "fra1-secondary-1");
        await Root.RefuseAsync(431, "migrateSecondaryStorageData", ("srcpool", source), ("destpools", source));
        var target = Id((await Root.DoAsync("addImageStore", ("provider", "NFS"), ("url", "nfs://10.20.0.64/2"), ("zoneid", await ZoneAsync()))).Item);

        await Root.FinishAsync("migrateSecondaryStorageData", ("srcpool", source), ("destpools", target), ("migrationtype", "complete"));

        Assert.Equal(("True", "0"), (Text(await LookAsync("listImageStores", source), "readonly"), Text(await LookAsync("listImageStores", source), "disksizeused")));
    }

    [Fact]
    public async Task Groups_hosts_and_pools_by_access_and_lists_pools_to_move_to()
    {
        var pool = await PoolAsync();
        await Root.RefuseAsync(431, "configureStorageAccess", ("storageaccessgroups", "fast"));
        await Root.FinishAsync("configureStorageAccess", ("storageid", pool), ("storageaccessgroups", "fast,slow"));
        Assert.Equal(["fast", "slow"], (await Root.CallAsync("listStorageAccessGroups")).Names.Order());
        Assert.Empty((await Root.CallAsync("findStoragePoolsForMigration", ("id", await VolumeAsync("db-01-data")))).Items);
        await Root.DoAsync("createStoragePool", ("name", "more"), ("url", "nfs://10.20.0.51/more"), ("zoneid", await ZoneAsync()), ("scope", "zone"), ("tags", "ssd"));

        Assert.Equal(["more"], (await Root.CallAsync("findStoragePoolsForMigration", ("id", await VolumeAsync("db-01-data")))).Names);
        Assert.Equal(["ssd"], (await Root.CallAsync("listStorageTags")).Names);
    }

    [Fact]
    public async Task Registers_a_hosts_gpus_and_keeps_cards_that_are_in_use()
    {
        var card = Id((await Root.DoAsync("createGpuCard", ("name", "L4"), ("deviceid", "27b8"), ("devicename", "AD104GL"), ("vendorid", "10de"), ("vendorname", "NVIDIA"))).Item);
        var whole = Id((await Root.CallAsync("listVgpuProfiles", ("gpucardid", card))).Items.Single());
        await Root.DoAsync("createVgpuProfile", ("gpucardid", card), ("name", "quarter"), ("maxvgpuperphysicalgpu", "4"));
        await Root.RefuseAsync(431, "createVgpuProfile", ("gpucardid", card), ("name", "quarter"));
        var host = await Root.IdOfAsync("listHosts", "fra1-kvm-1-h01");
        (string, string)[] device = [("hostid", host), ("gpucardid", card), ("vgpuprofileid", whole), ("busaddress", "0000:3b:00.0")];
        var made = Id((await Root.DoAsync("createGpuDevice", device)).Item);
        await Root.RefuseAsync(431, "createGpuDevice", device);
        Assert.Equal("1", Text(await LookAsync("listHosts", host), "gputotal"));
        await Root.RefuseAsync(431, "deleteGpuCard", ("id", card));
        await Root.DoAsync("unmanageGpuDevice", ("ids", made));
        Assert.Equal("Unmanaged", Text((await Root.CallAsync("listGpuDevices", ("hostid", host))).Items.Single(), "managedstate"));

        await Root.DoAsync("deleteGpuDevice", ("ids", made));
        await Root.DoAsync("deleteGpuCard", ("id", card));

        Assert.Empty((await Root.CallAsync("listVgpuProfiles")).Items);
    }

    [Fact]
    public async Task Numbers_regions_once()
    {
        await Root.DoAsync("addRegion", ("id", "7"), ("name", "south"), ("endpoint", "https://south.example"));
        await Root.RefuseAsync(431, "addRegion", ("id", "7"), ("name", "other"), ("endpoint", "https://x.example"));
        await Root.DoAsync("updateRegion", ("id", "7"), ("name", "deep-south"));
        Assert.Contains("deep-south", (await Root.CallAsync("listRegions")).Names);
        await Root.DoAsync("removeRegion", ("id", "7"));
        await Root.RefuseAsync(431, "removeRegion", ("id", "7"));
    }

    private Task<string> PoolAsync() => Root.IdOfAsync("listStoragePools", "fra1-nfs-primary-1");
}
