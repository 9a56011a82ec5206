using Cloud.Core.Confirmations;
using CloudStack.Mcp.Server.Calls;

namespace CloudStack.Mcp.Stores;

/// <summary>What the replicas of a server share: redeemed confirmation tokens, the commands behind started jobs, and callers' rates.</summary>
internal abstract class SharedStore : IAsyncDisposable
{
    /// <summary>The tokens that were redeemed.</summary>
    public abstract IUsedTokens UsedTokens { get; }

    /// <summary>The commands that started jobs.</summary>
    public abstract IStartedJobs Jobs { get; }

    /// <summary>The callers' rates.</summary>
    public abstract IRateCounter Rates { get; }

    /// <summary>Where it's kept, in a few words without a secret.</summary>
    public abstract string Place { get; }

    /// <summary>Checks that it can be used.</summary>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">It can't.</exception>
    public abstract Task CheckAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
