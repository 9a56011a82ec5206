using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Connections;

/// <summary>Files with the certificates of authorities, and thumbprints of servers, as people give them.</summary>
internal static class CertificateFile
{
    private const int LargestFile = 1 << 20;

    /// <summary>Reads the certificates of a file, which holds one in binary form or any number in PEM.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.Local"/>: it can't be read or holds no certificate.</exception>
    public static IReadOnlyList<X509Certificate2> Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
            {
                throw Refuse($"The file '{path}' is larger than 1 MiB.");
            }

            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPemFile(path);
            IReadOnlyList<X509Certificate2> found = certificates.Count > 0 ? [.. certificates] : [new X509Certificate2(path)];
            return found;
        }
        catch (CryptographicException)
        {
            throw Refuse($"The file '{path}' holds no certificate.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refuse($"The file '{path}' can't be read: {error.Message}");
        }
    }

    /// <summary>Checks a thumbprint.</summary>
    /// <param name="thumbprint">SHA-256 in hex, with or without colons or blanks.</param>
    /// <returns>The 64 digits.</returns>
    /// <exception cref="CloudException"><see cref="ErrorCause.InvalidArgument"/>: it's something else.</exception>
    public static string Thumbprint(string thumbprint)
    {
        var digits = thumbprint.Replace(":", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return digits.Length == 2 * SHA256.HashSizeInBytes && digits.All(char.IsAsciiHexDigit)
            ? digits
            : throw new CloudException(
                ErrorCause.InvalidArgument,
                "The certificate's thumbprint isn't a SHA-256 in hex.",
                "Give 64 hex digits, as 'openssl x509 -noout -fingerprint -sha256' prints them; SHA-1 thumbprints can be forged.");
    }

    private static CloudException Refuse(string message) =>
        new(ErrorCause.Local, message, "Give a file with the authority's certificate, in PEM or binary form.");
}
