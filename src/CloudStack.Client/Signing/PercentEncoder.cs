namespace CloudStack.Client.Signing;

/// <summary>
/// Percent-encoding as the server does it before it signs (protocol note, section 2.1): letters, digits and <c>. - * _</c>
/// stay, all else is encoded from UTF-8. An unpaired surrogate counts as <c>?</c>, as it does on the server.
/// </summary>
internal sealed class PercentEncoder
{
    /// <summary>For the text that is signed: everything in lower case.</summary>
    public static readonly PercentEncoder Lower = new(lower: true);

    /// <summary>For the request itself: letters keep their case.</summary>
    public static readonly PercentEncoder AsIs = new(lower: false);

    // What an ASCII character becomes; 0 where it's encoded.
    private readonly byte[] _plain = new byte[128];

    private PercentEncoder(bool lower)
    {
        foreach (var c in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-*_")
        {
            _plain[c] = (byte)(lower ? char.ToLowerInvariant(c) : c);
        }
    }

    private static ReadOnlySpan<byte> Hex => "0123456789abcdef"u8;

    /// <summary>Counts the bytes that <see cref="Write"/> writes.</summary>
    public int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 128)
            {
                count += _plain[c] != 0 ? 1 : 3;
            }
            else if (c < 0x800)
            {
                count += 6;
            }
            else if (!char.IsSurrogate(c))
            {
                count += 9;
            }
            else if (IsPairAt(text, i))
            {
                count += 12;
                i++;
            }
            else
            {
                count += 3;
            }
        }

        return count;
    }

    /// <summary>Encodes a text.</summary>
    /// <returns>The number of bytes written.</returns>
    public int Write(ReadOnlySpan<char> text, Span<byte> target)
    {
        var at = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 128)
            {
                var plain = _plain[c];
                if (plain != 0)
                {
                    target[at++] = plain;
                }
                else
                {
                    at = WriteByte((byte)c, target, at);
                }
            }
            else if (c < 0x800)
            {
                at = WriteByte((byte)(0xC0 | (c >> 6)), target, at);
                at = WriteByte((byte)(0x80 | (c & 0x3F)), target, at);
            }
            else if (!char.IsSurrogate(c))
            {
                at = WriteByte((byte)(0xE0 | (c >> 12)), target, at);
                at = WriteByte((byte)(0x80 | ((c >> 6) & 0x3F)), target, at);
                at = WriteByte((byte)(0x80 | (c & 0x3F)), target, at);
            }
            else if (IsPairAt(text, i))
            {
                var point = char.ConvertToUtf32(c, text[++i]);
                at = WriteByte((byte)(0xF0 | (point >> 18)), target, at);
                at = WriteByte((byte)(0x80 | ((point >> 12) & 0x3F)), target, at);
                at = WriteByte((byte)(0x80 | ((point >> 6) & 0x3F)), target, at);
                at = WriteByte((byte)(0x80 | (point & 0x3F)), target, at);
            }
            else
            {
                at = WriteByte((byte)'?', target, at);
            }
        }

        return at;
    }

    private static bool IsPairAt(ReadOnlySpan<char> text, int i) =>
        i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);

    private static int WriteByte(byte value, Span<byte> target, int at)
    {
        target[at] = (byte)'%';
        target[at + 1] = Hex[value >> 4];
        target[at + 2] = Hex[value & 15];
        return at + 3;
    }
}
