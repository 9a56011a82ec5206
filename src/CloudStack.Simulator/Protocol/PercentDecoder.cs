using System.Text;

namespace CloudStack.Simulator.Protocol;

/// <summary>Decodes form-encoded text as the servlet container does: <c>+</c> is a blank, escapes are UTF-8.</summary>
internal static class PercentDecoder
{
    /// <exception cref="FormatException">An escape is broken.</exception>
    public static string Decode(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny('%', '+') < 0)
        {
            return text.ToString();
        }

        var decoded = new StringBuilder(text.Length);
        var escaped = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                escaped.Add(ByteAt(text, i));
                i += 2;
                continue;
            }

            Flush(decoded, escaped);
            decoded.Append(text[i] == '+' ? ' ' : text[i]);
        }

        Flush(decoded, escaped);
        return decoded.ToString();
    }

    private static byte ByteAt(ReadOnlySpan<char> text, int percent)
    {
        if (percent + 2 < text.Length && char.IsAsciiHexDigit(text[percent + 1]) && char.IsAsciiHexDigit(text[percent + 2]))
        {
            return byte.Parse(
                text.Slice(percent + 1, 2),
                System.Globalization.NumberStyles.AllowHexSpecifier,
                System.Globalization.CultureInfo.InvariantCulture);
        }

        throw new FormatException("A percent sign isn't followed by two hexadecimal digits.");
    }

    private static void Flush(StringBuilder decoded, List<byte> escaped)
    {
        if (escaped.Count > 0)
        {
            decoded.Append(Encoding.UTF8.GetString([.. escaped]));
            escaped.Clear();
        }
    }
}
