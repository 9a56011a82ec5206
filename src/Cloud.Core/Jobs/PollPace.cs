namespace Cloud.Core.Jobs;

/// <summary>
/// Bounds how often a server is asked about jobs, however many are followed at once: each question waits for its turn, and
/// turns come at even intervals. Safe to use from many threads.
/// </summary>
/// <param name="perSecond">The most questions a second.</param>
/// <param name="time">The clock.</param>
public sealed class PollPace(int perSecond, TimeProvider time)
{
    private readonly object _lock = new();
    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1.0 / Math.Max(1, perSecond));
    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Waits for a turn.</summary>
    /// <param name="cancellationToken">Gives the turn up; it isn't passed on.</param>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan pause;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            // A clock that was set back mustn't leave everybody waiting for the old time.
            var turn = _next > now && _next - now < TimeSpan.FromMinutes(10) ? _next : now;
            _next = turn + _interval;
            pause = turn - now;
        }

        return pause > TimeSpan.Zero ? Task.Delay(pause, time, cancellationToken) : Task.CompletedTask;
    }
}
