using Cloud.Core.Operations;

namespace CloudStack.Mcp.Engines.Pipelines;

/// <summary>What became of a planned change.</summary>
internal enum ChangeState
{
    NotDone,
    Done,
    Failed,
    Unknown,
}

/// <summary>One change of a plan while the plan is applied.</summary>
/// <param name="planned">The change as it was confirmed.</param>
internal sealed class AppliedChange(Confirmation planned)
{
    /// <summary>The change as it was confirmed.</summary>
    public Confirmation Planned => planned;

    /// <summary>What became of it.</summary>
    public ChangeState State { get; set; }

    /// <summary>Its job, or null.</summary>
    public string? JobId { get; set; }

    /// <summary>Tells whether a change is this one: the same command, arguments and target, as they were shown.</summary>
    /// <param name="asked">The change.</param>
    public bool Is(Confirmation asked) => asked.Digest == planned.Digest && asked.TargetText == planned.TargetText;
}
