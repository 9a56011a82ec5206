using System.Security.Claims;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Http;

/// <summary>One client's conversation with a server of its own: of many requests in the session revisions, of one in the stateless ones.</summary>
internal sealed class HttpSession : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly McpServer _server;
    private readonly Task _running;

    /// <summary>Begins one.</summary>
    /// <param name="id">The session's name, or null for a single request.</param>
    /// <param name="owner">Who began it, or null where callers aren't known.</param>
    /// <param name="options">What the server tells and does.</param>
    /// <param name="logger">Hears of faults, or null.</param>
    public HttpSession(string? id, string? owner, McpServerOptions options, ILoggerFactory? logger)
    {
        (Id, Owner) = (id ?? "", owner);
        Transport = new StreamableHttpServerTransport(logger) { SessionId = id, Stateless = id is null };
        _server = McpServer.Create(Transport, options, logger);
        _running = _server.RunAsync(_end.Token);
    }

    /// <summary>The session's name; empty for a single request.</summary>
    public string Id { get; }

    /// <summary>Who began it, or null where callers aren't known.</summary>
    public string? Owner { get; }

    /// <summary>The way to the client.</summary>
    public StreamableHttpServerTransport Transport { get; }

    /// <summary>When it was last used. Only read and set under the table's lock.</summary>
    public DateTimeOffset LastUsed { get; set; }

    /// <summary>How many calls are under way. Only read and set under the table's lock.</summary>
    public int Calls { get; set; }

    /// <summary>How many streams its client listens to. Only read and set under the table's lock.</summary>
    public int Streams { get; set; }

    /// <summary>The name of a caller that a session is bound to.</summary>
    /// <param name="user">The caller as authenticated, or nobody.</param>
    public static string? OwnerOf(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true } identity
        ? user.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? user.FindFirst("sub")?.Value ?? identity.Name
        : null;

    /// <summary>Ends it, and the work under way in it.</summary>
    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        await _end.CancelAsync();
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
            _end.Dispose();
        }
    }
}
