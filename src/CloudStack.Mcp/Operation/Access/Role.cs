namespace CloudStack.Mcp.Operation.Access;

/// <summary>What callers of one kind may do.</summary>
/// <param name="Name">The name that keys and tokens carry.</param>
/// <param name="Limit">What they may do, on top of the limits that hold for everyone.</param>
internal sealed record Role(string Name, LimitRule Limit)
{
    /// <summary>The roles of a server whose operator names none.</summary>
    public static IReadOnlyList<Role> BuiltIn { get; } =
    [
        new("admin", LimitRule.None) { Metrics = true },
        new("reader", LimitRule.None with { ReadOnly = true }),
    ];

    /// <summary>The clouds they reach; empty for all.</summary>
    public IReadOnlyList<string> Clouds { get; init; } = [];

    /// <summary>True where they may read the metrics.</summary>
    public bool Metrics { get; init; }

    /// <summary>Tells whether they reach a cloud.</summary>
    /// <param name="cloud">Its name.</param>
    public bool Reaches(string cloud) => Clouds.Count == 0 || Clouds.Contains(cloud, StringComparer.Ordinal);
}
