using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace CloudStack.Mcp.Authentication.Jwt;

/// <summary>A JSON web token taken apart. Nothing in it is true before its signature was verified.</summary>
/// <param name="Algorithm">The <c>alg</c> of its header.</param>
/// <param name="KeyId">The <c>kid</c> of its header, or null.</param>
/// <param name="Claims">What it says.</param>
/// <param name="Signed">The bytes that were signed.</param>
/// <param name="Signature">The signature.</param>
internal sealed record SignedToken(string Algorithm, string? KeyId, JsonElement Claims, byte[] Signed, byte[] Signature)
{
    private const int Longest = 16 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Takes a token apart.</summary>
    /// <param name="text">The token.</param>
    /// <returns>Its parts, or null where it isn't of a token's form.</returns>
    public static SignedToken? Parse(string text)
    {
        var parts = text.Split('.');
        if (text.Length > Longest || parts.Length != 3 || Object(parts[0]) is not { } header || Object(parts[1]) is not { } claims
            || Bytes(parts[2]) is not { } signature || Text(header, "alg") is not { } algorithm
            // What a reader must understand and this one doesn't.
            || header.TryGetProperty("crit", out _))
        {
            return null;
        }

        return new SignedToken(algorithm, Text(header, "kid"), claims, Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature);
    }

    private static string? Text(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement? Object(string part)
    {
        if (Bytes(part) is not { } bytes)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[]? Bytes(string part)
    {
        try
        {
            return Base64Url.DecodeFromChars(part);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
