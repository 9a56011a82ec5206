using System.Net.ServerSentEvents;
using System.Text.Json;
using CloudStack.Mcp.Server.Protocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Http.Resumption;

#pragma warning disable MCP9006 // The newest revision has no sessions; the older ones, which have, are spoken here too.

/// <summary>One stream of a session: the answer to one request, or what the server says unasked.</summary>
/// <param name="store">Keeps its events.</param>
/// <param name="session">The session's name.</param>
/// <param name="name">The stream's name in its session.</param>
/// <param name="number">Its number in the store.</param>
internal sealed class StoredStream(StoredStreams store, string session, string name, long number) : ISseEventStreamWriter
{
    /// <summary>The session's name.</summary>
    public string Session => session;

    /// <summary>The stream's name in its session.</summary>
    public string Name => name;

    /// <summary>Its number in the store.</summary>
    public long Number => number;

    /// <summary>Its events that are still kept, oldest first. Only read and changed under the store's lock.</summary>
    public LinkedList<LinkedListNode<StoredEvent>> Events { get; } = new();

    /// <summary>How many events there were. Only read and changed under the store's lock.</summary>
    public long Count { get; set; }

    /// <summary>True when no event comes any more. Only read and changed under the store's lock.</summary>
    public bool IsDone { get; set; }

    /// <summary>Ends when there is another event, or none comes any more. Only read and changed under the store's lock.</summary>
    public TaskCompletionSource More { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <remarks>Nothing here ends a stream before its answer has come, which is what the other mode is for.</remarks>
    /// <inheritdoc/>
    public ValueTask SetModeAsync(SseEventStreamMode mode, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<SseItem<JsonRpcMessage?>> WriteEventAsync(SseItem<JsonRpcMessage?> sseItem, CancellationToken cancellationToken = default)
    {
        if (sseItem.EventId is not null)
        {
            return ValueTask.FromResult(sseItem);
        }

        var json = sseItem.Data is null ? [] : JsonSerializer.SerializeToUtf8Bytes(sseItem.Data, JsonRpcText.Form);
        return ValueTask.FromResult(new SseItem<JsonRpcMessage?>(sseItem.Data, sseItem.EventType)
        {
            EventId = store.Add(this, json, isLast: sseItem.Data is JsonRpcResponse or JsonRpcError),
            ReconnectionInterval = sseItem.ReconnectionInterval,
        });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        store.End(this);
        return ValueTask.CompletedTask;
    }
}
