using System.Reflection;
using System.Text;

namespace CloudStack.Mcp.Server.Manifest;

/// <summary>An embedded file of JSON objects, one a line, each starting with its <c>name</c>; a line is parsed when asked for.</summary>
internal sealed class LineFile
{
    private readonly byte[] _bytes;
    private readonly Dictionary<string, Range> _lines = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _names = [];

    private LineFile(byte[] bytes)
    {
        _bytes = bytes;
        var prefix = "{\"name\":\""u8;
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            var end = length < 0 ? bytes.Length : start + length;
            var line = bytes.AsSpan(start, end - start);
            if (line.StartsWith(prefix))
            {
                var rest = line[prefix.Length..];
                var name = Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'"')]);
                _lines.Add(name, start..end);
                _names.Add(name);
            }

            start = end + 1;
        }
    }

    /// <summary>The names in the file's order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Reads an embedded file.</summary>
    /// <param name="assembly">The assembly that embeds it.</param>
    /// <param name="name">Its logical name.</param>
    /// <exception cref="InvalidOperationException">The assembly embeds no such file.</exception>
    public static LineFile Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} embeds no {name}; rebuild the project.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new LineFile(bytes);
    }

    /// <summary>Finds a line by its name, ignoring case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="line">The line.</param>
    /// <returns>True where there is one.</returns>
    public bool TryFind(string name, out ReadOnlyMemory<byte> line)
    {
        var found = _lines.TryGetValue(name, out var range);
        line = found ? _bytes.AsMemory(range) : default;
        return found;
    }
}
