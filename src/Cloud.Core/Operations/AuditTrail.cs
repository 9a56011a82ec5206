using Cloud.Core.Audit;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Security;

namespace Cloud.Core.Operations;

/// <summary>
/// The fourth step of an operation: its lines in the audit trail. A change gets one before it's sent and one after; a
/// read, and whatever ends before it's sent, gets the last one only. Where the first line can't be written, nothing is sent.
/// </summary>
internal sealed class AuditTrail(
    IAuditLog log, TimeProvider time, OperationRequest request, Uri endpoint, BoundCommand command, IOperationHost host)
{
    private readonly long _begun = time.GetTimestamp();
    private readonly string _operation = Guid.NewGuid().ToString("D");
    private BoundCommand _command = command;
    private string _confirmation = "none";
    private string? _job;

    public void Use(BoundCommand command) => _command = command;

    public void Confirmed(ConfirmationAnswer answer) => _confirmation = answer.ToString().ToLowerInvariant();

    public void Started(string jobId) => _job = jobId;

    public async ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        if (_command.Spec.Effect.Effect != Effect.Read)
        {
            await log.AppendAsync(Record(AuditPhase.Begin), cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask EndAsync(OperationOutcome outcome) => AppendEndAsync(
        Record(AuditPhase.End) with { Outcome = outcome.Status.ToString().ToLowerInvariant(), Job = outcome.JobId ?? _job });

    public ValueTask FailAsync(Exception error)
    {
        var known = error as CloudException;
        known?.NoteRequest(_operation);
        return AppendEndAsync(Record(AuditPhase.End) with
        {
            Outcome = error is OperationCanceledException ? "cancelled" : "failed",
            Cause = known?.Cause.ToString(),
            Error = known?.Message,
        });
    }

    // What happened is recorded even when the caller has gone; a record that fails doesn't turn a done thing into an error.
    private async ValueTask AppendEndAsync(AuditRecord record)
    {
        var timed = record with { DurationMs = time.GetElapsedTime(_begun).TotalMilliseconds };
        try
        {
            await log.AppendAsync(timed, CancellationToken.None).ConfigureAwait(false);
        }
        catch (CloudException error)
        {
            host.Warn($"The outcome of {record.Command} ({record.Outcome}) could not be recorded: {error.Message}");
        }
    }

    private AuditRecord Record(AuditPhase phase) => new()
    {
        Time = time.GetUtcNow(),
        Phase = phase,
        Operation = _operation,
        Caller = request.Caller,
        Profile = request.Profile,
        Server = endpoint.Host,
        Command = _command.Spec.Name,
        Effect = _command.Spec.Effect.Effect,
        Arguments = Redaction.Arguments(_command),
        Confirmation = _confirmation,
        Job = _job,
    };
}
