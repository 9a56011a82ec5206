using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Pipeline;

/// <summary>A host that passes everything on except the results; for operations run for their outcome alone.</summary>
/// <param name="host">Where the rest goes.</param>
internal sealed class WithoutResults(IOperationHost host) : IOperationHost
{
    public ValueTask EmitAsync(CloudObject result, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<ConfirmationAnswer> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) =>
        host.ConfirmAsync(confirmation, cancellationToken);

    public void Report(OperationProgress progress) => host.Report(progress);

    public void Warn(string message) => host.Warn(message);

    public void Verbose(string message) => host.Verbose(message);
}
