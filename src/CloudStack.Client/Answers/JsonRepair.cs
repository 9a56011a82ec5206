using System.Buffers;

namespace CloudStack.Client.Answers;

/// <summary>
/// Mends the invalid JSON that a management server can write (protocol note, section 4.3): raw control characters inside
/// strings, and a backslash before a character that isn't an escape. Halves of surrogate pairs become U+FFFD.
/// </summary>
internal static class JsonRepair
{
    private static ReadOnlySpan<byte> Hex => "0123456789abcdef"u8;

    /// <summary>True where a surrogate stands as an escape, which may be half a pair.</summary>
    public static bool HasSurrogateEscape(ReadOnlySpan<byte> text) =>
        text.IndexOf("\\ud"u8) >= 0 || text.IndexOf("\\uD"u8) >= 0;

    /// <summary>Mends a text as far as it can; what it can't mend stays as it is.</summary>
    /// <returns>A new array.</returns>
    public static ReadOnlyMemory<byte> Repair(ReadOnlySpan<byte> text)
    {
        var target = new ArrayBufferWriter<byte>(text.Length + 64);
        var inString = false;
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (!inString)
            {
                inString = b == '"';
                Put(target, b);
            }
            else if (b == '"')
            {
                inString = false;
                Put(target, b);
            }
            else if (b < 0x20)
            {
                target.Write("\\u00"u8);
                Put(target, Hex[b >> 4]);
                Put(target, Hex[b & 15]);
            }
            else if (b == '\\')
            {
                i += RepairEscape(text[i..], target) - 1;
            }
            else
            {
                Put(target, b);
            }
        }

        return target.WrittenMemory;
    }

    // Writes the escape at the start of a text; returns how many bytes of it were used.
    private static int RepairEscape(ReadOnlySpan<byte> text, ArrayBufferWriter<byte> target)
    {
        if (text.Length > 1 && "\"\\/bfnrt"u8.Contains(text[1]))
        {
            target.Write(text[..2]);
            return 2;
        }

        if (!TryReadUnit(text, out var unit))
        {
            target.Write("\\\\"u8);
            return 1;
        }

        if (!char.IsSurrogate(unit))
        {
            target.Write(text[..6]);
            return 6;
        }

        if (TryReadUnit(text[6..], out var second) && char.IsSurrogatePair(unit, second))
        {
            target.Write(text[..12]);
            return 12;
        }

        target.Write("\\ufffd"u8);
        return 6;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, out char unit)
    {
        unit = '\0';
        if (text.Length < 6 || text[0] != '\\' || text[1] != 'u')
        {
            return false;
        }

        var value = 0;
        foreach (var b in text[2..6])
        {
            if (!char.IsAsciiHexDigit((char)b))
            {
                return false;
            }

            value = (value << 4) | (b <= (byte)'9' ? b - '0' : (b | 0x20) - 'a' + 10);
        }

        unit = (char)value;
        return true;
    }

    private static void Put(ArrayBufferWriter<byte> target, byte value)
    {
        target.GetSpan(1)[0] = value;
        target.Advance(1);
    }
}
