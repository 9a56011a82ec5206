using Cloud.Core.Operations;

namespace CloudStack.Mcp.Engines;

/// <summary>Carries operations out by calling the runner, with no shell between.</summary>
/// <param name="cloud">The cloud.</param>
internal sealed class DirectEngine(EngineCloud cloud) : IEngine
{
    /// <inheritdoc/>
    public Task<OperationOutcome> RunAsync(OperationRequest request, IOperationHost host, CancellationToken cancellationToken) =>
        cloud.Runner.Value.RunAsync(request, cloud.Provider.Value, host, cancellationToken);

    /// <inheritdoc/>
    public Task<JobSnapshot> FollowAsync(string jobId, string? command, IOperationHost host, CancellationToken cancellationToken) =>
        cloud.Runner.Value.FollowAsync(jobId, command, cloud.Provider.Value, host, cancellationToken);

    /// <inheritdoc/>
    public Task<JobSnapshot> PollAsync(string jobId, string? command, CancellationToken cancellationToken)
    {
        var provider = cloud.Provider.Value;
        return provider.PollAsync(jobId, command is null ? null : provider.Catalog.FindCommand(command), cancellationToken);
    }
}
