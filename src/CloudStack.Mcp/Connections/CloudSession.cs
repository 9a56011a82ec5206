using Cloud.Core.Jobs;
using Cloud.Core.Operations;

namespace CloudStack.Mcp.Connections;

/// <summary>A cloud that was opened.</summary>
/// <param name="name">The connection's name, for people and the audit trail.</param>
/// <param name="provider">The cloud.</param>
/// <param name="follow">How often its jobs are asked about.</param>
/// <param name="resources">What is let go of with it, in this order.</param>
internal sealed class CloudSession(string name, ICloudProvider provider, FollowPolicy follow, params IDisposable[] resources) : IDisposable
{
    /// <summary>The connection's name.</summary>
    public string Name { get; } = name;

    /// <summary>The cloud.</summary>
    public ICloudProvider Provider { get; } = provider;

    /// <summary>How often its jobs are asked about.</summary>
    public FollowPolicy Follow { get; } = follow;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var resource in resources)
        {
            resource.Dispose();
        }
    }
}
