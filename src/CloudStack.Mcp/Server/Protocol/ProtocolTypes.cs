using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Server.Protocol;

/// <summary>
/// Compiles what the SDK needs to read and write a client's greeting. It sets all its handlers up at once, and the serializer's
/// generic code for their fields is in no assembly: that's a quarter of the start, and done meanwhile on another core.
/// </summary>
internal static class ProtocolTypes
{
    private static readonly Type[] Needed =
    [
        typeof(JsonRpcMessage), typeof(InitializeRequestParams), typeof(ClientCapabilities), typeof(Implementation), typeof(Icon),
        typeof(InitializeResult), typeof(ServerCapabilities), typeof(ListToolsResult), typeof(Tool), typeof(ToolAnnotations),
        typeof(CallToolRequestParams), typeof(CallToolResult), typeof(ListPromptsResult), typeof(Prompt), typeof(PromptArgument),
        typeof(GetPromptResult), typeof(PromptMessage), typeof(ListResourcesResult), typeof(Resource), typeof(Annotations),
        typeof(ReadResourceResult), typeof(CompleteResult), typeof(Completion),
    ];

    /// <summary>Begins; nobody has to wait for it.</summary>
    public static void Prepare() => Task.Run(() =>
    {
        foreach (var type in Needed)
        {
            _ = McpJsonUtilities.DefaultOptions.GetTypeInfo(type);
        }
    });
}
