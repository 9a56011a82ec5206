using System.Globalization;
using Cloud.Core.Catalog;

namespace Cloud.Core.Binding;

/// <summary>Turns one raw value into the form that <see cref="Operations.BoundCommand"/> holds.</summary>
/// <param name="parameter">The parameter.</param>
/// <param name="findable">Tells whether objects of a result class can be found by name.</param>
internal sealed class ValueBinder(ParameterSpec parameter, Func<string, bool> findable)
{
    // Far above what any command takes, and low enough that hostile input stays cheap.
    private const int MostItems = 10_000;

    /// <summary>Binds a value.</summary>
    /// <param name="raw">The raw value.</param>
    /// <param name="bound">The bound value.</param>
    /// <returns>The problem as the end of a sentence ("must be …"), or null.</returns>
    public string? Bind(object raw, out object bound)
    {
        bound = "";
        return parameter.Type switch
        {
            ParameterType.List => BindList(RawValue.Structured(raw), out bound),
            ParameterType.Map => BindMap(RawValue.Structured(raw), out bound),
            _ => BindSingle(parameter.Type, raw, out bound),
        };
    }

    private string? BindSingle(ParameterType type, object raw, out object bound)
    {
        bound = "";
        switch (type)
        {
            case ParameterType.Boolean:
                var isBoolean = RawValue.TryBoolean(raw, out var boolean);
                bound = boolean;
                return isBoolean ? null : "must be true or false";
            case ParameterType.Integer:
                return BindNumber(raw, int.MinValue, int.MaxValue, out bound);
            case ParameterType.Short:
                return BindNumber(raw, short.MinValue, short.MaxValue, out bound);
            case ParameterType.Long:
                return BindNumber(raw, long.MinValue, long.MaxValue, out bound);
            case ParameterType.Double:
                var isNumber = RawValue.TryDouble(raw, out var number);
                bound = number;
                return isNumber ? null : "must be a number";
            case ParameterType.Date:
                return RawValue.TryDate(raw, out bound)
                    ? null
                    : "must be a date such as 2031-02-03, 2031-02-03 04:05:06 or 2031-02-03T04:05:06Z";
            case ParameterType.Uuid:
                return BindIdentifier(raw, out bound);
            default:
                return BindText(raw, out bound);
        }
    }

    private string? BindNumber(object raw, long least, long most, out object bound)
    {
        var isNumber = RawValue.TryLong(raw, out var number);
        bound = number;
        if (!isNumber || number < least || number > most)
        {
            return string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}");
        }

