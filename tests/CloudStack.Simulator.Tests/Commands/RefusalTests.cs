using CloudStack.Simulator.Tests.Lifecycles;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Commands;

/// <summary>Limits reached, what is another account's, and capacity exhausted: a code, a telling text, and a cloud as before.</summary>
public sealed class RefusalTests : Scene
{
    private const string Over = "Maximum amount of resources of Type";

    // So that no figure moves between two looks.
    public RefusalTests() => TheCloud.Clock.Pace = ClockPace.Stepped;

    // Each command with the number of the limit that it runs into.
    [Theory]
    [InlineData(0, "deployVirtualMachine")]
    [InlineData(2, "deployVirtualMachine")]
    [InlineData(8, "deployVirtualMachine")]
    [InlineData(9, "deployVirtualMachine")]
    [InlineData(10, "deployVirtualMachine")]
    [InlineData(1, "associateIpAddress")]
    [InlineData(2, "createVolume")]
    [InlineData(10, "createVolume")]
    [InlineData(3, "createSnapshot")]
    [InlineData(4, "registerTemplate")]
    [InlineData(4, "registerIso")]
    [InlineData(4, "createTemplate")]
    [InlineData(5, "createProject")]
    [InlineData(6, "createNetwork")]
    [InlineData(7, "createVPC")]
    [InlineData(8, "scaleVirtualMachine")]
    [InlineData(9, "changeServiceForVirtualMachine")]
    [InlineData(10, "resizeVolume")]
    [InlineData(2, "uploadVolume")]
    [InlineData(14, "createBucket")]
    [InlineData(15, "createBucket")]
    [InlineData(2, "createSharedFileSystem")]
    [InlineData(12, "createBackup")]
    [InlineData(13, "createBackup")]
    public async Task Stops_an_account_and_its_domain_at_a_limit(int resource, string command)
    {
        var arguments = await OwnAsync(command);
        foreach (var holder in new[] { "account", "domain" })
        {
            await LimitAsync(holder, resource, "0");
            var (code, text) = await RefusedAsync(User, command, arguments);
            Assert.Equal(535, code);
            Assert.Contains(Over, text, StringComparison.Ordinal);
            Assert.Contains(holder == "account" ? "web-team" : "Engineering", text, StringComparison.Ordinal);
            await LimitAsync(holder, resource, "-1");
        }
    }

