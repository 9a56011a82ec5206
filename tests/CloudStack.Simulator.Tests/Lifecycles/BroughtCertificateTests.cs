using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>Certificates that people bring: for their load balancers, and for hosts that download templates themselves.</summary>
public sealed class BroughtCertificateTests : Scene
{
    [Fact]
    public async Task Takes_a_certificate_with_its_key_and_chain_and_shows_no_key()
    {
        var (certificate, key) = await IssueAsync();
        var root = Text((await Root.CallAsync("listCaCertificate")).Item, "certificate")!;

        var kept = (await User.DoAsync("uploadSslCert", ("name", "shop"), ("certificate", certificate), ("privatekey", key), ("certchain", root))).Item;

        using var read = X509Certificate2.CreateFromPem(certificate);
        Assert.Equal(read.GetCertHashString(HashAlgorithmName.SHA256), Text(kept, "fingerprint")!.Replace(":", "", StringComparison.Ordinal));
        Assert.DoesNotContain("PRIVATE", (await User.CallAsync("listSslCerts")).Body, StringComparison.Ordinal);
        Assert.Equal(["shop"], (await User.CallAsync("listSslCerts")).Names);
        Assert.Equal(0, (await Root.CallAsync("listSslCerts")).Count);
        await User.DoAsync("deleteSslCert", ("id", Id(kept)));
        Assert.Equal(0, (await User.CallAsync("listSslCerts")).Count);
    }

    [Fact]
    public async Task Opens_a_key_by_its_password()
    {
        using var key = RSA.Create(2048);
        var now = TheCloud.Clock.GetUtcNow();
        using var own = new CertificateRequest("CN=shop.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var locked = key.ExportEncryptedPkcs8PrivateKeyPem("open", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000));

        await User.RefuseAsync(431, "uploadSslCert", ("name", "shop"), ("certificate", own.ExportCertificatePem()), ("privatekey", locked), ("password", "shut"));
        await User.DoAsync("uploadSslCert", ("name", "shop"), ("certificate", own.ExportCertificatePem()), ("privatekey", locked), ("password", "open"));
    }

    [Fact]
    public async Task Refuses_what_is_no_certificate_of_now_with_its_own_key_and_chain()
    {
        var (certificate, key) = await IssueAsync();
        var (other, otherKey) = await IssueAsync();
        await User.RefuseAsync(431, "uploadSslCert", ("name", "shop"), ("certificate", "none"), ("privatekey", key));
        await User.RefuseAsync(431, "uploadSslCert", ("name", "shop"), ("certificate", certificate), ("privatekey", otherKey));
        await User.RefuseAsync(431, "uploadSslCert", ("name", "shop"), ("certificate", certificate), ("privatekey", key), ("certchain", other));
        await User.RefuseAsync(431, "uploadSslCert", ("name", "shop"), ("certificate", certificate), ("privatekey", key), ("certchain", "none"));
        await User.DoAsync("uploadSslCert", ("name", "shop"), ("certificate", certificate), ("privatekey", key));
        await User.RefuseAsync(431, "uploadSslCert", ("name", "shop"), ("certificate", other), ("privatekey", otherKey));
    }

    [Fact]
    public async Task Keeps_a_certificate_that_a_rule_shows_and_another_accounts()
    {
        var (certificate, key) = await IssueAsync();
        var id = Id((await User.DoAsync("uploadSslCert", ("name", "shop"), ("certificate", certificate), ("privatekey", key))).Item);
        var rule = await Root.IdOfAsync("listLoadBalancerRules", "web");
        await User.FinishAsync("assignCertToLoadBalancer", ("lbruleid", rule), ("certid", id));

        await User.RefuseAsync(431, "deleteSslCert", ("id", id));
        await Root.As(TheCloud.Credentials.OtherUser).RefuseAsync(531, "deleteSslCert", ("id", id));
        Assert.Equal(["shop"], (await User.CallAsync("listSslCerts", ("lbruleid", rule))).Names);
        await User.FinishAsync("removeCertFromLoadBalancer", ("lbruleid", rule));
        await User.DoAsync("deleteSslCert", ("id", id));
    }

    [Fact]
    public async Task Puts_a_certificate_on_all_hosts_of_a_zone_and_takes_it_off_one_or_all()
    {
        var (certificate, _) = await IssueAsync();
        var zone = ("zoneid", await ZoneAsync());
        var kept = (await Root.DoAsync("uploadTemplateDirectDownloadCertificate", ("name", "files"), ("certificate", certificate), ("hypervisor", "KVM"), zone)).Item;
        var hosts = kept.GetProperty("hostsmap").GetArrayLength();
        var host = await Root.IdOfAsync("listHosts", "fra1-kvm-1-h01");

        Assert.True(hosts > 1);
        await Root.RefuseAsync(431, "uploadTemplateDirectDownloadCertificate", ("name", "files"), ("certificate", certificate), ("hypervisor", "KVM"), zone);
        await Root.RefuseAsync(431, "uploadTemplateDirectDownloadCertificate", ("name", "more"), ("certificate", certificate), ("hypervisor", "VMware"), zone);
        Assert.Equal("REVOKED", Text((await Root.DoAsync("revokeTemplateDirectDownloadCertificate", ("name", "files"), ("hostid", host), zone)).Items[0], "status"));
        await Root.RefuseAsync(431, "revokeTemplateDirectDownloadCertificate", ("name", "files"), ("hostid", host), zone);
        await Root.DoAsync("provisionTemplateDirectDownloadCertificate", ("id", Id(kept)), ("hostid", host));
        Assert.Equal(hosts, (await Root.DoAsync("revokeTemplateDirectDownloadCertificate", ("id", Id(kept)), zone)).Items.Count);
        Assert.Equal(0, (await Root.CallAsync("listTemplateDirectDownloadCertificates")).Count);
    }

    private async Task<(string Certificate, string Key)> IssueAsync()
    {
        var issued = await Root.FinishAsync("issueCertificate", ("domain", "shop.example"));
        return (Text(issued, "certificate")!, Text(issued, "privatekey")!);
    }
}
