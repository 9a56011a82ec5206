using System.Collections.Concurrent;
using System.Text.Json;

namespace CloudStack.Mcp.Server.Manifest;

/// <summary>The direct tools, one per command, and the tool names of older servers.</summary>
internal sealed class ToolManifest
{
    private readonly Lazy<LineFile> _tools = new(() => LineFile.Read(typeof(ToolManifest).Assembly, "tools.jsonl"));
    private readonly Lazy<LineFile> _aliases = new(() => LineFile.Read(typeof(ToolManifest).Assembly, "aliases.jsonl"));
    private readonly ConcurrentDictionary<string, ManifestTool> _parsed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of all direct tools.</summary>
    public IReadOnlyList<string> Names => _tools.Value.Names;

    /// <summary>The names of older servers' tools.</summary>
    public IReadOnlyList<string> AliasNames => _aliases.Value.Names;

    /// <summary>All direct tools in the catalog's order.</summary>
    public IEnumerable<ManifestTool> Tools => Names.Select(name => Find(name)!);

    /// <summary>Finds a direct tool by its own name, ignoring case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The tool, or null where there is none.</returns>
    public ManifestTool? Find(string name)
    {
        if (_parsed.TryGetValue(name, out var known))
        {
            return known;
        }

        return _tools.Value.TryFind(name, out var line) ? _parsed.GetOrAdd(name, ManifestTool.Read(line.Span)) : null;
    }

    /// <summary>Finds what an older server's tool name stands for now.</summary>
    /// <param name="name">The older name.</param>
    /// <returns>The tool of the same meaning and, where there is none, those that come near; null for a name no server had.</returns>
    public (string? Tool, IReadOnlyList<string> Near)? FindAlias(string name)
    {
        if (!_aliases.Value.TryFind(name, out var line))
        {
            return null;
        }

        using var alias = JsonDocument.Parse(line);
        return alias.RootElement.TryGetProperty("tool", out var tool)
            ? (tool.GetString(), [])
            : (null, [.. alias.RootElement.GetProperty("near").EnumerateArray().Select(near => near.GetString()!)]);
    }
}