        return parameter.Positive && number < 1 ? "must be at least 1" : null;
    }

    private string? BindIdentifier(object raw, out object bound)
    {
        bound = "";
        if (!RawValue.TryText(raw, out var text) || text.Length > ParameterSpec.DefaultMaxLength)
        {
            return "must be an identifier";
        }

        if (Identifier.TryParse(text, out var id))
        {
            bound = id;
            return null;
        }

        bound = text;
        return text.Length == 0 || (parameter.Entity is { } entity && findable(entity))
            ? null
            : "must be a UUID such as 0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11";
    }

    private string? BindText(object raw, out object bound)
    {
        var isText = RawValue.TryText(raw, out var text);
        bound = text;
        if (!isText)
        {
            return "must be text";
        }

        if (text.Length > parameter.MaxLength)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"has {text.Length} characters; at most {parameter.MaxLength} are accepted");
        }

        if (parameter.Values.Count > 0 && text.Length > 0)
        {
            var known = parameter.Values.FirstOrDefault(v => string.Equals(v, text, StringComparison.OrdinalIgnoreCase));
            bound = known ?? text;
            return known is null ? $"must be one of {string.Join(", ", parameter.Values)}" : null;
        }

        return null;
    }

    private string? BindList(object raw, out object bound)
    {
        bound = Array.Empty<string>();
        if (!RawValue.TryItems(raw, out var items))
        {
            return "must be a list";
        }

        if (items.Count > MostItems)
        {
            return string.Create(CultureInfo.InvariantCulture, $"has {items.Count} items; at most {MostItems} are accepted");
        }

        var texts = new string[items.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            if (BindSingle(parameter.ItemType, items[i], out var item) is { } problem)
            {
                return string.Create(CultureInfo.InvariantCulture, $"has a wrong item {i + 1}: it {problem}");
            }

            RawValue.TryText(item, out texts[i]);
            if (texts[i].Contains(',', StringComparison.Ordinal))
            {
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"has a comma in item {i + 1}; the server reads a comma as the end of an item");
            }
        }

        bound = texts;
        return null;
    }

    private string? BindMap(object raw, out object bound)
    {
        bound = new Dictionary<string, string>();
        var map = parameter.Map!;
        if (map.Style == MapStyle.Records)
        {
            return BindRecords(raw, out bound);
        }

        if (RawValue.TryMembers(raw, out var members))
        {
            return ReadMembers(members, out bound);
        }

        return map.Style == MapStyle.Pairs && TryPairItems(raw, map, out members)
            ? ReadMembers(members, out bound)
            : "must be named values, such as { \"name\": \"value\" }";
    }

    private string? BindRecords(object raw, out object bound)
    {
        var records = new List<IReadOnlyDictionary<string, string>>();
        bound = records;
        IReadOnlyList<object> items = RawValue.TryMembers(raw, out _) ? [raw]
            : RawValue.TryItems(raw, out var many) && raw is not string ? many : [];
        if (items.Count is 0 or > MostItems)
        {
            return "must be a list of objects";
        }

        var map = parameter.Map!;
        foreach (var item in items)
        {
            if (!RawValue.TryMembers(item, out var members))
            {
                return "must be a list of objects";
            }

            if (ReadMembers(members, out var record) is { } problem)
            {
                return problem;
            }

            var fields = (IReadOnlyDictionary<string, string>)record;
            if (!map.Open && map.Keys.Count > 0
                && fields.Keys.FirstOrDefault(k => !map.Keys.Contains(k, StringComparer.OrdinalIgnoreCase)) is { } stranger)
            {
                return $"has an unknown field '{stranger}'; the fields are {string.Join(", ", map.Keys)}";
            }

            records.Add(fields);
        }

        return null;
    }

    // [{ "key": "a", "value": "1" }], the form the API's own documentation suggests, means the same as { "a": "1" }.
    private static bool TryPairItems(
        object raw, MapSpec map, out IReadOnlyList<KeyValuePair<string, object>> members)
    {
        var pairs = new List<KeyValuePair<string, object>>();
        members = pairs;
        if (raw is string || !RawValue.TryItems(raw, out var items))
        {
            return false;
        }

        foreach (var item in items)
        {
            if (!RawValue.TryMembers(item, out var fields) || fields.Count != 2
                || fields.FirstOrDefault(f => f.Key == map.Keys[0]).Value is not { } name
                || fields.FirstOrDefault(f => f.Key == map.Keys[1]).Value is not { } value
                || !RawValue.TryText(name, out var key))
            {
                return false;
            }

            pairs.Add(KeyValuePair.Create(key, value));
        }

        return true;
    }

    private static string? ReadMembers(IReadOnlyList<KeyValuePair<string, object>> members, out object bound)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        bound = map;
        foreach (var (name, value) in members)
        {
            if (name.Length == 0 || name.AsSpan().IndexOfAny("[]=&") >= 0)
            {
                return "has an empty name or one with [ ] = or & in it";
            }

            if (!RawValue.TryText(value, out var text))
            {
                return $"must give text, a number or a boolean for '{name}'";
            }

            if (!map.TryAdd(name, text))
            {
                return $"gives '{name}' twice";
            }
        }

        return members.Count > MostItems ? "has too many names" : null;
    }
}
