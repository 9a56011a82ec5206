using System.Text;

namespace Cloud.Core.Catalog;

/// <summary>A file of lines, each a JSON object that starts with its key; opening it costs a scan for line ends and nothing else.</summary>
internal sealed class LineTable
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly Dictionary<string, Range> _lines;
    private readonly List<string> _keys = [];

    /// <summary>Opens a file.</summary>
    /// <param name="bytes">UTF-8, one JSON object a line.</param>
    /// <param name="key">The member that each line starts with.</param>
    /// <param name="comparer">How keys are compared.</param>
    /// <exception cref="FormatException">A line doesn't start with its key.</exception>
    public LineTable(ReadOnlyMemory<byte> bytes, string key, StringComparer comparer)
    {
        _bytes = bytes;
        _lines = new Dictionary<string, Range>(comparer);
        var prefix = Encoding.UTF8.GetBytes($"{{\"{key}\":\"");
        var span = bytes.Span;
        for (var start = 0; start < span.Length;)
        {
            var length = span[start..].IndexOf((byte)'\n');
            var end = length < 0 ? span.Length : start + length;
            if (end > start)
            {
                Add(span[start..end], prefix, start, end);
            }

            start = end + 1;
        }
    }

    /// <summary>The keys in the file's order.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <summary>Finds a line by its key.</summary>
    public bool TryGet(string key, out ReadOnlyMemory<byte> line)
    {
        if (_lines.TryGetValue(key, out var range))
        {
            line = _bytes[range];
            return true;
        }

        line = default;
        return false;
    }

    private void Add(ReadOnlySpan<byte> line, byte[] prefix, int start, int end)
    {
        var rest = line.StartsWith(prefix) ? line[prefix.Length..] : default;
        var quote = rest.IndexOf((byte)'"');
        if (quote <= 0)
        {
            throw new FormatException($"The catalog line at byte {start} doesn't start with its key.");
        }

        var key = Encoding.UTF8.GetString(rest[..quote]);
        _lines.Add(key, start..end);
        _keys.Add(key);
    }
}
