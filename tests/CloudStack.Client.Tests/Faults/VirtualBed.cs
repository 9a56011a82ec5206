using CloudStack.Client.Tests.Simulated;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Faults;

/// <summary>A cloud behind a faulty wire in virtual time, where nothing waits.</summary>
internal sealed class VirtualBed : ITestBed
{
    private readonly VirtualTime _time = new();
    private readonly ServerClock _clock;
    private readonly FaultyWire _wire;

    private VirtualBed(TimeSpan jobDelay)
    {
        _clock = new ServerClock(_time);
        Cloud = new SimulatedCloud(new SimulatorOptions { Clock = _clock, JobDelay = jobDelay });
        _wire = new FaultyWire(Cloud, _time, _clock);
    }

    public SimulatedCloud Cloud { get; }

    public CloudStackProvider Provider { get; private set; } = null!;

    public TimeProvider Time => _time;

    public TimeSpan LongestWait { get; } = TimeSpan.FromHours(6);

    public IEnumerable<string> Secrets => _wire.SessionKeys.All;

    /// <summary>How often each fault was met, by its number.</summary>
    public int[] Met => _wire.Met;

    public static async Task<VirtualBed> OpenAsync(Scenario scenario)
    {
        var bed = new VirtualBed(scenario.JobDelay);
        var connection = await WaysIn.ConnectAsync(bed.Cloud, scenario.Way, "https://simulator.example.com");
        bed.Provider = SimulatedSample.Provider(
            bed.Cloud, connection with { PageSize = 5, RetryDelay = TimeSpan.FromSeconds(0.5) }, bed._wire, bed._time);
        return bed;
    }

    public void Follow(IReadOnlyList<WireFault> faults) => _wire.Follow(faults);

    public async Task SettleAsync()
    {
        _clock.Ahead = TimeSpan.Zero;
        _time.Advance(TimeSpan.FromHours(3));
        Cloud.Faults.Clear();
        await CloudTruth.ReadAsync(Cloud);
    }

    public ValueTask DisposeAsync()
    {
        Provider.Dispose();
        Cloud.Dispose();
        return ValueTask.CompletedTask;
    }
}
