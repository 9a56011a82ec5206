using System.Security.Cryptography;
using System.Text;

namespace CloudStack.Mcp.Authentication;

/// <summary>A key that the operator handed out.</summary>
/// <param name="Caller">Whose it is.</param>
/// <param name="Hash">The key's SHA-256.</param>
/// <param name="Expires">From when on it's no good; null for never.</param>
internal sealed record KnownKey(Caller Caller, byte[] Hash, DateTimeOffset? Expires = null);

/// <summary>Checks keys and fixed bearer tokens. Every known hash is compared in constant time, so that the time taken tells nothing.</summary>
/// <param name="keys">The keys.</param>
/// <param name="time">The clock.</param>
internal sealed class KnownKeys(IReadOnlyList<KnownKey> keys, TimeProvider time) : ICredentialCheck
{
    /// <inheritdoc/>
    public ValueTask<Caller?> CheckAsync(string credential, CancellationToken cancellationToken)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(credential));
        KnownKey? found = null;
        foreach (var key in keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, key.Hash))
            {
                found = key;
            }
        }

        return found is { Expires: { } end } && end <= time.GetUtcNow()
            ? throw new CredentialException("The key has expired")
            : found is null && credential.StartsWith(ApiKey.Prefix, StringComparison.Ordinal)
                ? throw new CredentialException("The key isn't known")
                : ValueTask.FromResult(found?.Caller);
    }
}
