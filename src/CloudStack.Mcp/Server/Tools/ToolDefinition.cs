using System.Buffers;
using System.Text.Json;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Server.Tools;

/// <summary>What a client is told about a tool.</summary>
/// <param name="Name">The tool's name.</param>
/// <param name="Title">Its name for people.</param>
/// <param name="Description">What it does, for the model.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Annotations">Hints on its effect.</param>
internal sealed record ToolDefinition(
    string Name, string Title, string Description, IReadOnlyList<ArgumentRule> Arguments, ToolAnnotations Annotations)
{
    /// <summary>The schema of the arguments of the command that the tool stands for; null for a tool of its own.</summary>
    public JsonElement? CommandSchema { get; init; }

    /// <summary>The schema of what it answers, or null where clients aren't told.</summary>
    public JsonElement? OutputSchema { get; init; }

    /// <summary>The definition as the protocol lists it.</summary>
    public Tool ToProtocol() => new()
    {
        Name = Name,
        Title = Title,
        Description = Description,
        InputSchema = Schema(),
        OutputSchema = OutputSchema,
        Annotations = Annotations,
    };

    private JsonElement Schema()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var w = new Utf8JsonWriter(buffer))
        {
            w.WriteStartObject();
            w.WriteString("type", "object");
            w.WriteStartObject("properties");
            foreach (var property in Properties(CommandSchema))
            {
                property.WriteTo(w);
            }

            foreach (var argument in Arguments)
            {
                WriteProperty(w, argument);
            }

            w.WriteEndObject();
            string[] required = [.. Required(CommandSchema), .. Arguments.Where(a => a.Required).Select(a => a.Name)];
            if (required.Length > 0)
            {
                w.WriteStartArray("required");
                foreach (var name in required)
                {
                    w.WriteStringValue(name);
                }

                w.WriteEndArray();
            }

            w.WriteBoolean("additionalProperties", false);
            w.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static JsonElement.ObjectEnumerator Properties(JsonElement? schema) =>
        schema is { } known && known.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : default;

    private static IEnumerable<string> Required(JsonElement? schema) =>
        schema is { } known && known.TryGetProperty("required", out var required)
            ? required.EnumerateArray().Select(name => name.GetString()!)
            : [];

    private static void WriteProperty(Utf8JsonWriter w, ArgumentRule argument)
    {
        w.WriteStartObject(argument.Name);
        w.WriteString("type", argument.Kind switch
        {
            ArgumentKind.Text => "string",
            ArgumentKind.Texts => "array",
            ArgumentKind.Integer => "integer",
            _ => "object",
        });
        if (argument.Kind == ArgumentKind.Texts)
        {
            w.WriteStartObject("items");
            w.WriteString("type", "string");
            w.WriteEndObject();
        }
        else if (argument is { Kind: ArgumentKind.Integer, IsBrief: false })
        {
            w.WriteNumber("minimum", argument.Least);
            w.WriteNumber("maximum", argument.Most);
            if (argument.Default is { } value)
            {
                w.WriteNumber("default", value);
            }
        }

        if (argument.Meaning.Length > 0)
        {
            w.WriteString("description", argument.Meaning);
        }

        w.WriteEndObject();
    }
}
