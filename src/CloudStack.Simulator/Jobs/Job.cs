using Cloud.Core.Catalog;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Jobs;

/// <summary>A job and its timetable.</summary>
internal sealed class Job(CommandSpec command, Caller caller, Work work, Entity record)
{
    public CommandSpec Command { get; } = command;

    public Caller Caller { get; } = caller;

    public Work Work { get; } = work;

    /// <summary>The job as <c>queryAsyncJobResult</c> answers it.</summary>
    public Entity Record { get; } = record;

    public DateTimeOffset Starts { get; init; }

    public DateTimeOffset Ends { get; init; }

    /// <summary>True where it would keep what it's queued on for longer than the server lets it.</summary>
    public bool IsTooLong { get; init; }

    /// <summary>How the job is made to fail, or null.</summary>
    public FaultKind? Fault { get; init; }

    /// <summary>The event that later events of the job point to, or null.</summary>
    public Entity? FirstEvent { get; set; }

    /// <summary>True once hosts were told what to do.</summary>
    public bool HasBegun { get; set; }

    /// <summary>What the job touches and was part of the cloud when it was submitted.</summary>
    public IReadOnlyList<Entity> Needs { get; } = [.. work.Touches.Where(entity => entity.Table is not null)];

    public bool IsPending => Record.Number("jobstatus") == 0;
}

/// <summary>How far a pending job is, in percent of its time.</summary>
internal sealed class JobProgress(Job job, TimeProvider clock) : FieldSource
{
    public override object? Read()
    {
        var whole = job.Ends - job.Starts;
        var past = clock.GetUtcNow() - job.Starts;
        return whole <= TimeSpan.Zero ? 0L : Math.Clamp((long)(100 * (past / whole)), 0, 99);
    }
}
