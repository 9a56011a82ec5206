using System.Text;
using System.Text.Json;
using CloudStack.Mcp.Server.Tools;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Server.Results;

/// <summary>An answer in the protocol's words: as text, as structure, and with a link to what it leaves out.</summary>
internal static class ProtocolResult
{
    /// <summary>Puts an answer into the protocol's words.</summary>
    /// <param name="answer">The answer.</param>
    public static CallToolResult Of(ToolAnswer answer)
    {
        var reader = new Utf8JsonReader(answer.Json.Span);
        List<ContentBlock> content = [new TextContentBlock { Text = Encoding.UTF8.GetString(answer.Json.Span) }];
        if (answer.Rest is { } rest)
        {
            content.Add(new ResourceLinkBlock
            {
                Uri = rest.ToString(),
                Name = "rest",
                Title = "The rows that are left out",
                MimeType = "application/json",
            });
        }

        return new CallToolResult
        {
            Content = content,
            StructuredContent = JsonElement.ParseValue(ref reader),
            IsError = answer.IsError ? true : null,
        };
    }
}
