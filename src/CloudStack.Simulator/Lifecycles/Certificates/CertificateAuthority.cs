using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CloudStack.Simulator.Lifecycles.Certificates;

/// <summary>What was issued, as PEM.</summary>
internal sealed record IssuedCertificate(string Certificate, string? PrivateKey)
{
    /// <summary>The certificate alone, without its key.</summary>
    public override string ToString() => Certificate;
}

/// <summary>The cloud's own root certificate and what it signs: real X.509 with keys that repeat.</summary>
internal sealed class CertificateAuthority(int seed, DateTimeOffset since)
{
    public const string Provider = "root";
    private const int SerialBytes = 16;
    private static readonly X500DistinguishedName Name = new("CN=ca.cloudstack.apache.org");

    private readonly Lazy<(RSA Key, X509Certificate2 Certificate)> _root = new(() => MakeRoot(seed, since));

    /// <summary>The root certificate as PEM.</summary>
    public string Certificate => _root.Value.Certificate.ExportCertificatePem();

    /// <summary>Issues for a key made here.</summary>
    public IssuedCertificate Issue(string serial, IReadOnlyList<string> names, IReadOnlyList<IPAddress> addresses, DateTimeOffset from, int days)
    {
        using var key = RepeatableKey.Of($"{seed}:{serial}");
        var request = new CertificateRequest(new X500DistinguishedName($"CN=\"{names[0]}\""), key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        AddNames(request, names, addresses);
        return new IssuedCertificate(Sign(request, serial, from, days), key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Issues for the key of a signing request.</summary>
    /// <exception cref="CryptographicException">The request can't be read, or isn't signed by its key.</exception>
    public IssuedCertificate Issue(string serial, string signingRequest, IReadOnlyList<string> names, IReadOnlyList<IPAddress> addresses, DateTimeOffset from, int days)
    {
        var request = CertificateRequest.LoadSigningRequestPem(
            signingRequest, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.Default, RSASignaturePadding.Pkcs1);
        AddNames(request, names, addresses);
        return new IssuedCertificate(Sign(request, serial, from, days), null);
    }

    private static void AddNames(CertificateRequest request, IReadOnlyList<string> names, IReadOnlyList<IPAddress> addresses)
    {
        if (names.Count + addresses.Count == 0)
        {
            return;
        }

        var builder = new SubjectAlternativeNameBuilder();
        names.ToList().ForEach(builder.AddDnsName);
        addresses.ToList().ForEach(builder.AddIpAddress);
        request.CertificateExtensions.Add(builder.Build());
    }

    private string Sign(CertificateRequest request, string serial, DateTimeOffset from, int days)
    {
        var root = _root.Value;
        var end = from.AddDays(days) < root.Certificate.NotAfter ? from.AddDays(days) : new DateTimeOffset(root.Certificate.NotAfter);
        using var certificate = request.Create(
            Name, X509SignatureGenerator.CreateForRSA(root.Key, RSASignaturePadding.Pkcs1), from, end, Serial(serial));
        return certificate.ExportCertificatePem();
    }

    private static (RSA Key, X509Certificate2 Certificate) MakeRoot(int seed, DateTimeOffset since)
    {
        var key = RepeatableKey.Of($"{seed}:root");
        var request = new CertificateRequest(Name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        var generator = X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1);
        return (key, request.Create(Name, generator, since.AddDays(-1), since.AddYears(30), Serial("root")));
    }

    // The highest bit stays clear, because a serial number is positive.
    private static byte[] Serial(string text)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text))[..SerialBytes];
        bytes[0] = (byte)((bytes[0] & 0x7F) | 1);
        return bytes;
    }
}
