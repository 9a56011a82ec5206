using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client;

namespace CloudStack.PowerShell.Connections;

/// <summary>One connection of a session, as <c>Get-CsConnection</c> shows it. It shows no secret.</summary>
public sealed class CloudConnection : IDisposable
{
    private readonly Func<CancellationToken, Task>? _logOut;
    private readonly IDisposable? _resource;

    /// <summary>Makes a connection.</summary>
    /// <param name="name">The name people call it by.</param>
    /// <param name="user">Who is connected: an API key's beginning, a user, or the simulator's.</param>
    /// <param name="provider">The cloud.</param>
    /// <param name="runner">Runs operations on it.</param>
    /// <param name="resource">What to let go of with the connection, or null.</param>
    /// <param name="logOut">Ends the session on the server, or null where there is none.</param>
    internal CloudConnection(
        string name, string user, ICloudProvider provider, IOperations runner, IDisposable? resource,
        Func<CancellationToken, Task>? logOut = null)
    {
        Name = name;
        User = user;
        Provider = provider;
        Names = new Completion.KnownNames(provider, TimeProvider.System);
        Runner = runner;
        _resource = resource;
        _logOut = logOut;
    }

    /// <summary>The name people call it by.</summary>
    public string Name { get; }

    /// <summary>The server's address.</summary>
    public Uri Url => Provider.Endpoint;

    /// <summary>Who is connected, without secrets.</summary>
    public string User { get; }

    /// <summary>True where cmdlets use it when they aren't told which.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>Where and as whom it was opened, for a diagnosis; null for a cloud in memory.</summary>
    internal CloudStackConnection? Settings { get; init; }

    /// <summary>True where another connection leads to the same cloud, perhaps as somebody else.</summary>
    internal bool LeadsTo(CloudConnection other) =>
        ReferenceEquals(this, other) || (Settings is not null && other.Settings is not null && Url == other.Url);

    /// <summary>True where it was let go of and serves nobody any more.</summary>
    internal bool IsClosed { get; private set; }

    internal ICloudProvider Provider { get; }

    /// <summary>The names of its objects, for completion.</summary>
    internal Completion.KnownNames Names { get; }

    internal IOperations Runner { get; }

    /// <summary>The commands that the catalog doesn't know and the server was found to list.</summary>
    internal IReadOnlySet<string> Learned { get; set; } = new HashSet<string>();

    /// <summary>What answers requests for a simulated cloud's files, or null where they lie on servers of their own.</summary>
    internal HttpMessageHandler? FileHandler { get; init; }

    /// <summary>The simulated cloud behind it, or null for a real one.</summary>
    internal Simulator.SimulatedCloud? Simulation { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsClosed = true;
        _resource?.Dispose();
    }

    /// <summary>Works over the connection, which another command may close before or meanwhile.</summary>
    /// <exception cref="CloudException"><see cref="ErrorCause.NotConnected"/>: it's closed.</exception>
    internal void WhileOpen(Action<CloudConnection> work)
    {
        try
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            work(this);
        }
        catch (ObjectDisposedException) when (IsClosed)
        {
            throw ConnectionTable.Closed(Name);
        }
    }

    /// <summary>Ends the session on the server, if there is one.</summary>
    /// <exception cref="Cloud.Core.Errors.CloudException">The server can't be told; it ends an idle session by itself.</exception>
    internal Task LogOutAsync(CancellationToken cancellationToken) => _logOut?.Invoke(cancellationToken) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
