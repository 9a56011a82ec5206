using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.CommandLine.Tour;

/// <summary>A tool's answer as the assistant gets it: one JSON object.</summary>
internal sealed class TourAnswer
{
    private readonly string _tool;

    /// <summary>Reads an answer.</summary>
    /// <param name="tool">The tool that answered.</param>
    /// <param name="result">What it answered.</param>
    /// <exception cref="TourMismatchException">It isn't one JSON object.</exception>
    public TourAnswer(string tool, CallToolResult result)
    {
        _tool = tool;
        IsError = result.IsError == true;
        var text = result.Content is [TextContentBlock block] ? block.Text : "";
        try
        {
            Json = JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            throw Expect.Mismatch($"The answer of {tool}", "a JSON object", text.Length > 0 ? text : "nothing");
        }
    }

    /// <summary>True where the call failed.</summary>
    public bool IsError { get; }

    /// <summary>The answer.</summary>
    public JsonElement Json { get; }

    /// <summary>The rows of a list.</summary>
    public IReadOnlyList<JsonElement> Rows => [.. Json.TryGetProperty("rows", out var rows) ? rows.EnumerateArray() : default];

    /// <summary>The object that a command gave.</summary>
    public JsonElement Result => Json.TryGetProperty("result", out var result) ? result : Json;

    /// <summary>Checks that the call went well.</summary>
    public TourAnswer Succeeded()
    {
        Expect.That(!IsError, $"The answer of {_tool}", "success", Json.GetRawText());
        return this;
    }

    /// <summary>Checks that the call failed for a certain cause.</summary>
    /// <param name="cause">The cause's name.</param>
    public TourAnswer Failed(string cause)
    {
        Expect.That(IsError, $"The answer of {_tool}", "an error", Json.GetRawText());
        Expect.Equal("The error's cause", cause, Text(Json.GetProperty("error"), "cause"));
        return this;
    }

    /// <summary>A member's text; empty where there is none.</summary>
    /// <param name="name">The member.</param>
    public string Text(string name) => Text(Json, name);

    /// <summary>A text of the error; empty where there is none.</summary>
    /// <param name="name">The member.</param>
    public string Error(string name) => Json.TryGetProperty("error", out var error) ? Text(error, name) : "";

    /// <summary>A member's text; empty where there is none.</summary>
    /// <param name="element">The object.</param>
    /// <param name="name">The member.</param>
    public static string Text(JsonElement element, string name) =>
        element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value) ? ""
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : value.GetRawText();
}
