namespace CloudStack.Mcp.Server;

/// <summary>The words of one cloud that the server's own rules need; everything else it takes from the catalog.</summary>
/// <param name="Product">The cloud's name.</param>
/// <param name="TellingFields">Wire names of result fields, from the most to the least telling, for the columns of lists.</param>
/// <param name="Abbreviations">Short forms that names and people use → the words they stand for.</param>
/// <param name="Synonyms">What people say → the words the API uses, all in lower case and singular.</param>
internal sealed record CloudVocabulary(
    string Product,
    IReadOnlyList<string> TellingFields,
    IReadOnlyDictionary<string, string[]> Abbreviations,
    IReadOnlyDictionary<string, string[]> Synonyms)
{
    /// <summary>The scheme of the addresses of what can be read.</summary>
    public required string Scheme { get; init; }

    /// <summary>The models of the objects that people look at most, for the forms of their addresses.</summary>
    public required IReadOnlyList<string> Entities { get; init; }

    /// <summary>The command that lists what the caller may call.</summary>
    public required string CommandList { get; init; }

    /// <summary>The command that lists jobs that aren't done.</summary>
    public required string JobList { get; init; }

    /// <summary>The parameter without which lists show less than the caller may see, or null.</summary>
    public string? WidestScope { get; init; }

    /// <summary>What to say beside such a list.</summary>
    public string ScopeNote { get; init; } = "";
}
