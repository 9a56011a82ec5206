using System.Globalization;

namespace CloudStack.Simulator.Protocol;

/// <summary>
/// Parameters by lower-case name, with the parts of maps put together (protocol note, section 6.2): index by index, the
/// field's case kept.
/// </summary>
internal sealed class RawArguments
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<int, Dictionary<string, string>>> _maps = new(StringComparer.Ordinal);

    /// <exception cref="ApiError">A map part is malformed, or a value holds a control character.</exception>
    public RawArguments(IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var (name, value) in parameters)
        {
            RefuseControlCharacters(name, value);
            if (name.Contains('[', StringComparison.Ordinal) || name.Contains(']', StringComparison.Ordinal))
            {
                AddPart(name, value);
            }
            else
            {
                _texts[Lower(name)] = value;
            }
        }

        if (_maps.Keys.FirstOrDefault(_texts.ContainsKey) is { } both)
        {
            throw new ApiError(ApiError.Internal, $"Parameter {both} is given both as a value and as a map.", null);
        }
    }

    public string? Text(string lowerName) => _texts.GetValueOrDefault(lowerName);

    /// <summary>A map's parts in the order of their indexes, or null where there are none.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>>? Parts(string lowerName) =>
        _maps.TryGetValue(lowerName, out var parts) ? [.. parts.Values] : null;

    public IEnumerable<string> Names => _texts.Keys.Concat(_maps.Keys);

#pragma warning disable CA1308 // The server lower-cases parameter names.
    public static string Lower(string name) => name.ToLowerInvariant();
#pragma warning restore CA1308

    private static void RefuseControlCharacters(string name, string value)
    {
        if (name.Equals("activationrule", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        foreach (var c in value)
        {
            if (c is not ('\n' or '\r') && (c < ' ' || c == '\x7f'))
            {
                throw new ApiError(ApiError.Parameter, $"Received value for parameter {name} is invalid, contains illegal ASCII non-printable characters");
            }
        }
    }

    private void AddPart(string name, string value)
    {
        var open = name.IndexOf('[', StringComparison.Ordinal);
        var close = name.IndexOf(']', StringComparison.Ordinal);
        var isWellFormed = open > 0 && close > open + 1
            && open == name.LastIndexOf('[') && close == name.LastIndexOf(']')
            && close + 2 < name.Length && name[close + 1] == '.';
        if (!isWellFormed
            || !int.TryParse(name.AsSpan(open + 1, close - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            throw new ApiError(
                ApiError.MalformedParameter,
                $"Malformed parameter {name}: expected name[index].field with one whole number between the brackets.");
        }

        var key = Lower(name[..open]);
        if (!_maps.TryGetValue(key, out var parts))
        {
            _maps[key] = parts = [];
        }

        if (!parts.TryGetValue(index, out var part))
        {
            parts[index] = part = new Dictionary<string, string>(StringComparer.Ordinal);
        }

        part[name[(close + 2)..]] = value;
    }
}
