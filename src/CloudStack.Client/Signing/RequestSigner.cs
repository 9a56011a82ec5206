using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using CloudStack.Client.Wire;

namespace CloudStack.Client.Signing;

/// <summary>Signs a request by the rule the server verifies with (protocol note, section 2.1).</summary>
internal static class RequestSigner
{
    /// <summary>Signs parameters.</summary>
    /// <param name="sorted">All parameters of the request, sorted by <see cref="WireParameter.Sort"/>; one named <c>signature</c> is left out.</param>
    /// <param name="secretKey">The secret key in UTF-8.</param>
    /// <param name="hash">The hash.</param>
    /// <returns>The signature in Base64, not percent-encoded.</returns>
    public static string Sign(ReadOnlySpan<WireParameter> sorted, ReadOnlySpan<byte> secretKey, SigningHash hash)
    {
        var text = ArrayPool<byte>.Shared.Rent(CountText(sorted));
        try
        {
            var length = WriteText(sorted, text);
            Span<byte> mac = stackalloc byte[HMACSHA512.HashSizeInBytes];
            var written = hash == SigningHash.Sha512
                ? HMACSHA512.HashData(secretKey, text.AsSpan(0, length), mac)
                : HashSha1(secretKey, text.AsSpan(0, length), mac);
            return Convert.ToBase64String(mac[..written]);
        }
        finally
        {
            // The text holds every argument, passwords included.
            ArrayPool<byte>.Shared.Return(text, clearArray: true);
        }
    }

    /// <summary>The lower-cased text that is signed.</summary>
    internal static string TextToSign(ReadOnlySpan<WireParameter> sorted)
    {
        var text = new byte[CountText(sorted)];
        return Encoding.UTF8.GetString(text, 0, WriteText(sorted, text));
    }

    private static int CountText(ReadOnlySpan<WireParameter> sorted)
    {
        var count = 0;
        foreach (var (name, value) in sorted)
        {
            count += Encoding.UTF8.GetMaxByteCount(name.Length) + PercentEncoder.Lower.Count(value) + 2;
        }

        return count;
    }

    private static int WriteText(ReadOnlySpan<WireParameter> sorted, Span<byte> target)
    {
        var at = 0;
        foreach (var (name, value) in sorted)
        {
            if (name.Equals("signature", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (at > 0)
            {
                target[at++] = (byte)'&';
            }

            at += WriteName(name, target[at..]);
            target[at++] = (byte)'=';
            at += PercentEncoder.Lower.Write(value, target[at..]);
        }

        return at;
    }

    // Names are signed raw, brackets and all; only values are percent-encoded.
    private static int WriteName(string name, Span<byte> target) =>
        Ascii.ToLower(name, target, out var written) == OperationStatus.Done
            ? written
            : Encoding.UTF8.GetBytes(name.ToLowerInvariant(), target);

#pragma warning disable CA5350 // The protocol's default is HMAC-SHA1; the connection can ask for SHA-512.
    private static int HashSha1(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, Span<byte> mac) =>
        HMACSHA1.HashData(key, text, mac);
#pragma warning restore CA5350
}
