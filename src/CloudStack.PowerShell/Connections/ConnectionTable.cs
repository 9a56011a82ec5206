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
            return [.. references.Select(Find)];
        }

        return All is [.., var last]
            ? [last]
            : throw new CloudException(
                ErrorCause.NotConnected,
                "This session isn't connected to a cloud.",
                "Connect first: Connect-CsCloud -Url … -ApiKey …, or Connect-CsCloud -Simulator to try things out.");
    }

    private CloudConnection Find(ConnectionReference reference) =>
        (reference.Connection is { IsClosed: false } open ? open : null)
        ?? All.FirstOrDefault(c => string.Equals(c.Name, reference.Name, StringComparison.OrdinalIgnoreCase))
        ?? throw new CloudException(
            ErrorCause.NotConnected,
            $"This session has no connection '{reference.Name}'.",
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
