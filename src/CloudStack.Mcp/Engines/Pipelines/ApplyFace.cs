using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Engines.Pipelines;

/// <summary>The face of a pipeline whose plan was confirmed: lets the plan's changes through, each once, and nothing else.</summary>
/// <param name="plan">The plan.</param>
/// <param name="caller">Who calls.</param>
internal sealed class ApplyFace(PipelinePlan plan, IToolCaller caller) : IOperationHost
{
    private readonly AppliedChange[] _changes = [.. plan.Changes.Select(change => new AppliedChange(change))];
    private AppliedChange? _current;

    /// <summary>The plan's changes, and what became of each.</summary>
    public IReadOnlyList<AppliedChange> Changes => _changes;

    /// <inheritdoc/>
    public ValueTask<ConfirmationAnswer> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        End();
        _current = Array.Find(_changes, change => change.State == ChangeState.NotDone && change.Is(confirmation)) ?? throw new CloudException(
            ErrorCause.NotConfirmed,
            $"The plan has changed: {PipelinePlan.Target(confirmation)} isn't in what was confirmed.",
            "Call again without a token to see the new plan.")
        {
            Command = confirmation.Command.Name,
        };
        _current.State = ChangeState.Unknown;
        return ValueTask.FromResult(ConfirmationAnswer.Approved);
    }

    /// <summary>Notes that the change that is under way ended well.</summary>
    public void End()
    {
        if (_current is not null)
        {
            _current.State = ChangeState.Done;
            _current = null;
        }
    }

    /// <summary>Notes that the change that is under way failed.</summary>
    /// <param name="cause">Why.</param>
    public void Fail(ErrorCause cause)
    {
        // Where the wait ended and not the work, what became of it isn't known.
        if (_current is not null && cause is not (ErrorCause.OutcomeUnknown or ErrorCause.TimedOut))
        {
            _current.State = ChangeState.Failed;
        }
    }

    /// <inheritdoc/>
    public void Report(OperationProgress progress)
    {
        if (_current is not null && progress.JobId is { } job)
        {
            _current.JobId = job;
        }

        caller.Report(progress);
    }

    /// <inheritdoc/>
    public ValueTask EmitAsync(CloudObject result, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void Warn(string message)
    {
    }

    /// <inheritdoc/>
    public void Verbose(string message)
    {
    }
}
