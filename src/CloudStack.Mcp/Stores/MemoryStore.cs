using Cloud.Core.Confirmations;
using CloudStack.Mcp.Server.Calls;

namespace CloudStack.Mcp.Stores;

/// <summary>A store in the memory of one process, for a server without replicas.</summary>
/// <param name="time">The clock.</param>
internal sealed class MemoryStore(TimeProvider time) : SharedStore
{
    /// <inheritdoc/>
    public override IUsedTokens UsedTokens { get; } = new MemoryUsedTokens(time);

    /// <inheritdoc/>
    public override IStartedJobs Jobs { get; } = new StartedJobs();

    /// <inheritdoc/>
    public override IRateCounter Rates { get; } = new MemoryRateCounter(time);

    /// <inheritdoc/>
    public override string Place => "memory";

    /// <inheritdoc/>
    public override Task CheckAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
