using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Pipeline;

/// <summary>A host that notes on each result which connection it came over.</summary>
/// <param name="host">Where everything goes.</param>
/// <param name="connection">The connection's name.</param>
internal sealed class NotedResults(IOperationHost host, string connection) : IOperationHost
{
    public ValueTask EmitAsync(CloudObject result, CancellationToken cancellationToken)
    {
        result.NoteConnection(connection);
        return host.EmitAsync(result, cancellationToken);
    }

    public ValueTask<ConfirmationAnswer> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) =>
        host.ConfirmAsync(confirmation, cancellationToken);

    public void Report(OperationProgress progress) => host.Report(progress);

    public void Warn(string message) => host.Warn(message);

    public void Verbose(string message) => host.Verbose(message);
}
