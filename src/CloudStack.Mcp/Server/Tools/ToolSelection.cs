namespace CloudStack.Mcp.Server.Tools;

/// <summary>What a connection wants listed besides the tools that reach everything.</summary>
/// <param name="Toolsets">The toolsets whose direct tools are listed.</param>
/// <param name="Aliases">List the tool names of older servers too.</param>
/// <param name="OutputSchemas">Say what direct tools answer, which costs about as much again.</param>
internal sealed record ToolSelection(IReadOnlyList<string> Toolsets, bool Aliases, bool OutputSchemas)
{
    /// <summary>The toolset that stands for all of them.</summary>
    public const string All = "all";

    /// <summary>The word for older servers' tool names.</summary>
    public const string AliasWord = "aliases";

    /// <summary>The word for output schemas.</summary>
    public const string SchemaWord = "output-schemas";

    /// <summary>Reads a selection.</summary>
    /// <param name="words">Names of toolsets and the words above; several may stand in one, with commas.</param>
    public static ToolSelection Parse(IEnumerable<string> words)
    {
        var names = words
            .SelectMany(w => w.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .ToList();
        return new ToolSelection(
            names,
            names.RemoveAll(n => n.Equals(AliasWord, StringComparison.OrdinalIgnoreCase)) > 0,
            names.RemoveAll(n => n.Equals(SchemaWord, StringComparison.OrdinalIgnoreCase)) > 0);
    }

    /// <summary>True where nothing is listed besides.</summary>
    public bool IsEmpty => Toolsets.Count == 0 && !Aliases;
}
