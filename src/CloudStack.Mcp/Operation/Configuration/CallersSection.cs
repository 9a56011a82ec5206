using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Authentication.Jwt;
using CloudStack.Mcp.Operation.Access;

namespace CloudStack.Mcp.Operation.Configuration;

/// <summary>Reads <c>roles</c> and <c>callers</c>: who may call over HTTP, and what they may do.</summary>
internal static class CallersSection
{
    private const int ShortestToken = 32;

    public static IReadOnlyList<Role> Roles(ConfigSection root, IReadOnlyList<CloudConfig> clouds)
    {
        var roles = new List<Role>();
        foreach (var (name, section) in root.Section("roles")?.Members() ?? [])
        {
            var reached = section.Texts("clouds");
            foreach (var unknown in reached.Where(cloud => clouds.All(c => c.Name != cloud)))
            {
                section.Problem("clouds", $"names '{unknown}', which is no cloud of this file");
            }

            roles.Add(new Role(name, LimitSection.Read(section)) { Clouds = reached, Metrics = section.Flag("metrics") });
            section.Close();
        }

        return roles.Count > 0 ? roles : Role.BuiltIn;
    }

    public static (IReadOnlyList<KnownKey> Keys, JwtRule? Jwt) Read(ConfigSection root, IReadOnlyList<Role> roles)
    {
        if (root.Section("callers") is not { } section)
        {
            return ([], null);
        }

        List<KnownKey> keys =
        [
            .. section.Items("keys").Select(key => Key(key, roles, "key:", HashOf)),
            .. section.Items("tokens").Select(token => Key(token, roles, "token:", TokenHash)),
        ];
        foreach (var twice in keys.GroupBy(key => key.Caller.Name).Where(group => group.Count() > 1))
        {
            section.Problem("", $"has two of the name '{twice.Key}'");
        }

        var jwt = section.Section("jwt") is { } rule ? Jwt(rule) : null;
        if (keys.Count == 0 && jwt is null)
        {
            section.Problem("", "names no key, token or jwt");
        }

        section.Close();
        return (keys, jwt);
    }

    private static KnownKey Key(ConfigSection section, IReadOnlyList<Role> roles, string kind, Func<ConfigSection, byte[]?> hash)
    {
        var name = section.Required("name");
        if (kind.Length + name.Length > Caller.LongestName || name.Any(char.IsControl))
        {
            section.Problem("name", "is too long");
        }

        var given = section.Texts("roles");
        if (given.Count == 0)
        {
            section.Problem("roles", "names no role");
        }

        foreach (var unknown in given.Where(role => roles.All(r => r.Name != role)))
        {
            section.Problem("roles", $"names '{unknown}'; the roles are {string.Join(", ", roles.Select(r => r.Name))}");
        }

        var key = new KnownKey(new Caller(kind + name, given), hash(section) ?? [], Expiry(section));
        section.Close();
        return key;
    }

    private static byte[]? HashOf(ConfigSection section)
    {
        var hash = ApiKey.ReadHash(section.Required("hash"));
        if (hash is null)
        {
            section.Problem("hash", "must be a hash as 'cloudstack-mcp key' prints it");
        }

        return hash;
    }

    private static byte[]? TokenHash(ConfigSection section)
    {
        if (section.Text("token") is null)
        {
            section.Problem("token", "is missing");
        }

        if (section.Secret("token") is not { } token)
        {
            return null;
        }

        if (token.Length < ShortestToken)
        {
            section.Problem("token", $"must refer to a random text of at least {ShortestToken} characters");
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(token));
    }

    private static DateTimeOffset? Expiry(ConfigSection section)
    {
        if (section.Text("expires") is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires))
        {
            return expires;
        }

        section.Problem("expires", "must be a date such as 2030-01-31");
        return null;
    }

    private static JwtRule Jwt(ConfigSection section)
    {
        var issuer = section.Required("issuer");
        var keys = section.Address("jwks");
        _ = Uri.TryCreate(issuer, UriKind.Absolute, out var address);
        foreach (var (name, url) in new[] { ("issuer", address), ("jwks", keys) })
        {
            if (url is { IsLoopback: false } && url.Scheme != Uri.UriSchemeHttps)
            {
                section.Problem(name, "must be an https address: whoever changes keys on the way could be anyone");
            }
        }

        if (address is null && issuer.Length > 0)
        {
            section.Problem("issuer", "must be an address");
        }

        var rule = new JwtRule(issuer, section.Required("audience")) { Keys = keys, Scopes = section.Texts("scopes") };
        rule = rule with
        {
            NameClaim = section.Text("nameClaim") ?? rule.NameClaim,
            RoleClaim = section.Text("roleClaim") ?? rule.RoleClaim,
        };
        section.Close();
        return rule;
    }
}
