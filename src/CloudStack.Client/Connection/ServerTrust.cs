using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace CloudStack.Client;

/// <summary>Which server certificates a connection trusts besides those the system trusts.</summary>
public sealed record ServerTrust
{
    /// <summary>Authorities of one's own that may have issued the server's certificate.</summary>
    public IReadOnlyList<X509Certificate2> Authorities { get; init; } = [];

    /// <summary>The SHA-256 of the one certificate that is accepted, in hex with or without colons; null for no pin.</summary>
    public string? PinnedSha256 { get; init; }

    /// <summary>True to accept any certificate: anyone on the way can then read and change everything.</summary>
    public bool AcceptAny { get; init; }

    internal bool Accepts(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return false;
        }

        if (PinnedSha256 is { } pin)
        {
            var seen = SHA256.HashData(certificate.GetRawCertData());
            return string.Equals(Convert.ToHexString(seen), pin.Replace(":", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        }

        return errors == SslPolicyErrors.None || AcceptAny
            || (errors == SslPolicyErrors.RemoteCertificateChainErrors && Authorities.Count > 0 && IssuedByOwn(certificate, chain));
    }

    private bool IssuedByOwn(X509Certificate certificate, X509Chain? received)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(Authorities.ToArray());
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (received is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(received.ChainElements.Select(element => element.Certificate).ToArray());
        }

        using var leaf = new X509Certificate2(certificate);
        return chain.Build(leaf);
    }
}
