using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace CloudStack.Mcp.Authentication.Jwt;

/// <summary>
/// An issuer's public key. The key says which algorithms may use it, never the token: so a token can't choose <c>none</c>, or
/// have a public key taken for a shared secret.
/// </summary>
internal sealed class PublicKey
{
    private const int LeastRsaBits = 2048;

    private readonly RSA? _rsa;
    private readonly ECDsa? _curve;
    private readonly HashSet<string> _algorithms;

    private PublicKey(string? id, RSA? rsa, ECDsa? curve, HashSet<string> algorithms) => (Id, _rsa, _curve, _algorithms) = (id, rsa, curve, algorithms);

    /// <summary>The key's name, or null.</summary>
    public string? Id { get; }

    /// <summary>Reads a key.</summary>
    /// <param name="json">A JSON web key.</param>
    /// <returns>The key; null where it isn't one for signatures that are verified here.</returns>
    public static PublicKey? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object || Text(json, "use") is not (null or "sig"))
        {
            return null;
        }

        try
        {
            return Text(json, "kty") switch
            {
                "RSA" => ReadRsa(json),
                "EC" => ReadCurve(json),
                _ => null,
            };
        }
        catch (Exception error) when (error is FormatException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Verifies a signature.</summary>
    /// <param name="token">The token.</param>
    public bool Verifies(SignedToken token)
    {
        if (!_algorithms.Contains(token.Algorithm))
        {
            return false;
        }

        var hash = token.Algorithm[2..] switch
        {
            "256" => HashAlgorithmName.SHA256,
            "384" => HashAlgorithmName.SHA384,
            _ => HashAlgorithmName.SHA512,
        };
        return _rsa is not null
            ? _rsa.VerifyData(token.Signed, token.Signature, hash, token.Algorithm[0] == 'P' ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1)
            : _curve!.VerifyData(token.Signed, token.Signature, hash);
    }

    private static PublicKey? ReadRsa(JsonElement json)
    {
        var rsa = RSA.Create(new RSAParameters { Modulus = Bytes(json, "n"), Exponent = Bytes(json, "e") });
        return rsa.KeySize < LeastRsaBits ? null : new PublicKey(
            Text(json, "kid"), rsa, null, Narrow(json, "RS256", "RS384", "RS512", "PS256", "PS384", "PS512"));
    }

    private static PublicKey? ReadCurve(JsonElement json)
    {
        var (curve, algorithm) = Text(json, "crv") switch
        {
            "P-256" => (ECCurve.NamedCurves.nistP256, "ES256"),
            "P-384" => (ECCurve.NamedCurves.nistP384, "ES384"),
            "P-521" => (ECCurve.NamedCurves.nistP521, "ES512"),
            _ => default,
        };
        return algorithm is null ? null : new PublicKey(
            Text(json, "kid"),
            null,
            ECDsa.Create(new ECParameters { Curve = curve, Q = new ECPoint { X = Bytes(json, "x"), Y = Bytes(json, "y") } }),
            Narrow(json, algorithm));
    }

    // A key may name the one algorithm that it's for.
    private static HashSet<string> Narrow(JsonElement json, params string[] algorithms) =>
        [.. algorithms.Where(a => Text(json, "alg") is not { } only || only == a)];

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[] Bytes(JsonElement json, string name) => Base64Url.DecodeFromChars(Text(json, name) ?? "");
}
