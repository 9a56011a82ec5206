using System.Globalization;
using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.Mcp.CommandLine;

/// <summary>The face an operation talks to when it's called from a shell: results are kept for the end, the rest goes to standard error.</summary>
/// <param name="consent">Confirms changes.</param>
internal sealed class ConsoleHost(ConsoleConsent consent) : IOperationHost
{
    private readonly List<CloudObject> _objects = [];

    /// <summary>What was emitted.</summary>
    public IReadOnlyList<CloudObject> Objects => _objects;

    /// <inheritdoc/>
    public ValueTask EmitAsync(CloudObject result, CancellationToken cancellationToken)
    {
        _objects.Add(result);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<ConfirmationAnswer> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) =>
        ValueTask.FromResult(consent.Decide(confirmation));

    /// <inheritdoc/>
    public void Report(OperationProgress progress)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{progress.Activity}: {progress.Status} ({progress.Elapsed.TotalSeconds:0} s)"));
        }
    }

    /// <inheritdoc/>
    public void Warn(string message) => Console.Error.WriteLine($"Warning: {message}");

    /// <inheritdoc/>
    public void Verbose(string message)
    {
    }
}
