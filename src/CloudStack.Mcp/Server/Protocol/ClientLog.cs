using System.Text.Json.Nodes;
using CloudStack.Mcp.Server.Tools;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Server.Protocol;

#pragma warning disable MCP9005 // The newest revision advises against logging, and still has it.

/// <summary>
/// Tells a client how each call ended, where it asked to hear it: by <c>logging/setLevel</c> in the session revisions, with each
/// request in the stateless ones. A call that failed is a warning, every other is information.
/// </summary>
internal static class ClientLog
{
    private const string Message = "notifications/message";

    /// <summary>Tells of a call, before its answer.</summary>
    /// <param name="context">The call.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static Task TellAsync(
        RequestContext<CallToolRequestParams> context, ToolAnswer answer, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        var level = answer.IsError ? LoggingLevel.Warning : LoggingLevel.Info;
        if (LeastOf(context) is not { } least || level < least)
        {
            return Task.CompletedTask;
        }

        var said = new JsonObject
        {
            ["level"] = answer.IsError ? "warning" : "info",
            ["logger"] = CloudMcpServer.ProgramName,
            ["data"] = new JsonObject
            {
                ["tool"] = context.Params!.Name,
                ["outcome"] = answer.IsError ? "failed" : "completed",
                ["milliseconds"] = Math.Round(elapsed.TotalMilliseconds, 1),
            },
        };
        return context.Server.SendMessageAsync(new JsonRpcNotification { Method = Message, Params = said }, cancellationToken);
    }

    private static LoggingLevel? LeastOf(RequestContext<CallToolRequestParams> context) =>
        context.JsonRpcRequest.Context is { } request && ProtocolRevision.IsStateless(request.ProtocolVersion)
            ? request.LogLevel
            : context.Server.LoggingLevel;
}
