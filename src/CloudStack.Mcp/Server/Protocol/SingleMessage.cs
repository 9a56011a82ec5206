using System.Threading.Channels;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Server.Protocol;

/// <summary>One message of a connection as a connection of its own: a server that serves it ends when it's answered.</summary>
internal sealed class SingleMessage : ITransport
{
    private readonly ITransport _connection;
    private readonly Channel<JsonRpcMessage> _received = Channel.CreateUnbounded<JsonRpcMessage>();

    /// <summary>Takes a message out of its connection.</summary>
    /// <param name="connection">Where it came from, and where what is said to it goes.</param>
    /// <param name="message">The message.</param>
    public SingleMessage(ITransport connection, JsonRpcMessage message)
    {
        _connection = connection;
        _received.Writer.TryWrite(message);
        _received.Writer.Complete();
    }

    /// <inheritdoc/>
    public string? SessionId => _connection.SessionId;

    /// <inheritdoc/>
    public ChannelReader<JsonRpcMessage> MessageReader => _received.Reader;

    /// <inheritdoc/>
    public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) =>
        _connection.SendMessageAsync(message, cancellationToken);

    /// <remarks>The connection goes on.</remarks>
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
