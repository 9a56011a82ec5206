using CloudStack.Simulator.Jobs;

namespace CloudStack.Simulator.State;

/// <summary>One change of the cloud, with all it takes to make it again.</summary>
/// <param name="Number">Counts the attempts to change the cloud; it decides the identifiers that the change gives out.</param>
/// <param name="Time">When it happened, by the cloud's clock.</param>
/// <param name="Command">The command, or one of the names below for what isn't a command's work.</param>
/// <param name="UserId">The user who called, or null.</param>
/// <param name="Parameters">The command's parameters as sent.</param>
/// <param name="Jobs">What was decided for its jobs.</param>
internal sealed record Change(
    long Number, DateTimeOffset Time, string Command, string? UserId, IReadOnlyDictionary<string, string> Parameters, IReadOnlyList<JobFate> Jobs)
{
    /// <summary>A restart of the management server.</summary>
    public const string Restart = "(restart)";

    /// <summary>An object made for a test; the parameter <c>class</c> says of what class.</summary>
    public const string Sample = "(sample)";

    /// <summary>A second factor that its user proved.</summary>
    public const string Proof = "(proof)";

    /// <summary>A file that was uploaded; <c>path</c> and <c>bytes</c> say which and how large.</summary>
    public const string Upload = "(upload)";

    /// <summary>How far the clock's own numbering was before it, where changes before it were left out; else null.</summary>
    public long? Order { get; init; }

    /// <summary>How it came out; making it again must come out the same.</summary>
    public ChangeOutcome Outcome { get; init; }
}

/// <summary>How a change came out.</summary>
/// <param name="Code">200, or the error's code.</param>
/// <param name="Touched">How many facts of the cloud it changed.</param>
internal readonly record struct ChangeOutcome(int Code, long Touched);
