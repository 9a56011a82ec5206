namespace Cloud.Core.Catalog;

/// <summary>What a command does to the cloud, in rising order of danger.</summary>
public enum Effect
{
    /// <summary>Changes nothing.</summary>
    Read,

    /// <summary>Creates or alters something; no running service stops, nothing is lost.</summary>
    Change,

    /// <summary>Stops, restarts or cuts off a running service.</summary>
    Disrupt,

    /// <summary>Loses data or a resource.</summary>
    Destroy,

    /// <summary>Loses many resources at once, or locks people out.</summary>
    Critical,
}

/// <summary>How far a command's consequences reach.</summary>
public enum BlastRadius
{
    /// <summary>The named resource.</summary>
    Resource,

    /// <summary>Everything of an account, project or domain.</summary>
    Account,

    /// <summary>A zone or a large part of one.</summary>
    Zone,

    /// <summary>The whole cloud.</summary>
    Cloud,
}

/// <summary>The reviewed safety facts of one command.</summary>
public sealed record EffectSpec
{
    /// <summary>The marker for <see cref="Typed"/> that asks for the command's own name.</summary>
    public const string TypedCommand = "@command";

    /// <summary>What the command does.</summary>
    public required Effect Effect { get; init; }

    /// <summary>True where another command brings the former state back without a backup.</summary>
    public bool Reversible { get; init; } = true;

    /// <summary>How far the consequences reach.</summary>
    public BlastRadius Blast { get; init; }

    /// <summary>One sentence naming the consequence; empty for <see cref="Catalog.Effect.Read"/> and <see cref="Catalog.Effect.Change"/>.</summary>
    public string Warning { get; init; } = "";

    /// <summary>For <see cref="Catalog.Effect.Critical"/>: the parameter whose target must be typed, or <see cref="TypedCommand"/>.</summary>
    public string? Typed { get; init; }
}
