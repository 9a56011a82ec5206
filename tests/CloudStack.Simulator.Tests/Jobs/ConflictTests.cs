using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Jobs;

/// <summary>What is begun while another job works on the same object waits for it, and finds the cloud as that left it.</summary>
public sealed class ConflictTests : IDisposable
{
    private readonly SimulatedCloud _cloud = new(new SimulatorOptions { Pace = ClockPace.Stepped, JobDelay = TimeSpan.FromSeconds(10) });
    private readonly SignedCaller _root;

    public ConflictTests() => _root = SignedCaller.Root(_cloud);

    public void Dispose() => _cloud.Dispose();

    [Theory]
    [InlineData("startVirtualMachine", "web-staging", "state Running")]
    [InlineData("stopVirtualMachine", "web-01", "state Stopped")]
    [InlineData("destroyVirtualMachine", "web-01", "state Destroyed")]
    public async Task Does_only_one_of_two_at_once(string command, string name, string reason)
    {
        var machine = await _root.IdOfAsync("listVirtualMachines", name);
        var (one, other) = (await BeginAsync(command, ("id", machine)), await BeginAsync(command, ("id", machine)));

        _cloud.Clock.Step(TimeSpan.FromMinutes(1));

        Assert.Equal((1, ""), await OutcomeAsync(one));
        var (status, text) = await OutcomeAsync(other);
        Assert.Equal(2, status);
        Assert.Contains(reason, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_as_many_in_turn_as_fit_one_after_the_other()
    {
        var machine = await _root.IdOfAsync("listVirtualMachines", "web-01");
        string[] commands = ["stopVirtualMachine", "startVirtualMachine", "stopVirtualMachine", "startVirtualMachine"];
        var jobs = new List<string>();
        foreach (var command in commands)
        {
            jobs.Add(await BeginAsync(command, ("id", machine)));
        }

        _cloud.Clock.Step(TimeSpan.FromMinutes(1));

        foreach (var job in jobs)
        {
            Assert.Equal((1, ""), await OutcomeAsync(job));
        }
    }

    [Fact]
    public async Task Deletes_no_volume_while_its_being_attached()
    {
        var volume = await _root.IdOfAsync("listVolumes", "scratch");
        var attachment = await BeginAsync("attachVolume", ("id", volume), ("virtualmachineid", await _root.IdOfAsync("listVirtualMachines", "web-01")));

        Assert.Contains("Another job", await _root.RefuseAsync(431, "deleteVolume", ("id", volume)), StringComparison.Ordinal);
        var destruction = await BeginAsync("destroyVolume", ("id", volume));
        _cloud.Clock.Step(TimeSpan.FromMinutes(1));

        Assert.Equal((1, ""), await OutcomeAsync(attachment));
        Assert.Contains("attached", (await OutcomeAsync(destruction)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resizes_a_volume_after_its_snapshot()
    {
        var volume = await _root.IdOfAsync("listVolumes", "db-01-data");
        var snapshot = await BeginAsync("createSnapshot", ("volumeid", volume));
        var resizing = await BeginAsync(
            "resizeVolume", ("id", volume), ("diskofferingid", await _root.IdOfAsync("listDiskOfferings", "Disk 500 GB")));
        _cloud.Clock.Step(TimeSpan.FromSeconds(10));
        Assert.Equal(0, (await OutcomeAsync(resizing)).Status);
        _cloud.Clock.Step(TimeSpan.FromSeconds(10));

        Assert.Equal((1, ""), await OutcomeAsync(resizing));
        var taken = (await _root.CallAsync("queryAsyncJobResult", ("jobid", snapshot))).Content.GetProperty("jobresult").GetProperty("snapshot");
        Assert.Equal(100L << 30, taken.GetProperty("virtualsize").GetInt64());
    }

    [Fact]
    public async Task Snapshots_no_volume_that_is_gone_by_then()
    {
        var (pool, volume) = (await _root.IdOfAsync("listStoragePools", "fra1-nfs-primary-1"), await _root.IdOfAsync("listVolumes", "db-01-data"));
        await BeginAsync("detachVolume", ("id", volume));
        await BeginAsync("destroyVolume", ("id", volume), ("expunge", "true"));
        var snapshot = await BeginAsync("createSnapshot", ("volumeid", volume), ("name", "too-late"));
        var migration = await BeginAsync("migrateVolume", ("volumeid", volume), ("storageid", pool));

        _cloud.Clock.Step(TimeSpan.FromMinutes(2));

        Assert.Contains("was deleted", (await OutcomeAsync(snapshot)).Text, StringComparison.Ordinal);
        Assert.Contains("was deleted", (await OutcomeAsync(migration)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("too-late", (await _root.CallAsync("listSnapshots", ("listall", "true"))).Names);
    }

    [Fact]
    public async Task Ends_what_an_account_began_that_is_deleted_meanwhile()
    {
        var account = await _root.IdOfAsync("listAccounts", "ledger");
        var start = await BeginAsync("startVirtualMachine", ("id", await _root.IdOfAsync("listVirtualMachines", "ledger-02")));

        await BeginAsync("deleteAccount", ("id", account));
        _cloud.Clock.Step(TimeSpan.FromMinutes(1));

        Assert.NotEqual(0, (await OutcomeAsync(start)).Status);
        Assert.DoesNotContain("ledger-02", (await _root.CallAsync("listVirtualMachines", ("listall", "true"))).Names);
        Assert.All(
            (await _root.CallAsync("listHosts")).Items.Where(host => host.GetProperty("zonename").GetString() == "ams1"),
            host => Assert.True(host.GetProperty("memoryallocatedbytes").GetInt64() < 4096L << 20));
    }

    private async Task<string> BeginAsync(string command, params (string Name, string Value)[] arguments) =>
        (await _root.DoAsync(command, arguments)).Content.GetProperty("jobid").GetString()!;

    private async Task<(int Status, string Text)> OutcomeAsync(string job)
    {
        var content = (await _root.CallAsync("queryAsyncJobResult", ("jobid", job))).Content;
        return (content.GetProperty("jobstatus").GetInt32(),
            content.TryGetProperty("jobresult", out var result) && result.TryGetProperty("errortext", out var text) ? text.GetString()! : "");
    }
}
