using System.Text.Encodings.Web;
using System.Text.Json;
using Cloud.Core.Catalog;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Answers;

/// <summary>Puts answers into the envelopes of the catalog (protocol note, sections 4 and 5.2), as UTF-8 JSON.</summary>
internal sealed class Envelope(Schema schema)
{
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A whole answer.</summary>
    public ReadOnlyMemory<byte> Write(CommandSpec command, Answer answer, Paging paging)
    {
        using var buffer = WritePooled(command, answer, paging, isFull: true);
        return buffer.ToArray();
    }

    /// <summary>A whole answer in a rented buffer, because lists are too long to be garbage thousands of times a minute.</summary>
    public PooledBuffer WritePooled(CommandSpec command, Answer answer, Paging paging, bool isFull) => BuildPooled(
        InEnvelope(command.Envelope.Outer, writer => WriteContent(writer, command, answer, new View(paging, isFull, IsJob: false))));

    /// <summary>The content of a finished job's result.</summary>
    public ReadOnlyMemory<byte> WriteJobResult(CommandSpec command, Answer answer, bool isFull) => Build(writer =>
    {
        writer.WriteStartObject();
        WriteContent(writer, command, answer, new View(Paging.Everything, isFull, IsJob: true));
        writer.WriteEndObject();
    });

    /// <summary>A failure.</summary>
    /// <param name="command">The command, or null where the request names none: the server then writes the name <c>null</c>.</param>
    /// <param name="error">The failure.</param>
    public static ReadOnlyMemory<byte> WriteError(CommandSpec? command, ApiError error)
    {
        var isNameless = error.IsNameless || error.Code == ApiError.Unsupported;
        return Build(isNameless ? "errorresponse" : command?.Envelope.Outer ?? "null", writer =>
        {
            writer.WriteStartArray("uuidList");
            writer.WriteEndArray();
            writer.WriteNumber("errorcode", error.Code);
            if (error.DetailCode is { } detail)
            {
                writer.WriteNumber("cserrorcode", detail);
            }

            writer.WriteString("errortext", error.Message);
        });
    }

    /// <summary>The content of a failed job's result.</summary>
    public static ReadOnlyMemory<byte> WriteJobError(int code, string text) => Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("errorcode", code);
        writer.WriteString("errortext", text);
        writer.WriteEndObject();
    });

    private void WriteContent(Utf8JsonWriter writer, CommandSpec command, Answer answer, View view)
    {
        switch (answer)
        {
            case TicketAnswer ticket:
                if (ticket.EntityId is not null)
                {
                    writer.WriteString("id", ticket.EntityId);
                }

                writer.WriteString("jobid", ticket.JobId);
                break;
            case SuccessAnswer success:
                writer.WriteBoolean("success", true);
                if (success.Text is not null)
                {
                    writer.WriteString(view.IsJob ? "details" : "displaytext", success.Text);
                }

                break;
            case SingleAnswer single when command.Envelope.Shape == AnswerShape.Flat:
                new EntityWriter(writer, schema, view.IsFull).WriteMembers(single.Entity, schema.Of(command.Result));
                break;
            case SingleAnswer single when command.Envelope.Shape != AnswerShape.List:
                writer.WritePropertyName(command.Envelope.Inner ?? "null");
                new EntityWriter(writer, schema, view.IsFull).WriteObject(single.Entity, Shown(command, single.Entity));
                break;
            case SingleAnswer single:
                WriteList(writer, command, new ListAnswer([single.Entity]), view);
                break;
            case TableAnswer table:
                WriteTable(writer, command, table, view);
                break;
            case ListAnswer list:
                WriteList(writer, command, list, view);
                break;
            case DrawnAnswer drawn:
                var shown = PageOf(drawn.Items, view.Paging, out var all);
                WritePage(writer, command, all, shown.ConvertAll(item => drawn.Draw(item)), view);
                break;
        }
    }

    private void WriteList(Utf8JsonWriter writer, CommandSpec command, ListAnswer answer, View view)
    {
        var page = PageOf(answer.Entities, view.Paging, out var count);
        WritePage(writer, command, count, Pictured(page, answer.Picture), view);
    }

    private static List<T> PageOf<T>(IEnumerable<T> all, Paging paging, out long count)
    {
        count = 0;
        var page = new List<T>();
        foreach (var item in all)
        {
            if (count >= paging.Skip && page.Count < paging.Take)
            {
                page.Add(item);
            }

            count++;
        }

        return page;
    }

    private void WriteTable(Utf8JsonWriter writer, CommandSpec command, TableAnswer answer, View view)
    {
        var page = new List<Entity>();
        var count = answer.Table.Page(answer.IsShown, view.Paging.Skip, view.Paging.Take, page);
        WritePage(writer, command, count, Pictured(page, answer.Picture), view);
    }

    private static List<Entity> Pictured(List<Entity> page, Func<Entity, Entity>? picture) =>
        picture is null ? page : page.ConvertAll(entity => picture(entity));

    private void WritePage(Utf8JsonWriter writer, CommandSpec command, long count, List<Entity> page, View view)
    {
        if (count == 0)
        {
            return;
        }

        writer.WriteNumber("count", count);
        if (page.Count == 0)
        {
            return;
        }

        var entityWriter = new EntityWriter(writer, schema, view.IsFull);
        writer.WriteStartArray(command.Envelope.Inner ?? "null");
        foreach (var entity in page)
        {
            entityWriter.WriteObject(entity, Shown(command, entity));
        }

        writer.WriteEndArray();
    }

    // Some commands declare a bare success and answer an object all the same; it's shown as what it is.
    private EntityClass Shown(CommandSpec command, Entity entity) =>
        command.Result == ResultClass.Success ? entity.Class : schema.Find(command.Result) ?? entity.Class;

    private static Action<Utf8JsonWriter> InEnvelope(string outer, Action<Utf8JsonWriter> content) => writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject(outer);
        content(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    };

    private static ReadOnlyMemory<byte> Build(string outer, Action<Utf8JsonWriter> content) => Build(InEnvelope(outer, content));

    private static ReadOnlyMemory<byte> Build(Action<Utf8JsonWriter> write)
    {
        using var buffer = BuildPooled(write);
        return buffer.ToArray();
    }

    private static PooledBuffer BuildPooled(Action<Utf8JsonWriter> write)
    {
        var buffer = new PooledBuffer();
        using var writer = new Utf8JsonWriter(buffer, Options);
        write(writer);
        return buffer;
    }

    /// <summary>What is shown: which page, all fields or those for everybody, and whether as a job's result.</summary>
    private readonly record struct View(Paging Paging, bool IsFull, bool IsJob);
}
