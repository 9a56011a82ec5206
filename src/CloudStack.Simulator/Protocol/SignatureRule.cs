using System.Security.Cryptography;
using System.Text;

namespace CloudStack.Simulator.Protocol;

/// <summary>
/// The server's signature rule (protocol note, section 2.1), written from the server's side: it shares nothing with a
/// client's encoder, so that a client's mistake shows.
/// </summary>
internal static class SignatureRule
{
    private const string Unreserved = ".-*_";

    /// <summary>The text that the signature is made of: sorted by name as sent, values encoded, all lower case.</summary>
    public static string TextToSign(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in parameters
            .Where(p => !string.Equals(p.Key, "signature", StringComparison.OrdinalIgnoreCase))
            .OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            if (text.Length > 0)
            {
                text.Append('&');
            }

            text.Append(name).Append('=');
            AppendEncoded(text, value);
        }

#pragma warning disable CA1308 // The rule says lower case.
        return text.ToString().ToLowerInvariant();
#pragma warning restore CA1308
    }

    /// <summary>The signature of a text.</summary>
#pragma warning disable CA5350 // The protocol knows only HMAC-SHA1.
    public static string Sign(string text, string secretKey) => Convert.ToBase64String(
        HMACSHA1.HashData(Encoding.UTF8.GetBytes(secretKey), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350

    /// <summary>Compares in a time that doesn't depend on where the texts differ.</summary>
    public static bool Matches(string expected, string given) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    private static void AppendEncoded(StringBuilder text, string value)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || Unreserved.Contains((char)rune.Value)))
            {
                text.Append((char)rune.Value);
                continue;
            }

            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
            {
                text.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }
}
