using System.Buffers;
using System.Text.Json;
using Cloud.Core.Catalog;

namespace CloudStack.Mcp.Server.Tools;

/// <summary>
/// Writes the JSON Schema of what a direct tool answers. It's as loose as servers are: some send numbers as text, an answer
/// leaves empty fields out, and a masked or cut value is a text.
/// </summary>
internal static class OutputSchema
{
    /// <summary>Writes a command's schema.</summary>
    /// <param name="command">The command.</param>
    /// <param name="result">The class of its result, or null.</param>
    public static JsonElement Of(CommandSpec command, ResultSpec? result)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var w = new Utf8JsonWriter(buffer))
        {
            w.WriteStartObject();
            w.WriteString("type", "object");
            w.WriteStartObject("properties");
            if (command is { IsRead: true, IsList: true })
            {
                WriteTypes(w, "count", "integer");
                WriteTypes(w, "total", "integer");
                WriteTypes(w, "cursor", "string");
                w.WriteStartObject("rows");
                w.WriteString("type", "array");
                w.WritePropertyName("items");
                WriteObject(w, result);
                w.WriteEndObject();
            }
            else
            {
                if (!command.IsRead)
                {
                    WriteTypes(w, "status", "string");
                    WriteTypes(w, "job", "string");
                }

                w.WritePropertyName("result");
                WriteObject(w, result);
            }

            w.WriteEndObject();
            w.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }

    private static void WriteObject(Utf8JsonWriter w, ResultSpec? result)
    {
        w.WriteStartObject();
        w.WriteString("type", "object");
        if (result is { Fields.Count: > 0 })
        {
            w.WriteStartObject("properties");
            foreach (var field in result.Fields)
            {
                WriteTypes(w, field.Name, Types(field.Type));
            }

            w.WriteEndObject();
        }

        w.WriteEndObject();
    }

    private static string[] Types(FieldType type) => type switch
    {
        FieldType.String or FieldType.Date => ["string", "number", "boolean"],
        FieldType.Integer or FieldType.Number => ["number", "string"],
        FieldType.Boolean => ["boolean", "string"],
        FieldType.List => ["array", "string"],
        FieldType.Map or FieldType.Object => ["object", "string"],
        _ => [],
    };

    private static void WriteTypes(Utf8JsonWriter w, string name, params string[] types)
    {
        w.WriteStartObject(name);
        if (types.Length == 1)
        {
            w.WriteString("type", types[0]);
        }
        else if (types.Length > 1)
        {
            w.WriteStartArray("type");
            foreach (var type in types)
            {
                w.WriteStringValue(type);
            }

            w.WriteEndArray();
        }

        w.WriteEndObject();
    }
}
