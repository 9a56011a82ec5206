using System.Security.Claims;
using CloudStack.Mcp.Http.Resumption;
using CloudStack.Mcp.Server.Protocol;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Http;

/// <summary>One client's conversation with a server of its own: of many requests in the session revisions, of one in the stateless ones.</summary>
internal sealed class HttpSession : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly McpServer _server;
    private readonly StoredStreams? _stored;
    private readonly ListenerStream? _unasked;
    private readonly Lazy<Task> _speaking;
    private readonly Task _running;

    private HttpSession(string? id, string? owner, StoredStreams? stored, ListenerStream? unasked, McpServerOptions options, ILoggerFactory? logger)
    {
        (Id, Owner, _stored, _unasked) = (id ?? "", owner, stored, unasked);
#pragma warning disable MCP9006 // The newest revision has no sessions; the older ones, which have, are spoken here too.
        Transport = new StreamableHttpServerTransport(logger) { SessionId = id, Stateless = id is null, EventStreamStore = stored };
#pragma warning restore MCP9006
        // The SDK's transport lets a session's own stream be opened once: it speaks into one that outlives its listeners.
        _speaking = new Lazy<Task>(() => Transport.HandleGetRequestAsync(_unasked!));
        options.Filters.Message.IncomingFilters.Add(EndCancelled);
        _server = McpServer.Create(Transport, options, logger);
        _running = id is null ? _server.RunAsync(_end.Token) : ToolListWatch.RunAsync(_server, _end.Token);
    }

    /// <summary>Begins one of many requests.</summary>
    /// <param name="id">The session's name.</param>
    /// <param name="owner">Who began it, or null where callers aren't known.</param>
    /// <param name="stored">Keeps what was sent, for clients whose connection breaks.</param>
    /// <param name="unasked">What the server says unasked, on its way to who listens.</param>
    /// <param name="options">What the server tells and does.</param>
    /// <param name="logger">Hears of faults, or null.</param>
    public static HttpSession Begin(
        string id, string? owner, StoredStreams stored, ListenerStream unasked, McpServerOptions options, ILoggerFactory? logger) =>
        new(id, owner, stored, unasked, options, logger);

    /// <summary>Begins one of a single request.</summary>
    /// <param name="options">What the server tells and does.</param>
    /// <param name="logger">Hears of faults, or null.</param>
    public static HttpSession Alone(McpServerOptions options, ILoggerFactory? logger) => new(null, null, null, null, options, logger);

    /// <summary>The session's name; empty for a single request.</summary>
    public string Id { get; }

    /// <summary>Who began it, or null where callers aren't known.</summary>
    public string? Owner { get; }

    /// <summary>True once its client has introduced itself.</summary>
    public bool HasBegun => _server.ClientInfo is not null;

    /// <summary>The way to the client.</summary>
    public StreamableHttpServerTransport Transport { get; }

    /// <summary>When it was last used. Only read and set under the table's lock.</summary>
    public DateTimeOffset LastUsed { get; set; }

    /// <summary>How many calls are under way. Only read and set under the table's lock.</summary>
    public int Calls { get; set; }

    /// <summary>How many streams its client listens to. Only read and set under the table's lock.</summary>
    public int Streams { get; set; }

    /// <summary>Lets a connection listen to what the server says unasked, in place of one that listened before, until it's gone.</summary>
    /// <param name="connection">Where it goes.</param>
    /// <param name="cancellationToken">Ends when the connection is gone.</param>
    public async Task ListenAsync(Stream connection, CancellationToken cancellationToken)
    {
        await connection.FlushAsync(cancellationToken);
        var listening = _unasked!.ListenAsync(connection, cancellationToken);
        _ = _speaking.Value;
        await listening;
    }

    /// <summary>
    /// What a session is bound to: its caller, with the roles by which its tools were chosen. Who has lost a role, or gained one,
    /// begins a session anew.
    /// </summary>
    /// <param name="user">The caller as authenticated, or nobody.</param>
    public static string? OwnerOf(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true }
        ? string.Join('\n', user.FindAll(ClaimTypes.Role).Select(role => role.Value).Order(StringComparer.Ordinal).Prepend(user.FindFirstValue(ClaimTypes.NameIdentifier)))
        : null;

    /// <summary>Ends it, and the work under way in it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        await _end.CancelAsync();
        if (_unasked is not null)
        {
            await _unasked.EndAsync();
        }

        if (_speaking.IsValueCreated)
        {
            await _speaking.Value.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
        finally
        {
            await _server.DisposeAsync();
            _stored?.Forget(Id);
            _end.Dispose();
        }
    }

    // A request that was cancelled gets no answer, so that nothing else would end its POST.
    private static McpMessageHandler EndCancelled(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        try
        {
            await next(context, cancellationToken);
        }
        catch (OperationCanceledException) when (
            cancellationToken.IsCancellationRequested && context.JsonRpcMessage is JsonRpcRequest { Context.RelatedTransport: not null })
        {
            await context.JsonRpcMessage.Context!.RelatedTransport!.DisposeAsync();
            throw;
        }
    };
}
