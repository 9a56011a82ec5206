using CloudStack.Client.Diagnosis;
using CloudStack.Mcp.Authentication.Jwt;

namespace CloudStack.Mcp.CommandLine.Doctor.Configuration;

/// <summary>The keys of the issuer whose tokens are taken.</summary>
/// <param name="rule">Which tokens are taken.</param>
internal sealed class IssuerCheck(JwtRule rule) : ICheck
{
    public string Name => "issuer";

    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        using var http = KeySet.CreateClient();
        var keys = await new KeySet(rule, http, TimeProvider.System).FindAsync(null, cancellationToken);
        return keys.Count > 0
            ? Finding.Ok($"{rule.Issuer} publishes {keys.Count} key{(keys.Count == 1 ? "" : "s")} that can be used")
            : Finding.Fail($"{rule.Issuer} publishes no key that can be used", "It needs an RSA key of at least 2048 bits or one on a NIST curve.");
    }
}
