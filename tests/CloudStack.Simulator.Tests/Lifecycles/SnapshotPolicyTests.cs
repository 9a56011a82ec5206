namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class SnapshotPolicyTests : Scene
{
    [Fact]
    public async Task Takes_snapshots_when_the_clock_gets_there_and_keeps_so_many()
    {
        var volume = await VolumeAsync("db-01-data");
        await ScheduleAsync(volume, "hourly", "15", "2");

        TheCloud.Clock.Step(TimeSpan.FromHours(5));

        var kept = await TakenAsync(volume, "HOURLY");
        Assert.Equal(2, kept.Count);
        Assert.All(kept, created => Assert.Contains(":15:00", created, StringComparison.Ordinal));
        var events = (await Root.CallAsync("listEvents", ("listall", "true"))).Items.Select(e => Text(e, "type")).ToList();
        Assert.True(events.Count(type => type == "SNAPSHOT.CREATE") >= 5);
        Assert.True(events.Count(type => type == "SNAPSHOT.DELETE") >= 3);
    }

    [Fact]
    public async Task Keeps_what_people_made_and_ends_with_its_policy()
    {
        var volume = await VolumeAsync("db-01-data");
        var manual = await Root.FinishAsync("createSnapshot", ("volumeid", volume), ("name", "by hand"));
        var policy = await ScheduleAsync(volume, "hourly", "15", "1");
        TheCloud.Clock.Step(TimeSpan.FromHours(3));
        Assert.Single(await TakenAsync(volume, "HOURLY"));
        Assert.True(await ExistsAsync("listSnapshots", Id(manual)));

        var last = await TakenAsync(volume, "HOURLY");
        await Root.DoAsync("deleteSnapshotPolicies", ("id", policy));
        TheCloud.Clock.Step(TimeSpan.FromHours(3));

        Assert.Equal(last, await TakenAsync(volume, "HOURLY"));
    }

    [Fact]
    public async Task Leaves_out_what_a_limit_forbids()
    {
        var volume = await VolumeAsync("db-01-data");
        await ScheduleAsync(volume, "hourly", "15", "3");
        await Root.DoAsync(
            "updateResourceLimit", ("account", "data-team"), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")), ("resourcetype", "3"), ("max", "1"));

        TheCloud.Clock.Step(TimeSpan.FromHours(3));

        Assert.Empty(await TakenAsync(volume, "HOURLY"));
    }

    [Fact]
    public async Task Goes_with_its_volume()
    {
        var volume = await VolumeAsync("scratch");
        await ScheduleAsync(volume, "weekly", "0:2:1", "1");

        await Root.FinishAsync("destroyVolume", ("id", volume));

        Assert.Empty((await Root.CallAsync("listSnapshotPolicies", ("volumeid", volume), ("listall", "true"))).Items);
        await Root.RefuseAsync(431, "createSnapshotPolicy", Policy(volume, "weekly", "0:2:1", "1"));
    }

    [Theory]
    [InlineData("yearly", "30:2", "3")]
    [InlineData("daily", "30", "3")]
    [InlineData("hourly", "61", "3")]
    [InlineData("daily", "30:2", "0")]
    [InlineData("daily", "30:2", "9")]
    public async Task Refuses_schedules_and_numbers_that_there_are_not(string interval, string schedule, string kept) =>
        await Root.RefuseAsync(431, "createSnapshotPolicy", Policy(await VolumeAsync("db-01-data"), interval, schedule, kept));

    private async Task<string> ScheduleAsync(string volume, string interval, string schedule, string kept) =>
        Id((await Root.DoAsync("createSnapshotPolicy", Policy(volume, interval, schedule, kept))).Item);

    private static (string Name, string Value)[] Policy(string volume, string interval, string schedule, string kept) =>
        [("volumeid", volume), ("intervaltype", interval), ("schedule", schedule), ("timezone", "Etc/UTC"), ("maxsnaps", kept)];

    private async Task<List<string>> TakenAsync(string volume, string interval) =>
        [.. (await Root.CallAsync("listSnapshots", ("volumeid", volume), ("listall", "true"))).Items
            .Where(snapshot => Text(snapshot, "intervaltype") == interval).Select(snapshot => Text(snapshot, "created")!)];
}
