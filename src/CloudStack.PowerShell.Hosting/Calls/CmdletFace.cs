using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Hosting.Calls;

/// <summary>The face of one operation inside a cmdlet: everything goes the cmdlet's own way, and is noted where the cmdlet wouldn't hand it on.</summary>
/// <param name="operations">The call's operations.</param>
/// <param name="resultClass">The class of the operation's results; empty where it isn't known.</param>
/// <param name="cmdlet">The cmdlet.</param>
internal sealed class CmdletFace(HostedOperations operations, string resultClass, IOperationHost cmdlet) : IOperationHost
{
    /// <inheritdoc/>
    public ValueTask EmitAsync(CloudObject result, CancellationToken cancellationToken) =>
        cmdlet.EmitAsync(operations.Call.Seen?.Invoke(result, resultClass) ?? result, cancellationToken);

    /// <inheritdoc/>
    public bool TakesMore => operations.Call.Face.TakesMore;

    /// <inheritdoc/>
    public ValueTask<ConfirmationAnswer> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) =>
        operations.ConfirmAsync(confirmation, cmdlet, cancellationToken);

    /// <inheritdoc/>
    public void Report(OperationProgress progress)
    {
        if (progress.JobId is { } job)
        {
            operations.Follows(job);
        }

        cmdlet.Report(progress);
    }

    /// <inheritdoc/>
    public void Warn(string message) => cmdlet.Warn(message);

    /// <inheritdoc/>
    public void Verbose(string message) => cmdlet.Verbose(message);
}
