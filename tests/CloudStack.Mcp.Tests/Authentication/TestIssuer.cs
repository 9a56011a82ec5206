using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Answers = Microsoft.AspNetCore.Http.Results;

namespace CloudStack.Mcp.Tests.Authentication;

/// <summary>Issues tokens, and serves its public keys on this machine.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<(string Id, AsymmetricAlgorithm Key)> _keys = [];

    private TestIssuer(WebApplication app) => _app = app;

    /// <summary>Its name, which is its address.</summary>
    public string Name { get; private set; } = "";

    /// <summary>How often its keys were asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>False makes it fail.</summary>
    public bool IsUp { get; set; } = true;

    public static async Task<TestIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new TestIssuer(builder.Build());
        issuer.Rotate("first", RSA.Create(2048));
        issuer._app.MapGet("/.well-known/openid-configuration", () => Answers.Json(new { issuer = issuer.Name, jwks_uri = issuer.Name + "/keys" }));
        issuer._app.MapGet("/keys", () =>
        {
            issuer.Asked++;
            return issuer.IsUp ? Answers.Text(issuer.Keys(), "application/json") : Answers.StatusCode(503);
        });
        await issuer._app.StartAsync();
        issuer.Name = issuer._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return issuer;
    }

    /// <summary>Adds a key, which signs from now on.</summary>
    public void Rotate(string id, AsymmetricAlgorithm key) => _keys.Insert(0, (id, key));

    /// <summary>Issues a token.</summary>
    public string Issue(object claims, string? algorithm = null, string? kid = null) => Sign(claims, algorithm, kid, (key, alg, data) => key switch
    {
        RSA rsa => rsa.SignData(data, HashAlgorithmName.SHA256, alg.StartsWith('P') ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1),
        ECDsa curve => curve.SignData(data, HashAlgorithmName.SHA256),
        _ => throw new InvalidOperationException(),
    });

    /// <summary>A token signed in any way.</summary>
    public string Sign(object claims, string? algorithm, string? kid, Func<AsymmetricAlgorithm, string, byte[], byte[]> sign)
    {
        var (id, key) = _keys[0];
        algorithm ??= key is RSA ? "RS256" : "ES256";
        var text = $"{Part(new { alg = algorithm, kid = kid ?? id, typ = "JWT" })}.{Part(claims)}";
        return $"{text}.{Base64Url.EncodeToString(sign(key, algorithm, Encoding.ASCII.GetBytes(text)))}";
    }

    /// <summary>The bytes of the first public key in the form that people put into files.</summary>
    public byte[] PublicPem() => Encoding.ASCII.GetBytes(_keys[0].Key.ExportSubjectPublicKeyInfoPem());

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _keys.ForEach(key => key.Key.Dispose());
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));

    private string Keys() => JsonSerializer.Serialize(new { keys = _keys.Select(key => Public(key.Id, key.Key)) });

    private static object Public(string id, AsymmetricAlgorithm key)
    {
        if (key is RSA rsa)
        {
            var parts = rsa.ExportParameters(false);
            return new { kty = "RSA", use = "sig", kid = id, n = Base64Url.EncodeToString(parts.Modulus!), e = Base64Url.EncodeToString(parts.Exponent!) };
        }

        var point = ((ECDsa)key).ExportParameters(false).Q;
        return new { kty = "EC", crv = "P-256", kid = id, x = Base64Url.EncodeToString(point.X!), y = Base64Url.EncodeToString(point.Y!) };
    }
}
