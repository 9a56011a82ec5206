using System.Globalization;
using System.Text.Json;
using Cloud.Core.Objects;

namespace CloudStack.Mcp.Server.Results.Filters;

/// <summary>A value written in a filter. Numbers compare as numbers, dates as points in time, all else as text without case.</summary>
internal sealed class FilterValue
{
    private readonly decimal? _number;
    private readonly DateTimeOffset? _date;

    /// <summary>Makes a value.</summary>
    /// <param name="text">As it was written, without quotes.</param>
    /// <param name="isQuoted">True where it stood in quotes; then it's a text also where it looks like a number.</param>
    public FilterValue(string text, bool isQuoted)
    {
        Text = text;
        _number = !isQuoted && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
        _date = _number is null && WireDate.TryParse(text, out var date) ? date : null;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>True for a number.</summary>
    public bool IsNumber => _number is not null;

    /// <summary>True for a date.</summary>
    public bool IsDate => _date is not null;

    /// <summary>True for <c>true</c> and <c>false</c>.</summary>
    public bool IsBoolean => bool.TryParse(Text, out _);

    /// <summary>A field's value as text.</summary>
    /// <param name="value">A text, number or boolean.</param>
    public static string TextOf(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>A field's value as a number; the server sends some as text, and shares with a percent sign.</summary>
    /// <param name="value">A text, number or boolean.</param>
    /// <returns>The number, or null where it is none.</returns>
    public static decimal? NumberOf(JsonElement value) => decimal.TryParse(
        TextOf(value).AsSpan().TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number
        : null;

    /// <summary>Tells whether a field's value equals this one.</summary>
    /// <param name="value">The field's value.</param>
    public bool IsEqual(JsonElement value) => _number is not null && NumberOf(value) is not null || _date is not null
        ? Order(value) == 0
        : TextOf(value).Equals(Text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Compares a field's value with this one.</summary>
    /// <param name="value">The field's value.</param>
    /// <returns>Below, equal to or above zero; null where the two can't be compared.</returns>
    public int? Order(JsonElement value)
    {
        if (_number is { } number)
        {
            return NumberOf(value)?.CompareTo(number);
        }

        if (_date is { } date)
        {
            return WireDate.TryParse(TextOf(value), out var other) ? other.CompareTo(date) : null;
        }

        return string.Compare(TextOf(value), Text, StringComparison.OrdinalIgnoreCase);
    }
}
