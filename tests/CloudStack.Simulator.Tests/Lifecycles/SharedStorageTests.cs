namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>Buckets and shared file systems.</summary>
public sealed class SharedStorageTests : Scene
{
    [Fact]
    public async Task Makes_a_bucket_with_its_quota_counted_in_the_store_and_the_limits()
    {
        var store = await StoreAsync();
        var bucket = await User.FinishAsync("createBucket", ("name", "assets"), ("quota", "10"), ("objectstorageid", store), ("objectlocking", "true"));

        Assert.Equal(("Created", "private", "True"), (Text(bucket, "state"), Text(bucket, "policy"), Text(bucket, "versioning")));
        Assert.Equal((10L << 30).ToString(System.Globalization.CultureInfo.InvariantCulture), Text(await LookAsync("listObjectStoragePools", store), "storageallocated"));
        await User.DoAsync("updateBucket", ("id", Id(bucket)), ("quota", "4"), ("policy", "public"));
        Assert.Equal("public", Text((await User.CallAsync("listBuckets")).Items.Single(), "policy"));
        await User.RefuseAsync(431, "updateBucket", ("id", Id(bucket)), ("versioning", "false"));
        await Root.RefuseAsync(431, "deleteObjectStoragePool", ("id", store));
        await User.DoAsync("deleteBucket", ("id", Id(bucket)));
        Assert.Equal("0", Text(await LookAsync("listObjectStoragePools", store), "storageallocated"));
        await Root.DoAsync("deleteObjectStoragePool", ("id", store));
    }

    [Theory]
    [InlineData("Assets", "10", "private")]
    [InlineData("a", "10", "private")]
    [InlineData("assets", "-1", "private")]
    [InlineData("assets", "10", "secret")]
    public async Task Refuses_buckets_of_bad_names_quotas_or_policies(string name, string quota, string policy) =>
        await User.RefuseAsync(431, "createBucket", ("name", name), ("quota", quota), ("policy", policy), ("objectstorageid", await StoreAsync()));

    [Fact]
    public async Task Refuses_a_bucket_twice_too_large_or_beyond_the_limit()
    {
        var store = await StoreAsync();
        await User.FinishAsync("createBucket", ("name", "assets"), ("quota", "10"), ("objectstorageid", store));
        await User.RefuseAsync(431, "createBucket", ("name", "assets"), ("quota", "10"), ("objectstorageid", store));
        await User.RefuseAsync(533, "createBucket", ("name", "huge"), ("quota", "60000"), ("objectstorageid", store));
        await Root.DoAsync(
            "updateResourceLimit", ("account", "web-team"), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")), ("resourcetype", "14"), ("max", "1"));

        await User.RefuseAsync(535, "createBucket", ("name", "second"), ("quota", "1"), ("objectstorageid", store));
    }

    [Fact]
    public async Task Gives_out_files_on_a_network_from_creation_to_expunging()
    {
        var files = await CreateFilesAsync();
        Assert.Equal(("Ready", "XFS", "web-team"), (Text(files, "state"), Text(files, "filesystem"), Text(files, "account")));
        var volume = Text(files, "volumeid")!;
        Assert.Contains("can't be detached", await User.FailAsync(431, "detachVolume", ("id", volume)));
        Assert.Contains("attached", await User.RefuseAsync(431, "deleteVolume", ("id", volume)));
        await User.FailAsync(431, "deleteNetwork", ("id", await NetworkAsync("web-net")));

        await User.FailAsync(431, "destroySharedFileSystem", ("id", Id(files)));
        await User.FinishAsync("stopSharedFileSystem", ("id", Id(files)));
        await User.FinishAsync("destroySharedFileSystem", ("id", Id(files)));
        await User.DoAsync("recoverSharedFileSystem", ("id", Id(files)));
        Assert.Equal("Ready", Text(await User.FinishAsync("startSharedFileSystem", ("id", Id(files))), "state"));
        await User.FinishAsync("destroySharedFileSystem", ("id", Id(files)), ("forced", "true"));
        await User.FinishAsync("expungeSharedFileSystem", ("id", Id(files)));

        Assert.False(await ExistsAsync("listSharedFileSystems", Id(files)));
        Assert.False(await ExistsAsync("listVolumes", volume));
    }

    [Fact]
    public async Task Expunges_destroyed_files_after_a_day()
    {
        var files = Id(await CreateFilesAsync());
        await User.FinishAsync("destroySharedFileSystem", ("id", files), ("forced", "true"));

        TheCloud.Clock.Step(TimeSpan.FromDays(2));

        Assert.False(await ExistsAsync("listSharedFileSystems", files));
    }

    [Fact]
    public async Task Grows_files_and_moves_them_to_a_larger_machine_that_is_stopped()
    {
        var files = Id(await CreateFilesAsync());
        var large = await OfferingAsync("Large");
        await User.FailAsync(431, "changeSharedFileSystemServiceOffering", ("id", files), ("serviceofferingid", large));
        await User.FinishAsync("stopSharedFileSystem", ("id", files));
        Assert.Equal("Large", Text(await User.FinishAsync("changeSharedFileSystemServiceOffering", ("id", files), ("serviceofferingid", large)), "serviceofferingname"));

        var grown = await User.FinishAsync("changeSharedFileSystemDiskOffering", ("id", files), ("diskofferingid", await DiskAsync("Disk 100 GB")));

        Assert.Equal("100.00 GB", Text(grown, "sizegb"));
        await User.FailAsync(431, "changeSharedFileSystemDiskOffering", ("id", files), ("diskofferingid", await DiskAsync("Disk 20 GB")));
    }

    [Fact]
    public async Task Refuses_files_of_an_unknown_format_on_a_foreign_network_or_a_small_machine()
    {
        await User.RefuseAsync(431, "createSharedFileSystem", await FilesAsync(("filesystem", "FAT")));
        await User.RefuseAsync(431, "createSharedFileSystem", await FilesAsync(("serviceofferingid", await OfferingAsync("Small"))));
        await User.RefuseAsync(531, "createSharedFileSystem", await FilesAsync(("networkid", await NetworkAsync("data-net"))));
    }

    private Task<string> StoreAsync() => Root.IdOfAsync("listObjectStoragePools", "fra1-objects-1");

    private Task<string> DiskAsync(string name) => Root.IdOfAsync("listDiskOfferings", name);

    private async Task<System.Text.Json.JsonElement> CreateFilesAsync() => await User.FinishAsync("createSharedFileSystem", await FilesAsync());

    private async Task<(string Name, string Value)[]> FilesAsync(params (string Name, string Value)[] more)
    {
        (string Name, string Value)[] usual =
        [
            ("name", "home"), ("filesystem", "xfs"), ("zoneid", await ZoneAsync()), ("networkid", await NetworkAsync("web-net")),
            ("serviceofferingid", await OfferingAsync("Medium")), ("diskofferingid", await DiskAsync("Disk 20 GB")),
        ];
        return [.. usual.ExceptBy(more.Select(m => m.Name), u => u.Name), .. more];
    }
}
