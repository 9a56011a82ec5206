using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Faults;

/// <summary>A cloud behind real sockets on loopback, and the client's own HTTP stack, by a clock that runs a hundred times as fast.</summary>
internal sealed class SocketBed : ITestBed
{
    private readonly FastTime _time = new();
    private readonly ServerClock _clock;
    private readonly FaultySocket _socket;

    private SocketBed(TimeSpan jobDelay)
    {
        _clock = new ServerClock(_time);
        Cloud = new SimulatedCloud(new SimulatorOptions { Clock = _clock, JobDelay = jobDelay });
        _socket = new FaultySocket(Cloud, _clock);
    }

    public SimulatedCloud Cloud { get; }

    public CloudStackProvider Provider { get; private set; } = null!;

    public TimeProvider Time => _time;

    public TimeSpan LongestWait { get; } = TimeSpan.FromHours(1);

    public IEnumerable<string> Secrets => _socket.SessionKeys.All;

    /// <summary>How often each fault was met, by its number.</summary>
    public int[] Met => _socket.Met;

    public static async Task<SocketBed> OpenAsync(Scenario scenario)
    {
        var bed = new SocketBed(scenario.JobDelay);
        var connection = await WaysIn.ConnectAsync(bed.Cloud, scenario.Way, "http://cloud.example");
        var patience = TimeSpan.FromSeconds(40);
        bed.Provider = CloudStackProvider.Create(
            connection with
            {
                // A proxy on loopback: an address there itself is never asked for compressed answers, which are among the faults.
                Proxy = new Uri($"http://127.0.0.1:{bed._socket.Port}"),
                AllowPlainPassword = true,
                PageSize = 5,
                ReadTimeout = patience,
                ChangeTimeout = patience,
            },
            handler: null,
            bed.Time);
        return bed;
    }

    public void Follow(IReadOnlyList<WireFault> faults) => _socket.Follow(faults);

    public async Task SettleAsync()
    {
        await _socket.QuietAsync();

        // The server's clock is put right and mustn't go back for it, so that all time moves on by more than it was ahead.
        _clock.Ahead = TimeSpan.Zero;
        _time.Jump(TimeSpan.FromHours(3));
        await CloudTruth.ReadAsync(Cloud);
    }

    public async ValueTask DisposeAsync()
    {
        Provider.Dispose();
        await _socket.DisposeAsync();
        Cloud.Dispose();
    }
}
