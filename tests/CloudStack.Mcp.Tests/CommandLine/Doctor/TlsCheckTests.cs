using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudStack.Client;
using CloudStack.Client.Diagnosis;

namespace CloudStack.Mcp.Tests.CommandLine.Doctor;

/// <summary>What the doctor says of certificates.</summary>
public sealed class TlsCheckTests
{
    [Theory]
    [InlineData("127.0.0.1", 1, "authority that this machine doesn't trust")]
    [InlineData("127.0.0.1", -1, "has expired")]
    [InlineData("cloud.example", 1, "not for 127.0.0.1")]
    public async Task A_certificate_that_is_not_trusted_fails_with_its_reason(string name, int years, string part)
    {
        using var certificate = Certificate(name, years);
        await using var server = new FixedServer("", certificate);

        var finding = await RunAsync(server.Url);

        Assert.Equal(Verdict.Fail, finding.Verdict);
        Assert.Contains(part, finding.Detail, StringComparison.Ordinal);
        Assert.NotEmpty(finding.Next);
    }

    [Fact]
    public async Task A_port_without_TLS_fails_and_points_to_the_scheme()
    {
        await using var server = new FixedServer(FixedServer.Unsigned());

        var finding = await RunAsync(new Uri($"https://127.0.0.1:{server.Port}/client/api"));

        Assert.Equal(Verdict.Fail, finding.Verdict);
        Assert.Contains("http://", finding.Next, StringComparison.Ordinal);
    }

    private static Task<Finding> RunAsync(Uri url) =>
        new TlsCheck(url, new Route(url.Host, url.Port, false), new ServerTrust(), TimeProvider.System).RunAsync(CancellationToken.None);

    private static X509Certificate2 Certificate(string name, int years)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (System.Net.IPAddress.TryParse(name, out var address))
        {
            names.AddIpAddress(address);
        }
        else
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        var until = DateTimeOffset.UtcNow.AddYears(years);
        using var made = request.CreateSelfSigned(until.AddYears(-2), until);
        // A key that was never in a store can't be served with on every system.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
