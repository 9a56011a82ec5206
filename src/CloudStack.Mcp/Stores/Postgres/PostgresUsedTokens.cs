using Cloud.Core.Confirmations;

namespace CloudStack.Mcp.Stores.Postgres;

/// <summary>Redeemed tokens in a table whose key makes the database refuse the second of two replicas.</summary>
/// <param name="store">The database.</param>
/// <param name="time">The clock.</param>
internal sealed class PostgresUsedTokens(PostgresStore store, TimeProvider time) : IUsedTokens
{
    private readonly Housekeeping _tidy = new(time);

    /// <inheritdoc/>
    public async ValueTask<bool> TryUseAsync(string token, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        var isNew = await store.ScalarAsync(
            "insert into cloudstack_mcp.used_tokens (token, expires) values ($1, $2) on conflict do nothing returning true",
            cancellationToken,
            token,
            expires.UtcDateTime) is true;
        if (_tidy.IsDue())
        {
            await store.ScalarAsync(
                "delete from cloudstack_mcp.used_tokens where expires < $1", cancellationToken, time.GetUtcNow().UtcDateTime);
        }

        return isNew;
    }
}
