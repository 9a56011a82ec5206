using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Catalog.Compiler.Loading;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Emitting;

/// <summary>
/// Writes the tool manifest: <c>tools.jsonl</c>, one tool a line, and <c>aliases.jsonl</c>, one older name a line. Each line
/// starts with its <c>name</c>, so that a server can slice out one tool and send its schema without parsing the rest.
/// </summary>
internal sealed class ToolsEmitter : IEmitter
{
    /// <summary>Writes what JSON allows as it is; nothing of this goes into a web page.</summary>
    internal static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Target => "tools";

    public void Emit(CompiledCatalog catalog, OutputFolder output)
    {
        var schema = new ToolSchema(catalog);
        output.Write("tools.jsonl", Lines(catalog.Commands, (writer, command) => WriteTool(writer, command, schema)));
        output.Write("aliases.jsonl", Lines(catalog.Aliases, WriteAlias));
    }

    private static void WriteTool(Utf8JsonWriter writer, CommandSpec command, ToolSchema schema)
    {
        writer.WriteStartObject();
        writer.WriteString("name", ToolName.Of(command.Name));
        if (command.Cmdlet is not null)
        {
            writer.WriteString("title", command.Cmdlet);
        }

        writer.WriteString("command", command.Name);
        writer.WriteString("toolset", ToolName.Toolset(command.Category));
        writer.WriteString("effect", command.Effect.Effect.ToString().ToLowerInvariant());
        if (command.Synopsis.Length > 0)
        {
            writer.WriteString("description", ToolWords.Plain(command.Synopsis));
        }

        writer.WritePropertyName("inputSchema");
        writer.WriteRawValue(schema.Write(command));
        writer.WriteEndObject();
    }

    private static void WriteAlias(Utf8JsonWriter writer, ToolAlias alias)
    {
        writer.WriteStartObject();
        writer.WriteString("name", alias.Name);
        if (alias.IsExact)
        {
            writer.WriteString("tool", ToolName.Of(alias.Commands[0]));
        }
        else
        {
            writer.WriteStartArray("near");
            foreach (var command in alias.Commands)
            {
                writer.WriteStringValue(ToolName.Of(command));
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static ReadOnlySpan<byte> Lines<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var item in items)
        {
            using (var writer = new Utf8JsonWriter(buffer, Options))
            {
                write(writer, item);
            }

            buffer.Write("\n"u8);
        }

        return buffer.WrittenSpan;
    }
}
