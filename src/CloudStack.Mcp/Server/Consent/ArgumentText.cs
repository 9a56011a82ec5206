using System.Globalization;
using Cloud.Core.Objects;

namespace CloudStack.Mcp.Server.Consent;

/// <summary>Shows a bound argument to people.</summary>
internal static class ArgumentText
{
    public static string Of(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTimeOffset date => WireDate.Format(date),
        IReadOnlyDictionary<string, string> map => string.Join(", ", map.Select(m => $"{m.Key}={m.Value}")),
        IEnumerable<IReadOnlyDictionary<string, string>> records => string.Join("; ", records.Select(r => Of(r))),
        IEnumerable<string> items => string.Join(", ", items),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
