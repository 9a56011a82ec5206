using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.CommandLine;

/// <summary>Writes what a call came to: tables for people, JSON for scripts.</summary>
/// <param name="json">True for JSON.</param>
/// <param name="fields">The fields asked for; empty for the default.</param>
internal sealed class CallOutput(bool json, IReadOnlyList<string> fields)
{
    /// <summary>Writes a tool's answer.</summary>
    /// <param name="answer">The answer.</param>
    public void Write(ToolAnswer answer)
    {
        using var document = JsonDocument.Parse(answer.Json);
        JsonOutput.Write(w => document.RootElement.WriteTo(w), indented: !json);
    }

    /// <summary>Writes a command's outcome.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="objects">What came.</param>
    public void Write(CommandCatalog catalog, OperationOutcome outcome, IReadOnlyList<CloudObject> objects)
    {
        var type = catalog.FindResult(outcome.Command.Result);
        var writer = new ObjectWriter(catalog, new SecretFields(outcome.Command, fields));
        if (json)
        {
            JsonOutput.Write(w => WriteObjects(w, outcome, objects, type, writer), indented: false);
        }
        else if (objects.Count == 0)
        {
            Console.Out.WriteLine(Sentence(outcome));
        }
        else if (outcome.Command.IsList || objects.Count > 1)
        {
            var columns = fields.Count > 0 ? fields : DefaultColumns.Of(type, objects, CloudStackVocabulary.Instance.TellingFields);
            new ResultTable(Terminal.Open()).WriteList([.. objects.Select(o => Row(writer, o, type, columns))], columns, outcome.TotalCount);
        }
        else
        {
            new ResultTable(Terminal.Open()).WriteObject(Row(writer, objects[0], type, fields.Count > 0 ? fields : null));
        }
    }

    private void WriteObjects(
        Utf8JsonWriter w, OperationOutcome outcome, IReadOnlyList<CloudObject> objects, ResultSpec? type, ObjectWriter writer)
    {
        var wanted = fields.Count > 0 ? fields : null;
        if (outcome.Command.IsList || objects.Count > 1)
        {
            w.WriteStartArray();
            foreach (var item in objects)
            {
                writer.Write(w, item.GetJson(), type, wanted);
            }

            w.WriteEndArray();
        }
        else if (objects.Count == 1)
        {
            writer.Write(w, objects[0].GetJson(), type, wanted);
        }
        else
        {
            w.WriteStartObject();
            w.WriteString("status", outcome.Status.ToString());
            if (outcome.JobId is { } job)
            {
                w.WriteString("jobid", job);
            }

            if (outcome.Text is { Length: > 0 } text)
            {
                w.WriteString("text", CleanText.Of(text));
            }

            w.WriteEndObject();
        }
    }

    private static string Sentence(OperationOutcome outcome) => outcome switch
    {
        { Status: OperationStatus.JobStarted } => $"{outcome.Command.Name} goes on as job {outcome.JobId}.",
        { Status: OperationStatus.Declined } => "Nothing was changed.",
        { Command.IsList: true } => "Nothing was found.",
        { Text.Length: > 0 } => CleanText.Of(outcome.Text),
        _ => $"{outcome.Command.Name} is done.",
    };

    private static JsonElement Row(ObjectWriter writer, CloudObject item, ResultSpec? type, IReadOnlyList<string>? wanted)
    {
        var reader = new Utf8JsonReader(AnswerBuffer.Measure(w => writer.Write(w, item.GetJson(), type, wanted)).Span);
        return JsonElement.ParseValue(ref reader);
    }
}
