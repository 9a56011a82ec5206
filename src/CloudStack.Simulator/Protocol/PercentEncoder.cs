using System.Text;

namespace CloudStack.Simulator.Protocol;

/// <summary>The server's percent-encoding (protocol note, section 2.1): all but letters, digits and <c>.-*_</c> in UTF-8.</summary>
internal static class PercentEncoder
{
    private const string Digits = "0123456789ABCDEF";
    private const string Unreserved = ".-*_";

    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        AppendEncoded(encoded, text);
        return encoded.ToString();
    }

    public static void AppendEncoded(StringBuilder encoded, string text)
    {
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && (char.IsAsciiLetterOrDigit((char)rune.Value) || Unreserved.Contains((char)rune.Value)))
            {
                encoded.Append((char)rune.Value);
                continue;
            }

            foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
            {
                encoded.Append('%').Append(Digits[octet >> 4]).Append(Digits[octet & 15]);
            }
        }
    }
}
