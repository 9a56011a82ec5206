using Cloud.Core.Operations;

namespace CloudStack.Mcp.Engines;

/// <summary>Carries operations out by calling the runner, with no shell between.</summary>
/// <param name="runner">The runner, made when first needed.</param>
/// <param name="provider">The cloud, opened when first needed.</param>
internal sealed class DirectEngine(Lazy<OperationRunner> runner, Lazy<ICloudProvider> provider) : IEngine
{
    /// <inheritdoc/>
    public Task<OperationOutcome> RunAsync(OperationRequest request, IOperationHost host, CancellationToken cancellationToken) =>
        runner.Value.RunAsync(request, provider.Value, host, cancellationToken);

    /// <inheritdoc/>
    public Task<JobSnapshot> FollowAsync(string jobId, string? command, IOperationHost host, CancellationToken cancellationToken) =>
        runner.Value.FollowAsync(jobId, command, provider.Value, host, cancellationToken);

    /// <inheritdoc/>
    public Task<JobSnapshot> PollAsync(string jobId, string? command, CancellationToken cancellationToken)
    {
        var cloud = provider.Value;
        return cloud.PollAsync(jobId, command is null ? null : cloud.Catalog.FindCommand(command), cancellationToken);
    }
}
