using System.Text.Json;
using CloudStack.Mcp.Authentication.Jwt;
using CloudStack.Mcp.Http;
using Microsoft.AspNetCore.Http;

namespace CloudStack.Mcp.Authentication;

/// <summary>Tells clients whose tokens are taken here (RFC 9728), so that they find the way to their sign-in by themselves.</summary>
/// <param name="resource">The address that clients call MCP by.</param>
/// <param name="rule">Which tokens are taken.</param>
internal sealed class ProtectedResource(Uri resource, JwtRule rule)
{
    /// <summary>Where the metadata are.</summary>
    public const string WellKnown = "/.well-known/oauth-protected-resource";

    /// <summary>The full address of the metadata.</summary>
    public Uri MetadataUrl { get; } = new(resource, WellKnown + resource.AbsolutePath.TrimEnd('/'));

    /// <summary>The paths where the metadata are asked for.</summary>
    public IReadOnlyList<string> Paths => [.. new[] { WellKnown, WellKnown + HttpSettings.Path, MetadataUrl.AbsolutePath }.Distinct(StringComparer.Ordinal)];

    /// <summary>Answers with the metadata.</summary>
    /// <param name="context">The request.</param>
    public async Task ServeAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        await using var w = new Utf8JsonWriter(context.Response.BodyWriter);
        w.WriteStartObject();
        w.WriteString("resource", resource.AbsoluteUri);
        Texts(w, "authorization_servers", [rule.Issuer]);
        Texts(w, "bearer_methods_supported", ["header"]);
        if (rule.Scopes.Count > 0)
        {
            Texts(w, "scopes_supported", rule.Scopes);
        }

        w.WriteString("resource_name", "CloudStack MCP server");
        w.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter w, string name, IEnumerable<string> values)
    {
        w.WriteStartArray(name);
        foreach (var value in values)
        {
            w.WriteStringValue(value);
        }

        w.WriteEndArray();
    }
}
