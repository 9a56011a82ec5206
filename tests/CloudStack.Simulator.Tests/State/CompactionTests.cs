using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.State;

public sealed class CompactionTests : IDisposable
{
    private const int Passing = 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simulator-compaction-");
    private readonly SteppedClock _clock = new();

    private string FilePath => Path.Combine(_folder.FullName, "cloud.state");

    private string AsidePath => $"{FilePath}.{Environment.ProcessId}.new";

    [Fact]
    public async Task Leaves_out_what_came_and_went_and_keeps_the_cloud()
    {
        var before = await LiveAsync();
        var length = new FileInfo(FilePath).Length;

        using (var compacting = Open(fewest: 10))
        {
            Assert.Equal(before, Objects(compacting));
        }

        Assert.InRange(new FileInfo(FilePath).Length, 1, length / 2);
        using var again = Open();
        Assert.Equal(before, Objects(again));
        Assert.Equal(2, again.RestoredChanges);
    }

    [Fact]
    public async Task Keeps_what_left_a_trace_in_the_rest_of_the_cloud()
    {
        var network = await DeployAndExpungeAsync();
        var before = Objects(Open, 1_000_000);

        Assert.Equal(before, Objects(Open, 1));
        Assert.Equal(before, Objects(Open, 1_000_000));
        Assert.Contains(before, line => line.Contains(network, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Keeps_what_went_within_the_last_day()
    {
        await LiveAsync(TimeSpan.FromHours(1));
        using (Open(fewest: 1))
        {
        }

        using var again = Open();
        Assert.InRange(again.RestoredChanges, 2 * Passing, int.MaxValue);
    }

    [Fact]
    public async Task Goes_on_after_it_with_identifiers_that_were_never_given_out()
    {
        await LiveAsync();
        string first;
        using (var compacting = Open(fewest: 10))
        {
            first = await MakeDomainAsync(compacting, "first-after");
        }

        using var again = Open();
        Assert.NotEqual(first, await MakeDomainAsync(again, "second-after"));
        Assert.Equal(2, (await SignedCaller.Root(again).CallAsync("listDomains", ("listall", "true"), ("keyword", "-after"))).Count);
    }

    [Fact]
    public async Task Waits_until_the_file_has_doubled()
    {
        await LiveAsync();
        using (Open(fewest: 10))
        {
        }

        var compacted = File.ReadAllBytes(FilePath);
        using (Open(fewest: 1))
        {
        }

        Assert.Equal(compacted, File.ReadAllBytes(FilePath));
    }

    [Fact]
    public async Task A_process_that_dies_while_it_writes_aside_loses_nothing()
    {
        var before = await LiveAsync();
        var old = File.ReadAllBytes(FilePath);
        using (Open(fewest: 10))
        {
        }

        // Cut at the places where it's awkward: nothing, within a line, at the end of one, all but the last byte, all.
        var whole = File.ReadAllBytes(FilePath);
        var lineEnd = Array.IndexOf(whole, (byte)'\n');
        foreach (var cut in (int[])[0, 1, lineEnd / 2, lineEnd, lineEnd + 1, lineEnd + 9, whole.Length - 1, whole.Length])
        {
            File.WriteAllBytes(FilePath, old);
            File.WriteAllBytes($"{FilePath}.1.new", whole[..cut]);

            using var survivor = Open();

            Assert.Equal(before, Objects(survivor));
            Assert.False(File.Exists($"{FilePath}.1.new"), $"cut at {cut}: what was left aside is still there");
        }
    }

    [Fact]
    public async Task A_compacted_file_that_is_cut_within_its_last_line_loses_that_change_only()
    {
        await LiveAsync();
        int changes;
        using (Open(fewest: 10))
        {
        }

        using (var compacted = Open())
        {
            changes = compacted.RestoredChanges;
        }

        var whole = File.ReadAllBytes(FilePath);
        var last = Array.LastIndexOf(whole, (byte)'\n', whole.Length - 2) + 1;
        foreach (var cut in (int[])[last, last + 1, last + 20, whole.Length - 1])
        {
            File.WriteAllBytes(FilePath, whole[..cut]);
            using var survivor = Open();
            Assert.Equal(changes - 1, survivor.RestoredChanges);
        }
    }

    [Fact]
    public async Task A_file_that_cant_be_written_aside_stays_and_is_used()
    {
        var before = await LiveAsync();
        var old = File.ReadAllBytes(FilePath);
        Directory.CreateDirectory(AsidePath);

        using (var cloud = Open(fewest: 10))
        {
            Assert.Equal(before, Objects(cloud));
            Assert.Equal(old.Length, new FileInfo(FilePath).Length);
            await MakeDomainAsync(cloud, "later");
        }

        using var again = Open();
        Assert.Single((await SignedCaller.Root(again).CallAsync("listDomains", ("listall", "true"), ("name", "later"))).Items);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private SimulatedCloud Open(int fewest = 1_000_000) =>
        new(new SimulatorOptions { Clock = _clock, StateFile = FilePath, FewestToCompact = fewest });

    // Events and jobs of what is gone go with it.
    private static List<string> Objects(SimulatedCloud cloud) =>
        [.. CloudPicture.Of(cloud).Where(line => !line.StartsWith("EventResponse", StringComparison.Ordinal) && !line.StartsWith("AsyncJobResponse", StringComparison.Ordinal))];

    private static List<string> Objects(Func<int, SimulatedCloud> open, int fewest)
    {
        using var cloud = open(fewest);
        return Objects(cloud);
    }

    /// <summary>Makes domains that stay and more that go, and lets a day pass, or another time.</summary>
    private async Task<List<string>> LiveAsync(TimeSpan? pause = null)
    {
        using var cloud = Open();
        var root = SignedCaller.Root(cloud);
        await MakeDomainAsync(cloud, "stays");
        for (var i = 0; i < Passing; i++)
        {
            var id = await MakeDomainAsync(cloud, $"passing-{i}");
            await root.DoAsync("updateDomain", ("id", id), ("name", $"passing-on-{i}"));
            await root.FinishAsync("deleteDomain", ("id", id));
            _clock.Step(TimeSpan.FromSeconds(1));
        }

        _clock.Step(pause ?? TimeSpan.FromDays(2));
        await MakeDomainAsync(cloud, "late");
        return Objects(cloud);
    }

    private async Task<string> DeployAndExpungeAsync()
    {
        using var cloud = Open();
        var root = SignedCaller.Root(cloud);
        var machine = await root.FinishAsync(
            "deployVirtualMachine",
            ("zoneid", await root.IdOfAsync("listZones", "fra1")), ("serviceofferingid", await root.IdOfAsync("listServiceOfferings", "Small")),
            ("templateid", await root.IdOfAsync("listTemplates", "Debian 12", ("templatefilter", "all"))));
        await root.FinishAsync("destroyVirtualMachine", ("id", machine.GetProperty("id").GetString()!), ("expunge", "true"));
        _clock.Step(TimeSpan.FromDays(2));
        await MakeDomainAsync(cloud, "late");
        return machine.GetProperty("nic")[0].GetProperty("networkid").GetString()!;
    }

    private static async Task<string> MakeDomainAsync(SimulatedCloud cloud, string name) =>
        (await SignedCaller.Root(cloud).DoAsync("createDomain", ("name", name))).Item.GetProperty("id").GetString()!;
}
