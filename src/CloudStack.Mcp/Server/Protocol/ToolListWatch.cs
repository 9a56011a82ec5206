using CloudStack.Mcp.Server.Tools;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Server.Protocol;

/// <summary>
/// Has the SDK tell a session's client when the list of tools changes: that's what the SDK does when this collection, in which
/// there never is a tool, says that it has changed.
/// </summary>
/// <param name="tools">The tools.</param>
internal sealed class ToolListWatch(IToolTable tools) : McpServerPrimitiveCollection<McpServerTool>
{
    /// <summary>Runs a session's server, and watches its list meanwhile.</summary>
    /// <param name="server">The server.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(McpServer server, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = (server.ServerOptions.ToolCollection as ToolListWatch)?.WatchAsync(end.Token) ?? Task.CompletedTask;
        try
        {
            await server.RunAsync(cancellationToken);
        }
        finally
        {
            await end.CancelAsync();
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await tools.ChangeAsync(cancellationToken);
            RaiseChanged();
        }
    }
}
