using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Tests.Support;

/// <summary>A tool's answer, as a client reads it.</summary>
internal sealed class Answer
{
    public Answer(CallToolResult result)
    {
        IsError = result.IsError == true;
        Text = Assert.Single(result.Content.OfType<TextContentBlock>()).Text;
        Link = result.Content.OfType<ResourceLinkBlock>().SingleOrDefault()?.Uri;
        Json = JsonElement.Parse(Text);
        Structured = result.StructuredContent;
    }

    public bool IsError { get; }

    public string Text { get; }

    public JsonElement Json { get; }

    public JsonElement? Structured { get; }

    /// <summary>The address of what the answer leaves out, or null.</summary>
    public string? Link { get; }

    public JsonElement Error => Json.GetProperty("error");

    public string Message => Error.GetProperty("message").GetString()!;

    public string Next => Error.GetProperty("next").GetString()!;

    public string Cause => Error.GetProperty("cause").GetString()!;

    public JsonElement[] Rows => [.. Json.GetProperty("rows").EnumerateArray()];

    public string this[string name] => Json.GetProperty(name).ToString();

    public bool Has(string name) => Json.TryGetProperty(name, out _);
}
