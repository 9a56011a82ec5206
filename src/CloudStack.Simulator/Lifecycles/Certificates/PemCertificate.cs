using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Certificates;

/// <summary>Certificates and keys as people send them, in PEM.</summary>
internal static class PemCertificate
{
    /// <exception cref="ApiError">The text is no certificate.</exception>
    public static X509Certificate2 Read(string pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw ApiError.Refused("Invalid certificate format: a certificate has to be X.509 in PEM.");
        }
    }

    /// <exception cref="ApiError">The text is no key, the password doesn't open it, or it's the key of another certificate.</exception>
    public static void DemandKey(X509Certificate2 certificate, string key, string? password)
    {
        try
        {
            using var own = password is { Length: > 0 }
                ? X509Certificate2.CreateFromEncryptedPem(certificate.ExportCertificatePem(), key, password)
                : X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw ApiError.Refused("The private key isn't in PEM, its password is wrong, or it isn't the certificate's own.");
        }
    }

    /// <exception cref="ApiError">The chain can't be read, or doesn't lead from the certificate to its last one.</exception>
    public static void DemandChain(X509Certificate2 certificate, string pem, DateTimeOffset time)
    {
        var above = new X509Certificate2Collection();
        try
        {
            above.ImportFromPem(pem);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw ApiError.Refused("The chain isn't a row of X.509 certificates in PEM.");
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(above);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.AllowUnknownCertificateAuthority;
        chain.ChainPolicy.VerificationTime = time.UtcDateTime;
        var isGood = above.Count > 0 && chain.Build(certificate) && chain.ChainElements.Count > 1;
        foreach (var read in above)
        {
            read.Dispose();
        }

        if (!isGood)
        {
            throw ApiError.Refused("Invalid certificate chain: it doesn't vouch for the certificate.");
        }
    }
}
