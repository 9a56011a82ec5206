using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Pipeline;

/// <summary>A host for one of several jobs: that a job goes on is worth a warning only where the person ended the wait.</summary>
/// <param name="host">Where the rest goes.</param>
/// <param name="stopped">Cancelled where the person ended the wait.</param>
internal sealed class WaitedResults(IOperationHost host, CancellationToken stopped) : IOperationHost
{
    public ValueTask EmitAsync(CloudObject result, CancellationToken cancellationToken) => host.EmitAsync(result, cancellationToken);

    public ValueTask<ConfirmationAnswer> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) =>
        host.ConfirmAsync(confirmation, cancellationToken);

    public void Report(OperationProgress progress) => host.Report(progress);

    public void Warn(string message)
    {
        if (stopped.IsCancellationRequested)
        {
            host.Warn(message);
        }
        else
        {
            host.Verbose(message);
        }
    }

    public void Verbose(string message) => host.Verbose(message);
}
