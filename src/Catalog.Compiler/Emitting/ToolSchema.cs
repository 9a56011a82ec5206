using System.Buffers;
using System.Text.Json;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Emitting;

/// <summary>Writes the JSON Schema of a command's arguments, by wire names, as short as it can be said.</summary>
/// <param name="catalog">The catalog, which knows what can be named instead of identified.</param>
internal sealed class ToolSchema(CompiledCatalog catalog)
{
    // A command with dozens of parameters explains only those that need it; most schemas are far smaller.
    private const int MostBytes = 2000;

    private readonly ToolWords _words = new(catalog);

    /// <summary>Gives the schema as UTF-8.</summary>
    public ReadOnlySpan<byte> Write(CommandSpec command)
    {
        var whole = Write(command, brief: false);
        return whole.Length <= MostBytes ? whole : Write(command, brief: true);
    }

    private ReadOnlySpan<byte> Write(CommandSpec command, bool brief)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ToolsEmitter.Options))
        {
            Write(writer, command, brief);
        }

        return buffer.WrittenSpan;
    }

    private void Write(Utf8JsonWriter writer, CommandSpec command, bool brief)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        // Tools read lists in parts by a limit and a cursor of their own.
        foreach (var parameter in command.Parameters.Where(p => !(command.IsPaged && p.Name is "page" or "pagesize")))
        {
            writer.WriteStartObject(parameter.Name);
            WriteType(writer, parameter);
            if (_words.Of(command, parameter, brief) is { Length: > 0 } words)
            {
                writer.WriteString("description", words);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        WriteTexts(writer, "required", [.. command.Parameters.Where(p => p.Required).Select(p => p.Name)]);
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteEndObject();
    }

    private void WriteType(Utf8JsonWriter writer, ParameterSpec parameter)
    {
        switch (parameter.Type)
        {
            case ParameterType.List:
                writer.WriteString("type", "array");
                writer.WriteStartObject("items");
                WriteScalar(writer, parameter, parameter.ItemType);
                writer.WriteEndObject();
                break;
            case ParameterType.Map when parameter.Map!.Style == MapStyle.Records:
                writer.WriteString("type", "array");
                writer.WriteStartObject("items");
                WriteRecord(writer, parameter.Map);
                writer.WriteEndObject();
                break;
            case ParameterType.Map:
                writer.WriteString("type", "object");
                break;
            default:
                WriteScalar(writer, parameter, parameter.Type);
                break;
        }
    }

    private void WriteScalar(Utf8JsonWriter writer, ParameterSpec parameter, ParameterType type)
    {
        writer.WriteString("type", type switch
        {
            ParameterType.Boolean => "boolean",
            ParameterType.Integer or ParameterType.Short or ParameterType.Long => "integer",
            ParameterType.Double => "number",
            _ => "string",
        });
        if (parameter.Positive)
        {
            writer.WriteNumber("minimum", 1);
        }

        // A name is as good as an identifier where the runner can look it up.
        if (type == ParameterType.Uuid && !catalog.CanBeNamed(parameter))
        {
            writer.WriteString("format", "uuid");
        }

        WriteTexts(writer, "enum", parameter.Values);
    }

    private static void WriteRecord(Utf8JsonWriter writer, MapSpec map)
    {
        writer.WriteString("type", "object");
        if (map.Keys.Count > 0)
        {
            writer.WriteStartObject("properties");
            foreach (var key in map.Keys)
            {
                writer.WriteStartObject(key);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            if (!map.Open)
            {
                writer.WriteBoolean("additionalProperties", false);
            }
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
