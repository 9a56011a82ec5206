namespace Cloud.Core.Confirmations;

/// <summary>Remembers which confirmation tokens were redeemed.</summary>
public interface IUsedTokens
{
    /// <summary>Marks a token as used.</summary>
    /// <param name="token">What tells the token from all others.</param>
    /// <param name="expires">When it may be forgotten.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>True the first time, false ever after.</returns>
    ValueTask<bool> TryUseAsync(string token, DateTimeOffset expires, CancellationToken cancellationToken);
}

/// <summary>Used tokens in the memory of one process, forgotten when they expire.</summary>
/// <param name="time">The clock.</param>
public sealed class MemoryUsedTokens(TimeProvider time) : IUsedTokens
{
    private readonly Dictionary<string, DateTimeOffset> _used = new(StringComparer.Ordinal);
    private readonly object _gate = new();

    /// <inheritdoc/>
    public ValueTask<bool> TryUseAsync(string token, DateTimeOffset expires, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var (old, end) in _used)
            {
                if (end <= now)
                {
                    _used.Remove(old);
                }
            }

            return ValueTask.FromResult(_used.TryAdd(token, expires));
        }
    }
}
