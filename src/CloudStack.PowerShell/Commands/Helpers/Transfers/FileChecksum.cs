using System.Security.Cryptography;
using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Commands.Helpers.Transfers;

/// <summary>A checksum as a cloud names it: hexadecimal digits whose number tells the hash, or <c>{SHA-256}…</c>.</summary>
/// <param name="Hash">The hash.</param>
/// <param name="Digits">Its value in lower-case hexadecimal digits.</param>
internal sealed record FileChecksum(HashAlgorithmName Hash, string Digits)
{
    /// <summary>Reads a checksum.</summary>
    /// <param name="text">What the server named, or null.</param>
    /// <returns>The checksum; null where there is none, or it's of no known form.</returns>
    public static FileChecksum? Read(string? text)
    {
        var digits = text?.Trim() ?? "";
        if (digits.StartsWith('{') && digits.IndexOf('}') is > 0 and var end)
        {
            digits = digits[(end + 1)..].Trim();
        }

        HashAlgorithmName? hash = digits.Length switch
        {
            32 => HashAlgorithmName.MD5,
            40 => HashAlgorithmName.SHA1,
            64 => HashAlgorithmName.SHA256,
            96 => HashAlgorithmName.SHA384,
            128 => HashAlgorithmName.SHA512,
            _ => null,
        };
        return hash is { } known && digits.All(char.IsAsciiHexDigit)
            ? new FileChecksum(known, Lower(digits))
            : null;
    }

    /// <summary>Compares a file with the checksum.</summary>
    /// <exception cref="CloudException"><see cref="ErrorCause.BadAnswer"/>: the file is another.</exception>
    public async Task DemandAsync(string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(Hash);
        var file = File.OpenRead(path);
        await using (file.ConfigureAwait(false))
        {
            var buffer = new byte[1 << 20];
            while (await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            {
                hash.AppendData(buffer, 0, read);
            }
        }

        var actual = Lower(Convert.ToHexString(hash.GetHashAndReset()));
        if (actual != Digits)
        {
            throw new CloudException(
                ErrorCause.BadAnswer,
                $"The downloaded file isn't the one that the cloud describes: its {Hash.Name} is {actual}, and {Digits} is named.",
                "It was removed. Download it again; where it was registered compressed the checksum is that of the compressed file: then use -SkipChecksum.");
        }
    }

#pragma warning disable CA1308 // Checksums are written in lower case.
    private static string Lower(string digits) => digits.ToLowerInvariant();
#pragma warning restore CA1308
}
