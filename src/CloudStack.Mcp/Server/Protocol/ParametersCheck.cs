using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Server.Protocol;

/// <summary>Says so where a request fails for its parameters, which the SDK would call an error of the server.</summary>
internal static class ParametersCheck
{
    /// <summary>The filter of incoming messages.</summary>
    /// <param name="next">What serves the message.</param>
    public static McpMessageHandler Of(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        try
        {
            await next(context, cancellationToken);
        }
        catch (Exception error) when (
            context.JsonRpcMessage is JsonRpcRequest request && (error is JsonException || !IsReadable(request.Params)))
        {
            throw new McpProtocolException(
                "The request's parameters aren't of the form that the protocol says; correct them and ask again.", McpErrorCode.InvalidParams);
        }
    };

    // The parser lets a key stand twice, and a text hold half a character; whoever reads them throws.
    private static bool IsReadable(JsonNode? node)
    {
        try
        {
            return node switch
            {
                JsonObject members => members.All(member => IsReadable(member.Value)),
                JsonArray items => items.All(IsReadable),
                JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>() is not null,
                _ => true,
            };
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }
}
