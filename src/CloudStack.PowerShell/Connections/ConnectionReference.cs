namespace CloudStack.PowerShell.Connections;

/// <summary>A connection as an argument: its name, or the connection itself.</summary>
public sealed class ConnectionReference
{
    /// <summary>Takes a name.</summary>
    /// <param name="name">The connection's name.</param>
    public ConnectionReference(string name) => Name = name ?? "";

    /// <summary>Takes a connection, of this session or of another.</summary>
    /// <param name="connection">The connection.</param>
    public ConnectionReference(CloudConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        Name = connection.Name;
        Connection = connection;
    }

    /// <summary>The connection's name.</summary>
    public string Name { get; }

    internal CloudConnection? Connection { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
