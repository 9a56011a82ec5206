using Cloud.Core.Catalog;

namespace CloudStack.Mcp.Server.Results;

/// <summary>A read as it was asked for.</summary>
/// <param name="Command">The command.</param>
/// <param name="Arguments">Its arguments as they were given.</param>
/// <param name="Fields">The fields wanted; empty for the default.</param>
/// <param name="Skip">How many rows of a list come before.</param>
/// <param name="Limit">How many rows of a list are wanted.</param>
internal sealed record ReadRequest(
    CommandSpec Command, IReadOnlyDictionary<string, object?> Arguments, IReadOnlyList<string> Fields, long Skip, long Limit)
{
    /// <summary>A condition on the rows, looked at on this side after the server's own; null for none.</summary>
    public string? Filter { get; init; }

    /// <summary>The fields to group the rows by, instead of listing them.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>The figures of each group; empty for the count alone.</summary>
    public IReadOnlyList<string> Measures { get; init; } = [];

    /// <summary>True where figures are asked for and no rows.</summary>
    public bool IsAggregate => Groups.Count + Measures.Count > 0;
}
