using System.Text.Json;
using System.Text.Json.Nodes;
using CloudStack.Mcp.Server.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Server.Protocol;

/// <summary>
/// Answers <c>subscriptions/listen</c> of the stateless revisions. The one thing that is announced is a changed list of tools:
/// prompts and resources are always the same, and of an object that changes in the cloud nobody tells this server.
/// </summary>
/// <param name="tools">The tools.</param>
internal sealed class ListenHandler(IToolTable tools)
{
    /// <summary>Acknowledges what will be announced, and announces it until the client goes; where that's nothing, it ends at once.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> context, CancellationToken cancellationToken)
    {
        var announces = tools.CanChange && context.Params!.Notifications.ToolsListChanged == true;
        var granted = new SubscriptionsListenNotifications { ToolsListChanged = announces ? true : null };
        await SendAsync(
            context,
            NotificationMethods.SubscriptionsAcknowledgedNotification,
            new JsonObject { ["notifications"] = JsonSerializer.SerializeToNode(granted, McpJsonUtilities.DefaultOptions) },
            cancellationToken);
        while (announces)
        {
            await tools.ChangeAsync(cancellationToken);
            await SendAsync(context, NotificationMethods.ToolListChangedNotification, [], cancellationToken);
        }

        return new EmptyResult();
    }

    private static Task SendAsync(MessageContext context, string method, JsonObject members, CancellationToken cancellationToken)
    {
        members["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/subscriptionId"] = JsonSerializer.SerializeToNode(
                ((JsonRpcRequest)context.JsonRpcMessage).Id, McpJsonUtilities.DefaultOptions),
        };
        return context.Server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = members }, cancellationToken);
    }
}
