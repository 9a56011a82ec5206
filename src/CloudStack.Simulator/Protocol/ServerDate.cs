using System.Globalization;

namespace CloudStack.Simulator.Protocol;

/// <summary>The forms in which the server reads points in time (protocol note, sections 2.3 and 6.1).</summary>
internal static class ServerDate
{
    private static readonly string[] WithColon = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];

    /// <summary>Reads a time with an offset, as <c>expires</c> needs it.</summary>
    public static bool TryParse(string text, out DateTimeOffset date)
    {
        var body = text.AsSpan();
        if (text.EndsWith("Z+0000", StringComparison.Ordinal))
        {
            return TryRead(body[..^6], WithColon[..1], TimeSpan.Zero, out date);
        }

        if (text.EndsWith('Z'))
        {
            return TryRead(body[..^1], WithColon, TimeSpan.Zero, out date);
        }

        if (text.Length > 6 && text[^3] == ':' && TryOffset(body[^6..], out var colon))
        {
            return TryRead(body[..^6], WithColon, colon, out date);
        }

        // Without a colon in the offset a fraction isn't understood.
        date = default;
        return text.Length > 5 && TryOffset(body[^5..], out var plain) && TryRead(body[..^5], WithColon[..1], plain, out date);
    }

    /// <summary>Reads a date parameter, which may also be a plain date or a date and time in the server's zone, here UTC.</summary>
    public static bool TryParseParameter(string text, out DateTimeOffset date, out bool isWholeDay)
    {
        isWholeDay = false;
        if (TryParse(text, out date) || TryRead(text, ["yyyy-MM-dd HH:mm:ss"], TimeSpan.Zero, out date))
        {
            return true;
        }

        return isWholeDay = TryRead(text, ["yyyy-MM-dd"], TimeSpan.Zero, out date);
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = default;
        if (text[0] is not ('+' or '-'))
        {
            return false;
        }

        var digits = text[1..].ToString().Replace(":", "", StringComparison.Ordinal);
        if (digits.Length != 4 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var hhmm)
            || hhmm / 100 > 14 || hhmm % 100 > 59)
        {
            return false;
        }

        offset = new TimeSpan(hhmm / 100, hhmm % 100, 0) * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryRead(ReadOnlySpan<char> text, string[] forms, TimeSpan offset, out DateTimeOffset date)
    {
        date = default;
        if (!DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || local.Ticks - offset.Ticks is var utc && (utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks))
        {
            return false;
        }

        date = new DateTimeOffset(local, offset);
        return true;
    }
}
