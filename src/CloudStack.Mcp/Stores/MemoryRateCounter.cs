namespace CloudStack.Mcp.Stores;

/// <summary>Counts calls in the memory of one process.</summary>
/// <param name="time">The clock.</param>
internal sealed class MemoryRateCounter(TimeProvider time) : IRateCounter
{
    private const int TidyAbove = 1000;

    private readonly Dictionary<string, DateTimeOffset> _paidUntil = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ValueTask<RateTurn> TakeAsync(string caller, RateRule rule, CancellationToken cancellationToken)
    {
        lock (_paidUntil)
        {
            var now = time.GetUtcNow();
            var paidUntil = _paidUntil.TryGetValue(caller, out var until) && until > now ? until : now;
            var turn = rule.Decide(paidUntil - now);
            if (turn.IsGiven)
            {
                Tidy(now);
                _paidUntil[caller] = paidUntil + rule.Interval;
            }

            return ValueTask.FromResult(turn);
        }
    }

    // Whoever owes nothing needs no entry.
    private void Tidy(DateTimeOffset now)
    {
        if (_paidUntil.Count < TidyAbove)
        {
            return;
        }

        foreach (var (caller, until) in _paidUntil)
        {
            if (until <= now)
            {
                _paidUntil.Remove(caller);
            }
        }
    }
}