    // The object that is another account's stands in the named argument.
    [Theory]
    [InlineData("startVirtualMachine", "id", "listVirtualMachines", "etl-01")]
    [InlineData("destroyVirtualMachine", "id", "listVirtualMachines", "db-01")]
    [InlineData("createSnapshot", "volumeid", "listVolumes", "db-01-data")]
    [InlineData("createVMSnapshot", "virtualmachineid", "listVirtualMachines", "db-01")]
    [InlineData("createVolume", "snapshotid", "listSnapshots", "db-01-data-weekly")]
    [InlineData("deleteSnapshot", "id", "listSnapshots", "db-01-data-weekly")]
    [InlineData("attachVolume", "virtualmachineid", "listVirtualMachines", "db-01")]
    [InlineData("attachVolume", "id", "listVolumes", "db-01-data")]
    [InlineData("resizeVolume", "id", "listVolumes", "db-01-data")]
    [InlineData("deployVirtualMachine", "networkids", "listNetworks", "data-net")]
    [InlineData("associateIpAddress", "networkid", "listNetworks", "data-net")]
    [InlineData("deleteNetwork", "id", "listNetworks", "data-net")]
    [InlineData("createTemplate", "volumeid", "listVolumes", "db-01-data")]
    [InlineData("createSharedFileSystem", "networkid", "listNetworks", "data-net")]
    [InlineData("createBackup", "virtualmachineid", "listVirtualMachines", "db-01")]
    [InlineData("createVMSchedule", "virtualmachineid", "listVirtualMachines", "db-01")]
    [InlineData("createSnapshotPolicy", "volumeid", "listVolumes", "db-01-data")]
    [InlineData("addNicToVirtualMachine", "virtualmachineid", "listVirtualMachines", "db-01")]
    [InlineData("createNetwork", "vpcid", "listVPCs", "data-vpc")]
    public async Task Keeps_what_is_another_accounts(string command, string argument, string list, string name)
    {
        var usual = (await OwnAsync(command)).Where(a => a.Name != argument && (argument, a.Name) is not ("volumeid", "snapshotid"));
        (string Name, string Value)[] foreign = [.. usual, (argument, await Root.IdOfAsync(list, name))];

        var (code, text) = await RefusedAsync(User, command, foreign);

        Assert.Equal(531, code);
        Assert.Contains("permission", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("createVolume")]
    [InlineData("createNetwork")]
    [InlineData("createBucket")]
    [InlineData("deployVirtualMachine")]
    [InlineData("registerTemplate")]
    [InlineData("createInstanceGroup")]
    [InlineData("createVPC")]
    public async Task Lets_no_user_make_things_for_another_account_or_a_foreign_project(string command)
    {
        (string, string)[] arguments = [.. await OwnAsync(command)];
        var domain = await Root.IdOfAsync("listDomains", "Engineering");
        Assert.Equal(531, (await RefusedAsync(User, command, [.. arguments, ("account", "data-team"), ("domainid", domain)])).Code);

        var project = await Root.FinishAsync("createProject", ("name", "Theirs"), ("displaytext", "t"), ("account", "data-team"), ("domainid", domain));
        Assert.Equal(531, (await RefusedAsync(User, command, [.. arguments, ("projectid", Id(project))])).Code);
    }

    [Fact]
    public async Task Starts_nothing_where_no_host_has_room()
    {
        foreach (var host in (await Root.CallAsync("listHosts", ("type", "Routing"))).Items)
        {
            await Root.DoAsync("updateHost", ("id", Id(host)), ("allocationstate", "Disable"));
        }

        var machine = await MachineAsync("web-staging");
        var (code, text) = await RefusedAsync(User, "startVirtualMachine", [("id", machine)], "UserVmResponse|" + machine);

        Assert.Equal(533, code);
        Assert.Contains("web-staging", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attaches_nothing_where_no_storage_is_up()
    {
        foreach (var pool in (await Root.CallAsync("listStoragePools")).Items)
        {
            await Root.FinishAsync("enableStorageMaintenance", ("id", Id(pool)));
        }

        var (code, _) = await RefusedAsync(User, "attachVolume", await OwnAsync("attachVolume"));

        Assert.Equal(533, code);
    }

    [Fact]
    public async Task Gives_out_no_bucket_beyond_its_store()
    {
        var arguments = (await OwnAsync("createBucket")).Where(a => a.Name != "quota").Append(("quota", "99999999"));

        Assert.Equal(533, (await RefusedAsync(User, "createBucket", [.. arguments])).Code);
    }

    private async Task LimitAsync(string holder, int resource, string max)
    {
        var domain = ("domainid", await Root.IdOfAsync("listDomains", "Engineering"));
        await Root.DoAsync("updateResourceLimit", [
            domain, ("resourcetype", FormattableString.Invariant($"{resource}")), ("max", max),
            .. holder == "account" ? [("account", "web-team")] : Array.Empty<(string, string)>()]);
    }

    /// <summary>What comes of a command that is to fail, at once or in its job; nothing of the cloud may differ afterwards.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="tried">The beginning of the line of an object that shows when it was last tried, or null.</param>
    private async Task<(int Code, string Text)> RefusedAsync(
        SignedCaller caller, string command, (string Name, string Value)[] arguments, string? tried = null)
    {
        var before = Picture(tried);
        var reply = await caller.PostAsync(command, arguments);
        if (reply.Status == 200)
        {
            var job = (await caller.CallAsync("queryAsyncJobResult", ("jobid", reply.Content.GetProperty("jobid").GetString()!))).Content;
            Assert.True(job.GetProperty("jobstatus").GetInt32() == 2, $"{command}: {job}");
            Assert.Equal(before, Picture(tried));
            return (job.GetProperty("jobresultcode").GetInt32(), job.GetProperty("jobresult").GetProperty("errortext").GetString()!);
        }

        Assert.Equal(before, Picture(tried));
        return (reply.Status, reply.ErrorText);
    }

    private List<string> Picture(string? tried) =>
    [
        .. CloudPicture.Of(TheCloud).Where(line =>
            !line.StartsWith("AsyncJobResponse", StringComparison.Ordinal) && !line.StartsWith("EventResponse", StringComparison.Ordinal)
            && (tried is null || !line.StartsWith(tried, StringComparison.Ordinal))),
    ];

    /// <summary>Arguments with which the user of web-team may call a command.</summary>
    private async Task<(string Name, string Value)[]> OwnAsync(string command) => command switch
    {
        "deployVirtualMachine" => await DeploymentAsync(("networkids", await NetworkAsync("web-net"))),
        "associateIpAddress" => [("networkid", await NetworkAsync("web-net"))],
        "createVolume" => [("name", "v"), await ZoneArgumentAsync(), ("diskofferingid", await DiskAsync("Disk 20 GB"))],
        "createSnapshot" or "createSnapshotPolicy" =>
        [
            ("volumeid", await RootVolumeAsync()), ("intervaltype", "daily"), ("schedule", "30:2"), ("timezone", "Etc/UTC"), ("maxsnaps", "1"),
        ],
        "registerTemplate" or "registerIso" =>
        [
            ("name", "t"), ("displaytext", "t"), ("format", "QCOW2"), ("hypervisor", "KVM"), await ZoneArgumentAsync(),
            ("url", "https://files.example/t.qcow2"), ("ostypeid", await Root.IdOfAsync("listOsTypes", "Rocky Linux 9")),
        ],
        "createTemplate" => [("name", "t"), ("volumeid", await VolumeAsync("scratch")), ("ostypeid", await Root.IdOfAsync("listOsTypes", "Rocky Linux 9"))],
        "createProject" => [("name", "p"), ("displaytext", "p")],
        "createNetwork" =>
        [
            ("name", "n"), await ZoneArgumentAsync(),
            ("networkofferingid", await Root.IdOfAsync("listNetworkOfferings", "DefaultIsolatedNetworkOfferingWithSourceNatService")),
        ],
        "createVPC" =>
        [
            ("name", "v"), ("cidr", "10.9.0.0/16"), await ZoneArgumentAsync(),
            ("vpcofferingid", Id((await Root.CallAsync("listVPCOfferings")).Items[0])),
        ],
        "scaleVirtualMachine" or "changeServiceForVirtualMachine" =>
            [("id", await MachineAsync("web-staging")), ("serviceofferingid", await OfferingAsync("Large"))],
        "resizeVolume" => [("id", await VolumeAsync("scratch")), ("diskofferingid", await DiskAsync("Disk 500 GB"))],
        "uploadVolume" => [("name", "u"), ("format", "QCOW2"), ("url", "https://files.example/u.qcow2"), await ZoneArgumentAsync()],
        "createBucket" => [("name", "bucket"), ("quota", "5"), ("objectstorageid", await Root.IdOfAsync("listObjectStoragePools", "fra1-objects-1"))],
        "createSharedFileSystem" =>
        [
            ("name", "f"), ("filesystem", "XFS"), await ZoneArgumentAsync(), ("networkid", await NetworkAsync("web-net")),
            ("serviceofferingid", await OfferingAsync("Medium")), ("diskofferingid", await DiskAsync("Disk 20 GB")),
        ],
        "createBackup" => [("virtualmachineid", await BackedUpAsync())],
        "attachVolume" => [("id", await VolumeAsync("scratch")), ("virtualmachineid", await MachineAsync("web-01"))],
        "createVMSchedule" => [("virtualmachineid", ""), ("action", "stop"), ("schedule", "0 20 * * *"), ("timezone", "Etc/UTC")],
        "addNicToVirtualMachine" => [("networkid", await NetworkAsync("web-net"))],
        "createInstanceGroup" => [("name", "g")],
        _ => [],
    };

    private async Task<(string, string)> ZoneArgumentAsync() => ("zoneid", await ZoneAsync());

    private async Task<string> RootVolumeAsync() =>
        Id((await Root.CallAsync("listVolumes", ("virtualmachineid", await MachineAsync("web-01")), ("listall", "true"))).Items[0]);

    private Task<string> DiskAsync(string name) => Root.IdOfAsync("listDiskOfferings", name);

    private async Task<string> BackedUpAsync()
    {
        var machine = await MachineAsync("web-01");
        await Root.FinishAsync(
            "assignVirtualMachineToBackupOffering", ("virtualmachineid", machine), ("backupofferingid", await Root.IdOfAsync("listBackupOfferings", "Nightly copies")));
        return machine;
    }
}
