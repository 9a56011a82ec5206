using System.Security.Cryptography;
using System.Text.Json;
using Cloud.Core.Errors;
using Cloud.Core.Security;

namespace Cloud.Core.Confirmations;

/// <summary>What a confirmation token is bound to. A token works only where all of these are the same again.</summary>
/// <param name="Caller">Who asked.</param>
/// <param name="Tool">The tool or command that was called.</param>
/// <param name="Digest">The digest of the command and its canonical arguments.</param>
/// <param name="Target">The identifiers of the resolved targets, joined.</param>
public sealed record ConfirmationBinding(string Caller, string Tool, string Digest, string Target);

/// <summary>
/// Issues and redeems sealed confirmation tokens: encrypted and authenticated, expiring, each redeemed at most once.
/// Replicas that share the key and the store accept each other's.
/// </summary>
/// <param name="key">32 random bytes.</param>
/// <param name="used">Remembers redeemed tokens.</param>
/// <param name="lifetime">How long a token is good.</param>
/// <param name="time">The clock.</param>
public sealed class ConfirmationTokens(byte[] key, IUsedTokens used, TimeSpan lifetime, TimeProvider time)
{
    /// <summary>The length of the key in bytes.</summary>
    public const int KeyLength = SealedText.KeyLength;

    private readonly SealedText _seal = new(key, "confirmation");

    /// <summary>Makes a key.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyLength);

    /// <summary>How long a token is good.</summary>
    public TimeSpan Lifetime { get; } = lifetime;

    /// <summary>Issues a token.</summary>
    /// <param name="binding">What it's good for.</param>
    /// <returns>Text of the URL-safe Base64 alphabet.</returns>
    public string Issue(ConfirmationBinding binding)
    {
        var expires = (time.GetUtcNow() + Lifetime).ToUnixTimeMilliseconds();
        return _seal.Seal(JsonSerializer.SerializeToUtf8Bytes(new Payload(binding, expires), TokenJson.Default.Payload));
    }

    /// <summary>Redeems a token; it's used up by this.</summary>
    /// <param name="token">The token.</param>
    /// <param name="binding">What is about to be done.</param>
    /// <param name="cancellationToken">Stops the wait for the store.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.NotConfirmed"/>: the token is broken, expired, used, or for something else.</exception>
    public async ValueTask RedeemAsync(string token, ConfirmationBinding binding, CancellationToken cancellationToken)
    {
        var payload = Open(token) ?? throw Refuse("The confirmation token is not one of this server's");
        var expires = DateTimeOffset.FromUnixTimeMilliseconds(payload.Expires);
        if (expires <= time.GetUtcNow())
        {
            throw Refuse("The confirmation token has expired");
        }

        if (payload.Binding != binding)
        {
            throw Refuse(WhatDiffers(payload.Binding, binding));
        }

        if (!await used.TryUseAsync(token[..SealedText.NameLength], expires, cancellationToken).ConfigureAwait(false))
        {
            throw Refuse("The confirmation token was used before");
        }
    }

    private static string WhatDiffers(ConfirmationBinding issued, ConfirmationBinding asked) =>
        issued.Caller != asked.Caller ? "The confirmation token was issued to another caller"
        : issued.Tool != asked.Tool ? "The confirmation token was issued for another command"
        : issued.Digest != asked.Digest ? "The confirmation token was issued for other arguments"
        : "The target is no longer what was shown: its name, owner or state has changed since";

    private static CloudException Refuse(string message) => new(
        ErrorCause.NotConfirmed,
        message + "; nothing was changed.",
        "Call again without a token to see what would happen and to get a new one.");

    private Payload? Open(string token) =>
        _seal.Open(token) is { } content ? JsonSerializer.Deserialize(content, TokenJson.Default.Payload) : null;

    internal sealed record Payload(ConfirmationBinding Binding, long Expires);
}
