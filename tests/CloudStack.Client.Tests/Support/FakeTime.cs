namespace CloudStack.Client.Tests.Support;

/// <summary>A clock that doesn't wait: short timers elapse at once and move it on; long ones, such as timeouts, never elapse.</summary>
internal sealed class FakeTime : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _now = new(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);

    /// <summary>The longest timer that elapses.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(1.5);

    /// <summary>How long each elapsed timer was.</summary>
    public List<TimeSpan> Waits { get; } = [];

    public override DateTimeOffset GetUtcNow() => _now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.Zero && dueTime <= Longest)
        {
            lock (_lock)
            {
                _now += dueTime;
                Waits.Add(dueTime);
            }

            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return new Elapsed();
    }

    private sealed class Elapsed : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
