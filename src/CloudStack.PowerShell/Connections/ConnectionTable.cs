using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Connections;

/// <summary>The connections of one session. The one made last is the default.</summary>
internal sealed class ConnectionTable
{
    private readonly object _lock = new();
    private readonly List<CloudConnection> _connections = [];

    /// <summary>All connections, oldest first.</summary>
    public IReadOnlyList<CloudConnection> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _connections];
            }
        }
    }

    /// <summary>Adds a connection and makes it the default; one of the same name is let go of.</summary>
    public void Add(CloudConnection connection)
    {
        lock (_lock)
        {
            Drop(connection.Name);
            _connections.Add(connection);
            MarkDefault();
        }
    }

    /// <summary>Lets go of a connection; the one made before it becomes the default.</summary>
    public void Remove(CloudConnection connection)
    {
        lock (_lock)
        {
            Drop(connection.Name);
            MarkDefault();
        }
    }

    /// <summary>Finds the connections that a cmdlet is to use.</summary>
    /// <param name="references">What <c>-Connection</c> named, or null for the default.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.NotConnected"/>: there is none, or none of that name.</exception>
    public IReadOnlyList<CloudConnection> Select(IReadOnlyList<ConnectionReference>? references)
    {
        if (references is { Count: > 0 })
        {
            return [.. references.Select(Find).Distinct()];
        }

        return All is [.., var last]
            ? [last]
            : throw NotConnected();
    }

    /// <summary>Finds the connections that a cmdlet is to use on objects that came over some connections.</summary>
    /// <remarks>An object is worked on in the cloud it came from: nobody meant a change to go to another.</remarks>
    /// <param name="named">What <c>-Connection</c> named, or null.</param>
    /// <param name="origins">The names of the connections that the objects came over; none for ids and names.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.InvalidArgument"/>: the objects are of different clouds, or of another one than named.</exception>
    public IReadOnlyList<CloudConnection> Select(IReadOnlyList<CloudConnection>? named, IReadOnlyList<string> origins)
    {
        var known = origins.Select(TryFind).OfType<CloudConnection>().ToList();
        if (known.Exists(origin => !origin.LeadsTo(known[0])))
        {
            throw new CloudException(
                ErrorCause.InvalidArgument,
                $"The objects are of different clouds: {string.Join(", ", origins)}.",
                "Give objects of one cloud at a time; nothing was sent.");
        }

        if (named is null)
        {
            return known.Count > 0 ? [known[^1]]
                : origins.Count == 0 ? Select(null)
                : throw NotOpen(origins[0]);
        }

        var fitting = known.Count == 0 ? named : [.. named.Where(connection => connection.LeadsTo(known[0]))];
        return fitting.Count > 0
            ? fitting
            : throw new CloudException(
                ErrorCause.InvalidArgument,
                $"The object came from '{origins[0]}', which is another cloud than '{string.Join("', '", named)}'.",
                "Leave -Connection out, or give the object's id if it's the same there; nothing was sent.");
    }

    private static CloudException NotConnected() => new(
        ErrorCause.NotConnected,
        "This session isn't connected to a cloud.",
        "Connect first: Connect-CsCloud -Url … -ApiKey …, or Connect-CsCloud -Simulator to try things out.");

    private CloudConnection Find(ConnectionReference reference) =>
        (reference.Connection is { IsClosed: false } open ? open : null)
        ?? TryFind(reference.Name)
        ?? throw (reference.Connection is { IsClosed: true } ? Closed(reference.Name) : NotOpen(reference.Name));

    private CloudConnection? TryFind(string name) =>
        All.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Says that a connection was closed.</summary>
    internal static CloudException Closed(string name) => new(
        ErrorCause.NotConnected, $"The connection '{name}' was closed.", "Connect again with Connect-CsCloud.");

    private CloudException NotOpen(string name) => new(
        ErrorCause.NotConnected,
        $"This session has no connection '{name}'.",
        All.Count == 0
            ? "Make it with Connect-CsCloud -Name."
            : $"The connections are: {string.Join(", ", All.Select(c => c.Name))}.");

    private void Drop(string name)
    {
        var index = _connections.FindIndex(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase));
        if (index >= 0)
        {
            _connections[index].Dispose();
            _connections.RemoveAt(index);
        }
    }

    private void MarkDefault()
    {
        for (var i = 0; i < _connections.Count; i++)
        {
            _connections[i].IsDefault = i == _connections.Count - 1;
        }
    }
}
