namespace CloudStack.Mcp.Stores.Postgres;

/// <summary>Counts calls in one row a caller, by the database's clock, which all replicas share.</summary>
/// <param name="store">The database.</param>
/// <param name="time">The clock.</param>
internal sealed class PostgresRateCounter(PostgresStore store, TimeProvider time) : IRateCounter
{
    // Takes the turn only where the debt allows it; the row's lock puts replicas that ask at once in order.
    private const string Take = """
        insert into cloudstack_mcp.rates as r (caller, paid_until) values ($1, now() + $2)
        on conflict (caller) do update set paid_until = greatest(r.paid_until, now()) + $2
            where r.paid_until - now() <= $3
        returning paid_until - now() - $2
        """;

    private const string Debt = "select paid_until - now() from cloudstack_mcp.rates where caller = $1";

    private readonly Housekeeping _tidy = new(time);

    /// <inheritdoc/>
    public async ValueTask<RateTurn> TakeAsync(string caller, RateRule rule, CancellationToken cancellationToken)
    {
        if (await store.ScalarAsync(Take, cancellationToken, caller, rule.Interval, rule.Ahead + rule.LongestQueue) is TimeSpan debt)
        {
            await TidyAsync(cancellationToken);
            return new RateTurn(true, rule.Decide(debt).Wait);
        }

        return new RateTurn(false, rule.Decide(await store.ScalarAsync(Debt, cancellationToken, caller) as TimeSpan? ?? TimeSpan.Zero).Wait);
    }

    private async Task TidyAsync(CancellationToken cancellationToken)
    {
        if (_tidy.IsDue())
        {
            await store.ScalarAsync("delete from cloudstack_mcp.rates where paid_until < now()", cancellationToken);
        }
    }
}
