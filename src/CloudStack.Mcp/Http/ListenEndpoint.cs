using CloudStack.Mcp.Http.Resumption;
using CloudStack.Mcp.Server.Protocol;
using Microsoft.AspNetCore.Http;

namespace CloudStack.Mcp.Http;

/// <summary>Where clients of a session listen: its own stream, or the rest of one whose connection broke.</summary>
/// <param name="sessions">The sessions.</param>
/// <param name="stored">Keeps what was sent.</param>
/// <param name="stopping">Ends the streams that have no end of their own.</param>
internal sealed class ListenEndpoint(SessionTable sessions, StoredStreams stored, CancellationToken stopping)
{
    private const string LastEventHeader = "Last-Event-ID";

    /// <summary>Serves one request.</summary>
    /// <param name="context">The request.</param>
    public async Task ServeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        if (ProtocolRevision.IsStateless(RevisionRules.RevisionOf(headers)))
        {
            await EventStream.RefuseMethodAsync(context, "POST");
            return;
        }

        var refusal = RevisionRules.CheckRevision(headers, ProtocolRevision.All)
            ?? (EventStream.Accepts(headers, EventStream.Type) ? null : Refusal.Http(StatusCodes.Status406NotAcceptable, $"Accept {EventStream.Type}."));
        if (refusal is not null)
        {
            await refusal.WriteAsync(context);
            return;
        }

        if (sessions.Enter(headers[McpEndpoint.SessionHeader].ToString(), HttpSession.OwnerOf(context.User), stream: true) is not { } session)
        {
            await Refusal.NoSuchSession().WriteAsync(context);
            return;
        }

        try
        {
            await ListenAsync(context, session);
        }
        finally
        {
            sessions.Leave(session, stream: true);
        }
    }

    private async Task ListenAsync(HttpContext context, HttpSession session)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            if (context.Request.Headers[LastEventHeader].ToString() is { Length: > 0 } last)
            {
                await ResumeAsync(context, stored.After(session.Id, last), end.Token);
            }
            else
            {
                EventStream.Begin(context);
                await session.ListenAsync(context.Response.Body, end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // That is how streams end.
        }
    }

    private static async Task ResumeAsync(HttpContext context, StreamReplay? replay, CancellationToken cancellationToken)
    {
        if (replay is null)
        {
            await Refusal.Http(StatusCodes.Status400BadRequest, $"What came after this {LastEventHeader} is no longer kept; ask anew.").WriteAsync(context);
            return;
        }

        EventStream.Begin(context);
        await replay.CopyToAsync(context.Response.Body, cancellationToken);
    }
}
