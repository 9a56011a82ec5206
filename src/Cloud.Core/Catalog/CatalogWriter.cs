using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cloud.Core.Catalog;

/// <summary>Writes the line files that <see cref="CommandCatalog"/> reads. Defaults are left out to keep the lines short.</summary>
public static class CatalogWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes commands, one JSON object a line, in the order given.</summary>
    /// <param name="commands">The commands.</param>
    /// <returns>UTF-8 lines.</returns>
    public static byte[] WriteCommands(IEnumerable<CommandSpec> commands) => WriteLines(commands, WriteCommand);

    /// <summary>Writes result classes, one JSON object a line, in the order given.</summary>
    /// <param name="results">The result classes.</param>
    /// <returns>UTF-8 lines.</returns>
    public static byte[] WriteResults(IEnumerable<ResultSpec> results) => WriteLines(results, WriteResult);

    private static byte[] WriteLines<T>(IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
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

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteCommand(Utf8JsonWriter w, CommandSpec c)
    {
        w.WriteStartObject();
        w.WriteString("name", c.Name);
        Text(w, "cmdlet", c.Cmdlet);
        w.WriteString("category", c.Category);
        WriteEffect(w, c.Effect);
        w.WriteString("outer", c.Envelope.Outer);
        Text(w, "inner", c.Envelope.Inner);
        Named(w, "shape", c.Envelope.Shape);
        w.WriteString("result", c.Result);
        Flag(w, "async", c.IsAsync);
        Flag(w, "creates", c.CreatesEntity);
        Flag(w, "paged", c.IsPaged);
        Flag(w, "mutates", c.Mutates);
        Flag(w, "authenticator", c.IsAuthenticator);
        Flag(w, "sensitive", c.ResponseSensitive);
        Texts(w, "roles", c.Roles);
        Text(w, "since", c.Since);
        Text(w, "event", c.Event);
        Text(w, "synopsis", c.Synopsis);
        Text(w, "description", c.Description);
        Texts(w, "examples", c.Examples);
        Texts(w, "related", c.Related);
        Items(w, "params", c.Parameters, WriteParameter);
        w.WriteEndObject();
    }

    private static void WriteEffect(Utf8JsonWriter w, EffectSpec e)
    {
        w.WriteStartObject("effect");
        Named(w, "is", e.Effect);
        Flag(w, "final", !e.Reversible);
        Named(w, "blast", e.Blast);
        Text(w, "warning", e.Warning);
        Text(w, "typed", e.Typed);
        w.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter w, ParameterSpec p)
    {
        w.WriteStartObject();
        w.WriteString("name", p.Name);
        w.WriteString("label", p.Label);
        Named(w, "type", p.Type);
        Named(w, "of", p.ItemType);
        Flag(w, "required", p.Required);
        if (p.MaxLength != ParameterSpec.DefaultMaxLength)
        {
            w.WriteNumber("length", p.MaxLength);
        }

        Text(w, "entity", p.Entity);
        Text(w, "kind", p.KindFrom);
        Texts(w, "values", p.Values);
        Flag(w, "sensitive", p.Sensitive);
        Flag(w, "admin", p.AdminOnly);
        Flag(w, "positive", p.Positive);
        if (p.Map is { } map)
        {
            w.WriteStartObject("map");
            Named(w, "style", map.Style);
            Texts(w, "keys", map.Keys);
            Flag(w, "open", map.Open);
            w.WriteEndObject();
        }

        Text(w, "since", p.Since);
        Text(w, "explanation", p.Explanation);
        w.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter w, ResultSpec r)
    {
        w.WriteStartObject();
        w.WriteString("class", r.Class);
        w.WriteString("model", r.Model);
        Items(w, "fields", r.Fields, WriteField);
        WriteFinder(w, "finder", r.Finder);
        w.WriteEndObject();
    }

    private static void WriteFinder(Utf8JsonWriter w, string name, FinderSpec? finder)
    {
        if (finder is null)
        {
            return;
        }

        w.WriteStartObject(name);
        w.WriteString("command", finder.Command);
        if (finder.Arguments.Count > 0)
        {
            w.WriteStartObject("arguments");
            foreach (var (argument, value) in finder.Arguments)
            {
                w.WriteString(argument, value);
            }

            w.WriteEndObject();
        }

        w.WriteString("name", finder.NameField);
        Text(w, "filter", finder.FilterParameter);
        WriteFinder(w, "also", finder.Also);
        w.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter w, FieldSpec f)
    {
        w.WriteStartObject();
        w.WriteString("name", f.Name);
        w.WriteString("label", f.Label);
        Named(w, "type", f.Type);
        Text(w, "of", f.Of);
        Flag(w, "sensitive", f.Sensitive);
        w.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter w, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            w.WriteString(name, value);
        }
    }

    private static void Flag(Utf8JsonWriter w, string name, bool value)
    {
        if (value)
        {
            w.WriteBoolean(name, true);
        }
    }

    private static void Named<T>(Utf8JsonWriter w, string name, T value) where T : struct, Enum
    {
        if (!EqualityComparer<T>.Default.Equals(value, default))
        {
            w.WriteString(name, value.ToString());
        }
    }

    private static void Texts(Utf8JsonWriter w, string name, IReadOnlyList<string> values) =>
        Items(w, name, values, static (writer, value) => writer.WriteStringValue(value));

    private static void Items<T>(Utf8JsonWriter w, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        w.WriteStartArray(name);
        foreach (var item in items)
        {
            write(w, item);
        }

        w.WriteEndArray();
    }
}
