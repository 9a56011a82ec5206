using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Cloud.Core.Errors;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Http;

/// <summary>Which certificates are trusted, against real TLS.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly X509Certificate2 _authority = SelfSigned("CN=Some Authority", isAuthority: true);
    private readonly X509Certificate2 _certificate;
    private readonly RawServer _server;

    public TlsTests()
    {
        _certificate = IssuedBy(_authority);
        _server = new RawServer(_ => RawServer.Http("200 OK", Encoding.ASCII.GetBytes("""{"r":{"zone":[{"id":"z"}]}}""")), _certificate);
    }

    public void Dispose()
    {
        _server.Dispose();
        _certificate.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public async Task A_certificate_of_an_unknown_authority_is_refused_before_anything_is_sent()
    {
        var error = await Assert.ThrowsAsync<CloudException>(() => AskAsync(new ServerTrust()));

        Assert.Equal(ErrorCause.Untrusted, error.Cause);
        Assert.Empty(_server.Received);
    }

    [Fact]
    public async Task A_certificate_of_ones_own_authority_is_trusted() => await AskAsync(new ServerTrust { Authorities = [_authority] });

    [Fact]
    public async Task An_authority_vouches_only_for_what_it_issued()
    {
        using var other = SelfSigned("CN=Other Authority", isAuthority: true);

        Assert.Equal(ErrorCause.Untrusted, (await Assert.ThrowsAsync<CloudException>(
            () => AskAsync(new ServerTrust { Authorities = [other] }))).Cause);
    }

    [Fact]
    public async Task An_authority_does_not_vouch_for_another_name()
    {
        using var elsewhere = IssuedBy(_authority, "elsewhere.example.com");
        using var server = new RawServer(_ => null, elsewhere);

        Assert.Equal(ErrorCause.Untrusted, (await Assert.ThrowsAsync<CloudException>(
            () => AskAsync(new ServerTrust { Authorities = [_authority] }, server))).Cause);
        Assert.Empty(server.Received);
    }

    [Fact]
    public async Task A_pinned_certificate_is_trusted_with_or_without_colons()
    {
        var pin = Convert.ToHexString(SHA256.HashData(_certificate.RawData));

        await AskAsync(new ServerTrust { PinnedSha256 = pin });
        await AskAsync(new ServerTrust { PinnedSha256 = string.Join(':', pin.ToLowerInvariant().Chunk(2).Select(pair => new string(pair))) });
    }

    [Fact]
    public async Task With_a_pin_no_other_certificate_is_trusted() => Assert.Equal(
        ErrorCause.Untrusted,
        (await Assert.ThrowsAsync<CloudException>(
            () => AskAsync(new ServerTrust { PinnedSha256 = new string('0', 64), Authorities = [_authority], AcceptAny = true }))).Cause);

    [Fact]
    public async Task Any_certificate_is_accepted_only_when_asked_for() => await AskAsync(new ServerTrust { AcceptAny = true });

    private async Task AskAsync(ServerTrust trust, RawServer? server = null)
    {
        var connection = new CloudStackConnection(
            $"https://{(server ?? _server).Authority}", new ApiKeyCredentials(Sample.ApiKey, Sample.SecretKey)) { Trust = trust };
        using var provider = CloudStackProvider.Create(connection);

        var reply = await provider.SendAsync(Sample.Command("listZones"), CancellationToken.None);

        Assert.Single(reply.Objects);
    }

    private static X509Certificate2 SelfSigned(string name, bool isAuthority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static X509Certificate2 IssuedBy(X509Certificate2 authority, string? name = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=cloud", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (name is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), [1, 2, 3, 4]);
        using var withKey = issued.CopyWithPrivateKey(key);
        // TLS wants a key from a store or file format rather than one in passing.
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }
}
