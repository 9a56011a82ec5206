using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using CloudStack.Mcp.Http.Resumption;
using CloudStack.Mcp.Server.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Http;

/// <summary>The address where MCP is spoken: messages come by POST, a session's other messages go out by GET, DELETE ends it.</summary>
/// <param name="options">What a server tells and does, for the request that begins a session or stands alone.</param>
/// <param name="sessions">The sessions of the older revisions.</param>
/// <param name="stored">Keeps what is sent to sessions.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Hears of faults, or null.</param>
/// <param name="stopping">Ends the streams that have no end of their own.</param>
internal sealed class McpEndpoint(
    Func<HttpContext, McpServerOptions> options, SessionTable sessions, StoredStreams stored, TimeProvider time, ILoggerFactory? logger, CancellationToken stopping)
{
    /// <summary>The header that names a session.</summary>
    public const string SessionHeader = "Mcp-Session-Id";

    private readonly ILogger? _log = logger?.CreateLogger<McpEndpoint>();
    private readonly ListenEndpoint _listening = new(sessions, stored, stopping);

    /// <summary>Serves one request.</summary>
    /// <param name="context">The request.</param>
    public async Task ServeAsync(HttpContext context)
    {
        try
        {
            await (context.Request.Method switch
            {
                "POST" => PostAsync(context),
                "GET" => _listening.ServeAsync(context),
                "DELETE" => DeleteAsync(context),
                _ => EventStream.RefuseMethodAsync(context, "GET, POST, DELETE"),
            });
        }
        catch (OperationCanceledException) when (
            context.RequestAborted.IsCancellationRequested || (stopping.IsCancellationRequested && context.Response.HasStarted))
        {
            // The client has gone, or the server stops.
        }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            var ended = error is OperationCanceledException or ObjectDisposedException;
            if (!ended)
            {
                _log?.LogError(error, "A request failed inside the server.");
            }

            await (ended ? Refusal.NoSuchSession() : new Refusal(500, (int)McpErrorCode.InternalError, "The server failed inside.")).WriteAsync(context);
        }
    }

    private async Task PostAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (!EventStream.Accepts(headers, "application/json") || !EventStream.Accepts(headers, EventStream.Type))
        {
            await Refusal.Http(StatusCodes.Status406NotAcceptable, $"Accept both application/json and {EventStream.Type}.").WriteAsync(context);
            return;
        }

        var (message, refusal) = await MessageReader.ReadAsync(context.Request, context.RequestAborted);
        refusal ??= RevisionRules.Check(headers, message!)?.Of(message);
        if (refusal is not null)
        {
            await refusal.WriteAsync(context);
            return;
        }

        message!.Context = new JsonRpcMessageContext
        {
            ProtocolVersion = RevisionRules.RevisionOf(headers),
            User = context.User.Identity is { IsAuthenticated: true } ? context.User : null,
        };
        await (ProtocolRevision.IsStateless(message.Context.ProtocolVersion) ? AnswerAloneAsync(context, message)
            : headers[SessionHeader].ToString() is { Length: > 0 } id ? AnswerInSessionAsync(context, message, id)
            : BeginAsync(context, message));
    }

    private async Task AnswerAloneAsync(HttpContext context, JsonRpcMessage message)
    {
        await using var session = HttpSession.Alone(options(context), logger);
        await CarryAsync(context, session, message);
    }

    private async Task AnswerInSessionAsync(HttpContext context, JsonRpcMessage message, string id)
    {
        if (sessions.Enter(id, HttpSession.OwnerOf(context.User), stream: false) is not { } session)
        {
            await Refusal.NoSuchSession().Of(message).WriteAsync(context);
            return;
        }

        try
        {
            await CarryAsync(context, session, message);
        }
        finally
        {
            sessions.Leave(session, stream: false);
        }
    }

    private async Task BeginAsync(HttpContext context, JsonRpcMessage message)
    {
        if (message is not JsonRpcRequest { Method: RequestMethods.Initialize })
        {
            await Refusal.Http(StatusCodes.Status400BadRequest, $"Begin a session with initialize, and send its {SessionHeader} with every request.")
                .Of(message).WriteAsync(context);
            return;
        }

        var session = HttpSession.Begin(
            NewId(), HttpSession.OwnerOf(context.User), stored, new ListenerStream(time), options(context), logger);
        if (!await sessions.TryAddAsync(session))
        {
            await session.DisposeAsync();
            context.Response.Headers.RetryAfter = "10";
            await Refusal.Http(StatusCodes.Status503ServiceUnavailable, "All of this server's sessions are busy; come back in 10 seconds.")
                .Of(message).WriteAsync(context);
            return;
        }

        var began = false;
        try
        {
            context.Response.Headers[SessionHeader] = session.Id;
            began = await CarryAsync(context, session, message) && session.HasBegun;
        }
        finally
        {
            sessions.Leave(session, stream: false);
            if (!began)
            {
                await sessions.EndAsync(session.Id, session.Owner);
            }
        }
    }

    // Answers false where the first thing sent was an error.
    private async Task<bool> CarryAsync(HttpContext context, HttpSession session, JsonRpcMessage message)
    {
        var failed = false;
        ValueTask Starting(JsonRpcMessage? first)
        {
            if (first is JsonRpcError { Error: { } error })
            {
                failed = true;
                if (ProtocolRevision.IsStateless(message.Context!.ProtocolVersion))
                {
                    context.Response.StatusCode = StatusOf((McpErrorCode)error.Code);
                }
            }

            return ValueTask.CompletedTask;
        }

        // A subscription ends with its client or with the server; everything else may finish its answer.
        using var end = message is JsonRpcRequest { Method: RequestMethods.SubscriptionsListen }
            ? CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping)
            : CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        EventStream.Begin(context);
        try
        {
            if (await HandleAsync(session, message, context.Response.Body, Starting, end.Token))
            {
                // Also one that was cancelled, and has nothing to be resumed for.
                stored.End(session.Id, ((JsonRpcRequest)message).Id);
            }
            else
            {
                context.Response.Headers.ContentType = default;
                context.Response.StatusCode = StatusCodes.Status202Accepted;
            }

            return !failed;
        }
        catch (Exception error) when (!context.Response.HasStarted && error is (JsonException or InvalidOperationException or ArgumentException))
        {
            context.Response.Headers.Remove(SessionHeader);
            await Refusal.Bad(McpErrorCode.InvalidParams, "The parameters of initialize aren't what the protocol says.").Of(message).WriteAsync(context);
            return false;
        }
    }

    private async Task<bool> HandleAsync(
        HttpSession session, JsonRpcMessage message, Stream body, Func<JsonRpcMessage?, ValueTask> starting, CancellationToken cancellationToken)
    {
        if (message is not JsonRpcRequest { Method: RequestMethods.SubscriptionsListen })
        {
            return await session.Transport.HandlePostRequestAsync(message, body, starting, cancellationToken);
        }

        await using var subscription = new ListenerStream(time);
        var listening = subscription.ListenAsync(body, cancellationToken);
        try
        {
            return await session.Transport.HandlePostRequestAsync(message, subscription, starting, cancellationToken);
        }
        finally
        {
            await subscription.EndAsync();
            await listening;
        }
    }

    private async Task DeleteAsync(HttpContext context)
    {
        if (ProtocolRevision.IsStateless(RevisionRules.RevisionOf(context.Request.Headers)))
        {
            await EventStream.RefuseMethodAsync(context, "POST");
        }
        else if (await sessions.EndAsync(context.Request.Headers[SessionHeader].ToString(), HttpSession.OwnerOf(context.User)))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        else
        {
            await Refusal.NoSuchSession().WriteAsync(context);
        }
    }

    private static int StatusOf(McpErrorCode code) => code switch
    {
        McpErrorCode.MethodNotFound => StatusCodes.Status404NotFound,
        McpErrorCode.MissingRequiredClientCapability or McpErrorCode.UnsupportedProtocolVersion or McpErrorCode.HeaderMismatch
            => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status200OK,
    };

    private static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
}
