using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class CertificateTests : Scene
{
    [Fact]
    public async Task Issues_certificates_that_the_root_vouches_for()
    {
        var issued = await Root.FinishAsync("issueCertificate", ("domain", "web.example,www.web.example"), ("ipaddress", "192.0.2.7"), ("duration", "30"));

        using var root = X509Certificate2.CreateFromPem(Text((await Root.CallAsync("listCaCertificate")).Item, "certificate"));
        using var certificate = X509Certificate2.CreateFromPem(Text(issued, "certificate"), Text(issued, "privatekey"));
        Assert.True(IsVouchedFor(certificate, root));
        Assert.True(certificate.HasPrivateKey);
        Assert.Contains("www.web.example", certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames());
        Assert.Equal(30, Math.Round((certificate.NotAfter - certificate.NotBefore).TotalDays));
    }

    [Fact]
    public async Task Issues_for_the_key_of_a_signing_request()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mine.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        var issued = await Root.FinishAsync("issueCertificate", ("csr", request.CreateSigningRequestPem()));

        using var certificate = X509Certificate2.CreateFromPem(Text(issued, "certificate"));
        Assert.Equal(key.ExportSubjectPublicKeyInfo(), certificate.GetRSAPublicKey()!.ExportSubjectPublicKeyInfo());
        Assert.Null(Text(issued, "privatekey"));
    }

    [Fact]
    public async Task Refuses_what_it_cant_sign_or_read()
    {
        await Root.RefuseAsync(431, "issueCertificate");
        await Root.RefuseAsync(431, "issueCertificate", ("csr", "not a request"));
        await Root.RefuseAsync(431, "issueCertificate", ("domain", "no name"));
        await Root.RefuseAsync(431, "issueCertificate", ("domain", "web.example"), ("duration", "0"));
        await Root.RefuseAsync(431, "issueCertificate", ("domain", "web.example"), ("provider", "other"));
        await Root.RefuseAsync(431, "revokeCertificate", ("serial", "xyz"));
        await Root.RefuseAsync(431, "uploadCustomCertificate", ("domainsuffix", "web.example"), ("certificate", "none"), ("privatekey", "none"));
        Assert.Equal(["root"], (await Root.CallAsync("listCAProviders")).Names);
    }

    private static bool IsVouchedFor(X509Certificate2 certificate, X509Certificate2 root)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = certificate.NotBefore.AddDays(1);
        return chain.Build(certificate);
    }
}
