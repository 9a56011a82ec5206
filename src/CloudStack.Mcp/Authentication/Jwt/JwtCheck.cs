using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.Authentication.Jwt;

/// <summary>Checks JSON web tokens: the signature by the issuer's keys, then issuer, audience, times and scopes.</summary>
/// <param name="rule">Which are accepted.</param>
/// <param name="keys">The issuer's keys.</param>
/// <param name="time">The clock.</param>
internal sealed class JwtCheck(JwtRule rule, KeySet keys, TimeProvider time) : ICredentialCheck
{
    private const int DigestLength = 16;

    /// <inheritdoc/>
    public async ValueTask<Caller?> CheckAsync(string credential, CancellationToken cancellationToken)
    {
        if (SignedToken.Parse(credential) is not { } token)
        {
            return null;
        }

        var candidates = await keys.FindAsync(token.KeyId, cancellationToken);
        if (!candidates.Any(key => key.Verifies(token)))
        {
            throw new CredentialException("The token's signature isn't one of the issuer's");
        }

        if (Problem(token.Claims) is { } problem)
        {
            throw new CredentialException(problem);
        }

        return Text(token.Claims, rule.NameClaim) is { Length: > 0 } name
            ? new Caller(NameOf("jwt:" + name), Texts(token.Claims, rule.RoleClaim))
            : throw new CredentialException($"The token has no claim '{rule.NameClaim}'");
    }

    // Two callers must not become one where a name is cut, or loses what nobody sees.
    private static string NameOf(string name)
    {
        var shown = CleanText.Line(name, Caller.LongestName);
        return shown == name
            ? shown
            : $"{CleanText.Line(name, Caller.LongestName - DigestLength - 1)}#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..DigestLength]}";
    }

    private string? Problem(JsonElement claims)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var skew = (long)rule.Skew.TotalSeconds;
        return Text(claims, "iss") != rule.Issuer ? "The token was issued by another issuer"
            : !Texts(claims, "aud", split: false).Contains(rule.Audience, StringComparer.Ordinal) ? "The token is meant for another audience"
            : Number(claims, "exp") is not { } expires ? "The token has no end"
            : expires <= now - skew ? "The token has expired"
            : Number(claims, "nbf") > now + skew ? "The token isn't good yet"
            : rule.Scopes.Except(Texts(claims, "scope").Concat(Texts(claims, "scp"))).FirstOrDefault() is { } scope
                ? $"The token lacks the scope '{scope}'"
            : null;
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string[] Texts(JsonElement claims, string name, bool split = true) =>
        !claims.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.String ? split ? value.GetString()!.Split(' ', StringSplitOptions.RemoveEmptyEntries) : [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
        : [];
}
