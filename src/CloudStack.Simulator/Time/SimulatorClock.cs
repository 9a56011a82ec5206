namespace CloudStack.Simulator;

/// <summary>
/// The simulated cloud's clock: jobs, downloads, metrics and dates follow it. It never goes back. Signatures and sessions
/// keep to real time, so that a client that knows nothing of the simulated time goes on working. Safe for parallel use.
/// </summary>
public sealed class SimulatorClock : TimeProvider
{
    private readonly TimeProvider _source;
    private readonly object _lock = new();
    private volatile Course _course;
    private DateTimeOffset _held;
    private volatile int _holder;

    internal SimulatorClock(TimeProvider source, ClockPace pace)
    {
        _source = source;
        var now = source.GetUtcNow();
        _course = new Course(now, now, pace);
    }

    /// <summary>How time passes; a change goes on from the present time.</summary>
    public ClockPace Pace
    {
        get => _course.Pace;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            if (value.Speed is not (>= 0 and <= ClockPace.Fastest))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value.Speed, $"A clock's speed lies between 0 and {ClockPace.Fastest}.");
            }

            lock (_lock)
            {
                var real = _source.GetUtcNow();
                _course = new Course(_course.At(real), real, value);
            }
        }
    }

    /// <summary>The cloud's time.</summary>
    public override DateTimeOffset GetUtcNow() =>
        _holder == Environment.CurrentManagedThreadId ? _held : _course.At(_source.GetUtcNow());

    /// <summary>Moves the clock forward; whatever comes due happens before the next request is looked at.</summary>
    /// <param name="time">How far.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative, or leads past the last date there is.</exception>
    public void Step(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        lock (_lock)
        {
            var real = _source.GetUtcNow();
            _course = new Course(_course.At(real) + time, real, _course.Pace);
        }
    }

    /// <summary>Goes on from a time that lies ahead; one that has passed changes nothing.</summary>
    internal void NotBefore(DateTimeOffset time)
    {
        var ahead = time - GetUtcNow();
        if (ahead > TimeSpan.Zero)
        {
            Step(ahead);
        }
    }

    /// <summary>Goes back to where a kept cloud stopped, before anything of it is shown.</summary>
    internal void StartAt(DateTimeOffset time)
    {
        lock (_lock)
        {
            _course = new Course(time, _source.GetUtcNow(), _course.Pace);
        }
    }

    /// <summary>Lets time stand still for the calling thread, so that all of one change happens at once.</summary>
    internal void Hold(DateTimeOffset time, Action work)
    {
        var (held, holder) = (_held, _holder);
        (_held, _holder) = (time, Environment.CurrentManagedThreadId);
        try
        {
            work();
        }
        finally
        {
            (_held, _holder) = (held, holder);
        }
    }

    private sealed record Course(DateTimeOffset From, DateTimeOffset RealFrom, ClockPace Pace)
    {
        public DateTimeOffset At(DateTimeOffset real) => Pace.Speed == 1 ? From + (real - RealFrom) : From + ((real - RealFrom) * Pace.Speed);
    }
}
