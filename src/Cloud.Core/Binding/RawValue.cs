using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security;
using System.Text.Json;
using Cloud.Core.Objects;

namespace Cloud.Core.Binding;

/// <summary>
/// Reads values as faces hand them over: CLR values, JSON, or text. Each reader answers false for a value of another
/// form and never throws.
/// </summary>
internal static class RawValue
{
    public static bool IsAbsent(object? value) =>
        value is null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined };

    public static bool TryText(object value, out string text)
    {
        var read = value switch
        {
            string s => s,
            SecureString secret => Reveal(secret),
            bool b => b ? "true" : "false",
            DateTimeOffset date => WireDate.Format(date),
            DateTime time => TryMoment(time, out var moment) ? WireDate.Format(moment) : null,
            JsonElement { ValueKind: JsonValueKind.String } json => json.GetString(),
            JsonElement { ValueKind: JsonValueKind.True or JsonValueKind.False or JsonValueKind.Number } json => json.GetRawText(),
            Enum named => named.ToString(),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            CloudObject known => known.GetText("id"),
            _ => null,
        };
        text = read ?? "";
        return read is not null;
    }

    public static bool TryBoolean(object value, out bool boolean)
    {
        if (value is bool direct)
        {
            boolean = direct;
            return true;
        }

        boolean = false;
        return TryText(value, out var text) && bool.TryParse(text, out boolean);
    }

    public static bool TryLong(object value, out long number)
    {
        number = 0;
        return TryText(value, out var text)
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    public static bool TryDouble(object value, out double number)
    {
        number = 0;
        return TryText(value, out var text)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    public static bool TryDate(object value, out object date)
    {
        switch (value)
        {
            case DateTimeOffset offset:
                date = offset;
                return true;
            case DateTime time:
                var isMoment = TryMoment(time, out var moment);
                date = moment;
                return isMoment;
        }

        date = "";
        if (!TryText(value, out var text) || !WireDate.TryParse(text, out var parsed))
        {
            return false;
        }

        // A day without a time keeps its form: servers stretch it to the whole day where it ends a period.
        date = text.Length == "yyyy-MM-dd".Length ? text : parsed;
        return true;
    }

    /// <summary>Takes JSON out of text, as shells and some assistants hand over objects and arrays; anything else stays as it is.</summary>
    public static object Structured(object value)
    {
        if (!TryText(value, out var text) || text.TrimStart() is not ['{' or '[', ..])
        {
            return value;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return value;
        }
    }

    /// <summary>Reads several items: an array, or text separated by commas.</summary>
    public static bool TryItems(object value, out IReadOnlyList<object> items)
    {
        items = value switch
        {
            string text => Split(text),
            JsonElement { ValueKind: JsonValueKind.Array } json => [.. json.EnumerateArray().Cast<object>()],
            JsonElement { ValueKind: JsonValueKind.String } json => Split(json.GetString()!),
            JsonElement or IDictionary => [],
            IEnumerable many => [.. many.Cast<object?>().Where(item => !IsAbsent(item)).Select(item => item!)],
            _ => [value],
        };
        return value is not (JsonElement { ValueKind: JsonValueKind.Object } or IDictionary);
    }

    /// <summary>Reads named values: a dictionary, a JSON object, or text such as <c>a=1,b=2</c>.</summary>
    public static bool TryMembers(object value, out IReadOnlyList<KeyValuePair<string, object>> members)
    {
        members = [];
        switch (value)
        {
            case IDictionary map:
                // By its keys: what a dictionary enumerates differs with its type.
                members = [.. map.Keys.Cast<object>()
                    .Where(key => !IsAbsent(map[key]))
                    .Select(key => KeyValuePair.Create(Convert.ToString(key, CultureInfo.InvariantCulture) ?? "", map[key]!))];
                return true;
            case JsonElement { ValueKind: JsonValueKind.Object } json:
                members = [.. json.EnumerateObject()
                    .Where(member => !IsAbsent(member.Value))
                    .Select(member => KeyValuePair.Create(member.Name, (object)member.Value))];
                return true;
            case string text when text.Contains('=', StringComparison.Ordinal):
                var pairs = Split(text).Cast<string>().Select(pair => pair.Split('=', 2)).ToList();
                members = [.. pairs.Where(pair => pair.Length == 2).Select(pair => KeyValuePair.Create(pair[0], (object)pair[1]))];
                return members.Count == pairs.Count;
            case JsonElement { ValueKind: JsonValueKind.String } json:
                return TryMembers(json.GetString()!, out members);
            default:
                return false;
        }
    }

    private static List<object> Split(string text) =>
        [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    // The first and the last hours of the calendar are outside it in UTC, east and west of it.
    private static bool TryMoment(DateTime time, out DateTimeOffset moment)
    {
        var offset = time.Kind == DateTimeKind.Utc ? TimeSpan.Zero : TimeZoneInfo.Local.GetUtcOffset(time);
        var ticks = time.Ticks - offset.Ticks;
        var isOne = ticks >= DateTime.MinValue.Ticks && ticks <= DateTime.MaxValue.Ticks;
        moment = isOne ? new DateTimeOffset(time.Ticks, offset) : default;
        return isOne;
    }

    private static string Reveal(SecureString secret)
    {
        var pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(pointer, secret.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }
}
