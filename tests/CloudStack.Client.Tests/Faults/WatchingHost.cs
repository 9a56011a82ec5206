using System.Text;
using System.Text.Json;
using Cloud.Core.Audit;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.Client.Tests.Faults;

/// <summary>Approves everything, and keeps all that a person, a log or the audit trail would get to see.</summary>
internal sealed class WatchingHost : IOperationHost, IAuditLog
{
    private readonly StringBuilder _seen = new();

    public List<CloudObject> Emitted { get; } = [];

    public string Seen => _seen.ToString();

    public ValueTask EmitAsync(CloudObject result, CancellationToken cancellationToken)
    {
        Emitted.Add(result);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ConfirmationAnswer> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        _seen.AppendLine(confirmation.TargetText).AppendLine(JsonSerializer.Serialize(confirmation.Arguments));
        return ValueTask.FromResult(ConfirmationAnswer.Approved);
    }

    public void Report(OperationProgress progress) => _seen.AppendLine(progress.ToString());

    public void Warn(string message) => _seen.AppendLine(message);

    public void Verbose(string message) => _seen.AppendLine(message);

    public ValueTask AppendAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        _seen.AppendLine(JsonSerializer.Serialize(record));
        return ValueTask.CompletedTask;
    }

    public void See(CloudException error) => _seen.AppendLine(error.ToString()).AppendLine(error.NextStep)
        .AppendLine(error.ServerText).AppendJoin('\n', error.Problems).AppendLine();
}
