using Cloud.Core.Operations;

namespace CloudStack.PowerShell.Connections;

/// <summary>One connection of a session, as <c>Get-CsConnection</c> shows it. It shows no secret.</summary>
public sealed class CloudConnection : IDisposable
{
    private readonly IDisposable? _resource;

    /// <summary>Makes a connection.</summary>
    /// <param name="name">The name people call it by.</param>
    /// <param name="user">Who is connected: an API key's beginning, a user, or the simulator's.</param>
    /// <param name="provider">The cloud.</param>
    /// <param name="runner">Runs operations on it.</param>
    /// <param name="resource">What to let go of with the connection, or null.</param>
    internal CloudConnection(string name, string user, ICloudProvider provider, OperationRunner runner, IDisposable? resource)
    {
        Name = name;
        User = user;
        Provider = provider;
        Runner = runner;
        _resource = resource;
    }

    /// <summary>The name people call it by.</summary>
    public string Name { get; }

    /// <summary>The server's address.</summary>
    public Uri Url => Provider.Endpoint;

    /// <summary>Who is connected, without secrets.</summary>
    public string User { get; }

    /// <summary>True where cmdlets use it when they aren't told which.</summary>
    public bool IsDefault { get; internal set; }

    internal ICloudProvider Provider { get; }

    internal OperationRunner Runner { get; }

    /// <inheritdoc/>
    public void Dispose() => _resource?.Dispose();

    /// <inheritdoc/>
    public override string ToString() => Name;
}
