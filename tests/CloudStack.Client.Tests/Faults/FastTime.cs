using System.Diagnostics;

namespace CloudStack.Client.Tests.Faults;

/// <summary>A clock a hundred times as fast as the real one, which may also jump ahead; it never goes back.</summary>
internal sealed class FastTime : TimeProvider
{
    private const int Factor = 100;

    private static readonly DateTimeOffset Begin = new(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private readonly long _begun = Stopwatch.GetTimestamp();
    private long _jumped;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() =>
        Begin + (Stopwatch.GetElapsedTime(_begun) * Factor) + TimeSpan.FromTicks(Interlocked.Read(ref _jumped));

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Moves the clock on; waits that are under way don't notice.</summary>
    public void Jump(TimeSpan time) => Interlocked.Add(ref _jumped, time.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Scaled(System.CreateTimer(callback, state, Scale(dueTime), Scale(period)));

    // An infinite time is negative, and stays what it is.
    private static TimeSpan Scale(TimeSpan time) => time > TimeSpan.Zero ? time / Factor : time;

    private sealed class Scaled(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Scale(dueTime), Scale(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
