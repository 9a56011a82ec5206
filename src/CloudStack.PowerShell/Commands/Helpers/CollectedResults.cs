using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Commands.Helpers;

/// <summary>A host that keeps the results, for a cmdlet that makes something of them, and passes everything else on.</summary>
/// <param name="host">Where the rest goes.</param>
internal sealed class CollectedResults(IOperationHost host) : IOperationHost
{
    private readonly List<CloudObject> _results = [];

    /// <summary>What was emitted so far.</summary>
    public IReadOnlyList<CloudObject> Results => _results;

    public ValueTask EmitAsync(CloudObject result, CancellationToken cancellationToken)
    {
        _results.Add(result);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ConfirmationAnswer> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) =>
        host.ConfirmAsync(confirmation, cancellationToken);

    public void Report(OperationProgress progress) => host.Report(progress);

    public void Warn(string message) => host.Warn(message);

    public void Verbose(string message) => host.Verbose(message);
}
