namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class MetricsTests : Scene
{
    [Theory]
    [InlineData("listHostsMetrics", "memoryused")]
    [InlineData("listHostsMetrics", "networkkbsread")]
    [InlineData("listClustersMetrics", "cpuused")]
    [InlineData("listZonesMetrics", "cpuused")]
    [InlineData("listVirtualMachinesMetrics", "diskiopstotal")]
    [InlineData("listVolumesMetrics", "diskkbsread")]
    [InlineData("listDbMetrics", "uptime")]
    [InlineData("listUsageServerMetrics", "lastheartbeat")]
    public async Task Moves_with_the_clock(string command, string field)
    {
        TheCloud.Clock.Pace = ClockPace.Stepped;
        TheCloud.Clock.Step(TimeSpan.FromMinutes(1));
        var before = await FirstAsync(command, field);
        Assert.Equal(before, await FirstAsync(command, field));

        // Rounded figures of two moments may be equal by chance; those of several are not.
        var later = new List<string?>();
        for (var step = 0; step < 5; step++)
        {
            TheCloud.Clock.Step(TimeSpan.FromMinutes(7));
            later.Add(await FirstAsync(command, field));
        }

        Assert.Contains(later, figure => figure != before);
    }

    [Fact]
    public async Task Sums_a_zone_up_from_its_hosts_and_shows_none_of_it_for_stopped_machines()
    {
        var zone = (await Root.CallAsync("listZonesMetrics", ("name", "fra1"))).Items.Single();
        Assert.Equal(("1/1", "665.60 Ghz"), (Text(zone, "clusters"), Text(zone, "cputotal")));
        var stopped = (await Root.CallAsync("listVirtualMachinesMetrics", ("name", "web-staging"), ("listall", "true"))).Items.Single();

        Assert.Null(Text(stopped, "diskiopstotal"));
        Assert.Equal("1.00 GB", Text(stopped, "memorytotal"));
    }

    [Fact]
    public async Task Grows_allocation_in_the_pools_metrics_with_each_volume()
    {
        var before = Text((await Root.CallAsync("listStoragePoolsMetrics", ("name", "fra1-nfs-primary-1"))).Items.Single(), "disksizeallocatedgb");
        await Root.FinishAsync("attachVolume", ("id", await VolumeAsync("scratch")), ("virtualmachineid", await MachineAsync("web-01")));

        Assert.NotEqual(before, Text((await Root.CallAsync("listStoragePoolsMetrics", ("name", "fra1-nfs-primary-1"))).Items.Single(), "disksizeallocatedgb"));
    }

    [Fact]
    public async Task Keeps_a_point_every_ten_minutes_of_the_last_twelve_hours()
    {
        TheCloud.Clock.Pace = ClockPace.Stepped;
        TheCloud.Clock.Step(TimeSpan.FromHours(2));
        Assert.InRange(await PointsAsync(), 11, 13);
        TheCloud.Clock.Step(TimeSpan.FromDays(2));
        Assert.InRange(await PointsAsync(), 72, 73);
        var now = TheCloud.Clock.GetUtcNow();
        Assert.InRange(await PointsAsync(("startdate", now.AddHours(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture))), 5, 7);
        await Root.RefuseAsync(431, "listVirtualMachinesUsageHistory", ("startdate", "2031-02-03"), ("enddate", "2030-02-03"));
    }

    [Fact]
    public async Task Shows_users_their_own_machines_and_volumes_only()
    {
        Assert.All((await User.CallAsync("listVirtualMachinesMetrics", ("listall", "true"))).Items, machine => Assert.Equal("web-team", Text(machine, "account")));
        Assert.Empty((await User.CallAsync("listVirtualMachinesUsageHistory", ("name", "db-01"))).Items);
    }

    private async Task<string?> FirstAsync(string command, string field)
    {
        var reply = await Root.CallAsync(command, ("listall", "true"));
        return Text(reply.Items.Count > 0 ? reply.Items[0] : reply.Item, field);
    }

    private async Task<int> PointsAsync(params (string Name, string Value)[] more)
    {
        var machine = (await Root.CallAsync("listVirtualMachinesUsageHistory", [("name", "web-01"), .. more])).Items.Single();
        return machine.GetProperty("stats").GetArrayLength();
    }
}
