namespace CloudStack.Client.Tests.Faults;

/// <summary>
/// A clock that only moves when somebody waits: a short wait elapses at once and moves it on; a long one, which is a time
/// limit, elapses when the clock gets there.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(90);

    private readonly Lock _lock = new();
    private readonly List<Limit> _limits = [];
    private DateTimeOffset _now = new(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    /// <summary>Moves the clock on; limits that it passes have elapsed when this returns.</summary>
    public void Advance(TimeSpan time)
    {
        Limit[] due;
        lock (_lock)
        {
            _now += time;
            due = [.. _limits.Where(limit => limit.Due <= _now)];
            _limits.RemoveAll(limit => limit.Due <= _now);
        }

        foreach (var limit in due)
        {
            limit.Elapse();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Limit(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private void Set(Limit limit, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _limits.Remove(limit);
            if (dueTime > LongestWait)
            {
                limit.Due = _now + dueTime;
                _limits.Add(limit);
            }
        }

        if (dueTime >= TimeSpan.Zero && dueTime <= LongestWait)
        {
            Advance(dueTime);
            ThreadPool.QueueUserWorkItem(_ => limit.Elapse());
        }
    }

    private sealed class Limit(VirtualTime time, Action elapse) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public void Elapse() => elapse();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Set(this, dueTime);
            return true;
        }

        public void Dispose() => time.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>The server's clock, which may be ahead of the client's.</summary>
internal sealed class ServerClock(TimeProvider time) : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + Ahead;
}
