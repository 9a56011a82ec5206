using System.Globalization;

namespace Cloud.Core.Objects;

/// <summary>Dates as cloud servers write them: ISO 8601 with an offset, with or without a colon in it or a fraction.</summary>
public static class WireDate
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd",
    ];

    /// <summary>Reads a date; one without an offset is taken as UTC.</summary>
    /// <param name="text">The text, or null.</param>
    /// <param name="date">The date with the offset it was written with.</param>
    /// <returns>True where <paramref name="text"/> is a date.</returns>
    public static bool TryParse(string? text, out DateTimeOffset date) => DateTimeOffset.TryParseExact(
        text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);

    /// <summary>Writes a date in UTC with second precision and a colon-free offset, the form every server version reads.</summary>
    /// <param name="date">The date.</param>
    /// <returns><c>yyyy-MM-ddTHH:mm:ss+0000</c>.</returns>
    public static string Format(DateTimeOffset date) =>
        date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "+0000";
}
