using System.Globalization;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Engines.Pipelines;

/// <summary>The face of a pipeline that only says what it would change: notes each change and lets none through.</summary>
/// <param name="caller">Who calls.</param>
internal sealed class PlanFace(IToolCaller caller) : IOperationHost
{
    private readonly List<Confirmation> _changes = [];

    /// <summary>The changes in their order.</summary>
    public IReadOnlyList<Confirmation> Changes => _changes;

    /// <inheritdoc/>
    public ValueTask<ConfirmationAnswer> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken)
    {
        if (_changes.Count == PipelinePlan.MostChanges)
        {
            throw new CloudException(
                ErrorCause.OutOfResources,
                string.Create(CultureInfo.InvariantCulture, $"The pipeline would change more than {PipelinePlan.MostChanges} objects; nothing was changed."),
                "Do it in parts: narrow the pipeline, or put Select-Object -First before the change.");
        }

        _changes.Add(confirmation);
        return ValueTask.FromResult(ConfirmationAnswer.WhatIf);
    }

    /// <inheritdoc/>
    public void Report(OperationProgress progress) => caller.Report(progress);

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
