using Cloud.Core.Objects;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Time;

public sealed class ClockTests
{
    private readonly SteppedClock _real = new();

    [Theory]
    [InlineData("real", 1)]
    [InlineData("stepped", 0)]
    [InlineData("fast:60", 60)]
    [InlineData("fast:0.5", 0.5)]
    public void Reads_a_pace_and_writes_it_the_same(string text, double speed)
    {
        Assert.True(ClockPace.TryParse(text, out var pace));
        Assert.Equal((speed, text), (pace!.Speed, pace.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("fast:0")]
    [InlineData("fast:-1")]
    [InlineData("fast:1e9")]
    [InlineData("Real")]
    public void Refuses_any_other_pace(string? text) => Assert.False(ClockPace.TryParse(text, out _));

    [Fact]
    public void Goes_on_from_where_it_is_when_its_pace_changes()
    {
        using var cloud = Make(ClockPace.Real);
        var start = cloud.Clock.GetUtcNow();

        _real.Step(TimeSpan.FromSeconds(10));
        cloud.Clock.Pace = new ClockPace(60);
        _real.Step(TimeSpan.FromSeconds(10));
        cloud.Clock.Pace = ClockPace.Stepped;
        _real.Step(TimeSpan.FromHours(1));
        Assert.Equal(start.AddSeconds(10 + 600), cloud.Clock.GetUtcNow());

        cloud.Clock.Step(TimeSpan.FromMinutes(1));
        Assert.Equal(start.AddSeconds(10 + 600 + 60), cloud.Clock.GetUtcNow());
    }

    [Fact]
    public void Never_goes_back()
    {
        using var cloud = Make(ClockPace.Stepped);

        Assert.Throws<ArgumentOutOfRangeException>(() => cloud.Clock.Step(TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => cloud.Clock.Pace = new ClockPace(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => cloud.Clock.Pace = new ClockPace(double.NaN));
    }

    [Fact]
    public async Task Ends_jobs_when_it_is_stepped_past_them_at_the_time_they_were_due()
    {
        using var cloud = Make(ClockPace.Stepped, JobTimes.Fixed(TimeSpan.FromSeconds(30)));
        var root = SignedCaller.Root(cloud);
        var due = cloud.Clock.GetUtcNow().AddSeconds(30);
        var job = (await root.DoAsync("stopVirtualMachine", ("id", await root.IdOfAsync("listVirtualMachines", "web-01")))).Content.GetProperty("jobid").GetString()!;

        cloud.Clock.Step(TimeSpan.FromSeconds(29));
        Assert.Equal(0, await StatusAsync(root, job));
        cloud.Clock.Step(TimeSpan.FromHours(2));
        var done = await root.CallAsync("queryAsyncJobResult", ("jobid", job));

        Assert.Equal(1, done.Content.GetProperty("jobstatus").GetInt32());
        Assert.Equal(Wire(due), done.Content.GetProperty("completed").GetString());
    }

    [Fact]
    public async Task Leaves_signatures_to_real_time()
    {
        using var cloud = Make(ClockPace.Real);
        cloud.Clock.Step(TimeSpan.FromDays(400));
        var expires = _real.GetUtcNow().AddMinutes(10);

        var reply = await SignedCaller.Root(cloud).CallAsync("listZones", ("signatureversion", "3"), ("expires", Wire(expires)));

        Assert.Equal(200, reply.Status);
    }

    [Fact]
    public async Task Moves_the_figures_of_running_machines()
    {
        using var cloud = Make(ClockPace.Stepped);
        var root = SignedCaller.Root(cloud);
        var before = await MachineAsync(root);
        cloud.Clock.Step(TimeSpan.FromMinutes(2));
        var after = await MachineAsync(root);

        Assert.All(
            ["networkkbsread", "networkkbswrite", "diskkbsread", "diskkbswrite", "diskioread", "diskiowrite"],
            field => Assert.True(after.GetProperty(field).GetInt64() > before.GetProperty(field).GetInt64(), field));
        Assert.NotEqual(before.GetProperty("cpuused").GetString(), after.GetProperty("cpuused").GetString());
    }

    [Fact]
    public void Lets_jobs_take_about_as_long_as_on_a_real_cloud_and_each_its_own_time()
    {
        var machines = Enumerable.Range(0, 256).Select(i => JobTimes.Believable.Of("deployVirtualMachine", $"{i:x2}")).ToList();

        Assert.All(machines, time => Assert.InRange(time.TotalSeconds, 25 * 0.7, 25 * 1.3));
        Assert.True(machines.Distinct().Count() > 200);
        Assert.InRange(JobTimes.Believable.Of("createTags", "80").TotalSeconds, 2.8, 5.2);
        Assert.Equal(TimeSpan.Zero, JobTimes.None.Of("deployVirtualMachine", "80"));
    }

    [Fact]
    public async Task Takes_the_time_that_was_set_for_a_command()
    {
        var times = JobTimes.None with { ByCommand = new Dictionary<string, TimeSpan> { ["stopVirtualMachine"] = TimeSpan.FromSeconds(7) } };
        using var cloud = Make(ClockPace.Stepped, times);
        var root = SignedCaller.Root(cloud);

        var stop = await root.JobAsync("stopVirtualMachine", ("id", await root.IdOfAsync("listVirtualMachines", "web-01")));
        var reboot = await root.JobAsync("rebootVirtualMachine", ("id", await root.IdOfAsync("listVirtualMachines", "web-02")));

        Assert.Equal((0, 1), (stop.Content.GetProperty("jobstatus").GetInt32(), reboot.Content.GetProperty("jobstatus").GetInt32()));
    }

    private SimulatedCloud Make(ClockPace pace, JobTimes? times = null) =>
        new(new SimulatorOptions { Clock = _real, Pace = pace, JobTimes = times ?? JobTimes.None });

    private static async Task<int> StatusAsync(SignedCaller root, string job) =>
        (await root.CallAsync("queryAsyncJobResult", ("jobid", job))).Content.GetProperty("jobstatus").GetInt32();

    private static async Task<System.Text.Json.JsonElement> MachineAsync(SignedCaller root) =>
        (await root.CallAsync("listVirtualMachines", ("listall", "true"), ("name", "web-01"))).Items[0];

    private static string Wire(DateTimeOffset date) => WireDate.Format(date);
}
