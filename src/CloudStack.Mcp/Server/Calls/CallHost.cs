using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Server.Tools;
using CloudStack.Mcp.Telemetry;

namespace CloudStack.Mcp.Server.Calls;

/// <summary>The face an operation talks to during one tool call.</summary>
/// <param name="gate">Decides on changes.</param>
/// <param name="caller">Who calls.</param>
/// <param name="offer">What the call brought along to confirm itself.</param>
/// <param name="sieve">Takes what is emitted, so that it isn't kept; null to keep it.</param>
internal sealed class CallHost(
    ConfirmationGate gate, IToolCaller caller, ConfirmationOffer offer, RowSieve? sieve = null) : IOperationHost
{
    private const int MostWarnings = 20;

    private readonly List<CloudObject> _objects = [];
    private readonly List<string> _warnings = [];
    private readonly TaskCompletionSource<string> _job = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _answered;

    /// <summary>What was emitted and kept.</summary>
    public IReadOnlyList<CloudObject> Objects => _objects;

    /// <summary>What was warned of.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Ends with the job's id when the operation follows one.</summary>
    public Task<string> Job => _job.Task;

    /// <summary>The question that was put, or null.</summary>
    public Confirmation? Question { get; private set; }

    /// <summary>What was decided on it, or null.</summary>
    public GateDecision? Decision { get; private set; }

    /// <summary>Ends the reports: a caller that has its answer must hear no more of the call.</summary>
    public void Close() => _answered = true;

    /// <inheritdoc/>
    public ValueTask EmitAsync(CloudObject result, CancellationToken cancellationToken)
    {
        if (sieve is null)
        {
            _objects.Add(result);
        }
        else
        {
            sieve.Take(result);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public bool TakesMore => sieve?.TakesMore ?? true;

    /// <inheritdoc/>
    public bool KeepsObjects => sieve?.KeepsObjects ?? true;

    /// <inheritdoc/>
    public async ValueTask<ConfirmationAnswer> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        Question = confirmation;
        try
        {
            Decision = await gate.DecideAsync(confirmation, offer, caller, cancellationToken);
            ToolTelemetry.Confirmed(Decision.Answer);
            return Decision.Answer;
        }
        catch (CloudException)
        {
            ToolTelemetry.Confirmed(null);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Report(OperationProgress progress)
    {
        if (!_answered)
        {
            caller.Report(progress);
        }

        if (progress.JobId is { } job)
        {
            _job.TrySetResult(job);
        }
    }

    /// <inheritdoc/>
    public void Warn(string message)
    {
        if (_warnings.Count < MostWarnings)
        {
            _warnings.Add(message);
        }
    }

    /// <inheritdoc/>
    public void Verbose(string message)
    {
    }
}
