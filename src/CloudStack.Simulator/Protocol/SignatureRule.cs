using System.Security.Cryptography;
using System.Text;

namespace CloudStack.Simulator.Protocol;

/// <summary>
/// The server's signature rule (protocol note, section 2.1), written from the server's side: it shares nothing with a
/// client's encoder, so that a client's mistake shows.
/// </summary>
internal static class SignatureRule
{
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
            PercentEncoder.AppendEncoded(text, value);
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
}
