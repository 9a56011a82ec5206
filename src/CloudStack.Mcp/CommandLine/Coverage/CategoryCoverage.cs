using Cloud.Core.Catalog;

namespace CloudStack.Mcp.CommandLine.Coverage;

/// <summary>What is built for the commands of one category, or of all.</summary>
internal sealed record CategoryCoverage
{
    /// <summary>The category's name.</summary>
    public required string Name { get; init; }

    /// <summary>Commands in the catalog.</summary>
    public required int Commands { get; init; }

    /// <summary>Commands with a compiled cmdlet that calls them.</summary>
    public required int Cmdlets { get; init; }

    /// <summary>Commands with a direct tool.</summary>
    public required int Tools { get; init; }

    /// <summary>Commands with both a synopsis and a description.</summary>
    public required int Described { get; init; }

    /// <summary>Commands with an example.</summary>
    public required int Examples { get; init; }

    /// <summary>Parameters of the commands.</summary>
    public required int Parameters { get; init; }

    /// <summary>Parameters with an explanation.</summary>
    public required int Explained { get; init; }

    /// <summary>Commands by effect.</summary>
    public required IReadOnlyDictionary<Effect, int> Effects { get; init; }

    /// <summary>Commands with a life cycle of their own in the simulator.</summary>
    public required int Lifecycles { get; init; }

    /// <summary>Commands that the simulator answers generically.</summary>
    public required int Generic { get; init; }

    /// <summary>Adds categories up.</summary>
    /// <param name="parts">The categories.</param>
    public static CategoryCoverage Sum(IReadOnlyCollection<CategoryCoverage> parts) => new()
    {
        Name = "all",
        Commands = parts.Sum(p => p.Commands),
        Cmdlets = parts.Sum(p => p.Cmdlets),
        Tools = parts.Sum(p => p.Tools),
        Described = parts.Sum(p => p.Described),
        Examples = parts.Sum(p => p.Examples),
        Parameters = parts.Sum(p => p.Parameters),
        Explained = parts.Sum(p => p.Explained),
        Effects = Enum.GetValues<Effect>().ToDictionary(effect => effect, effect => parts.Sum(p => p.Effects[effect])),
        Lifecycles = parts.Sum(p => p.Lifecycles),
        Generic = parts.Sum(p => p.Generic),
    };
}
