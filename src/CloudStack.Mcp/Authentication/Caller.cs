using System.Security.Claims;

namespace CloudStack.Mcp.Authentication;

/// <summary>A caller who proved who they are.</summary>
/// <param name="Name">The name for audit, rates and confirmation tokens; it says how it was proved: <c>key:ci</c>, <c>jwt:alice</c>.</param>
/// <param name="Roles">The names of the caller's roles.</param>
internal sealed record Caller(string Name, IReadOnlyList<string> Roles)
{
    private const string Scheme = "cloudstack-mcp";

    /// <summary>The longest name.</summary>
    public const int LongestName = 80;

    /// <summary>The caller in the web server's words.</summary>
    public ClaimsPrincipal ToPrincipal() => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, Name), new Claim(ClaimTypes.Name, Name), .. Roles.Select(role => new Claim(ClaimTypes.Role, role))], Scheme));

    /// <summary>Finds the caller in the web server's words.</summary>
    /// <param name="user">The user of a request, or null.</param>
    /// <returns>The caller, or null where nobody proved who they are.</returns>
    public static Caller? Of(ClaimsPrincipal? user) => user?.Identity is { IsAuthenticated: true, AuthenticationType: Scheme, Name: { } name }
        ? new Caller(name, [.. user.FindAll(ClaimTypes.Role).Select(claim => claim.Value)])
        : null;
}
