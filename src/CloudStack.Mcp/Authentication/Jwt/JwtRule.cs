namespace CloudStack.Mcp.Authentication.Jwt;

/// <summary>Which JSON web tokens are accepted.</summary>
/// <param name="Issuer">Who must have issued them, letter by letter.</param>
/// <param name="Audience">Whom they must be meant for: this server's own address.</param>
internal sealed record JwtRule(string Issuer, string Audience)
{
    /// <summary>Where the issuer's public keys are; null to ask the issuer's metadata.</summary>
    public Uri? Keys { get; init; }

    /// <summary>The claim that names the caller.</summary>
    public string NameClaim { get; init; } = "sub";

    /// <summary>The claim that holds the roles: a text with spaces between, or an array.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>Scopes that every token must hold.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>How far the issuer's clock may be off.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(60);
}
