using System.Globalization;
using System.Text.Json;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Calls;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Server.Tools;
using CloudStack.PowerShell.Hosting.Pipelines;

namespace CloudStack.Mcp.Engines.Pipelines;

/// <summary>Writes what a pipeline came to, within the token budget.</summary>
/// <param name="parts">What the tools work with.</param>
internal sealed class PipelineAnswer(ServerParts parts)
{
    // What stands around the rows.
    private const int Frame = 200;
    private const int LongestLine = 400;

    /// <summary>What a pipeline of reads gave.</summary>
    public ToolAnswer Rows(CheckedPipeline pipeline, IReadOnlyList<PipelineRow> rows) =>
        AnswerBuffer.Write(w => WriteRows(w, pipeline, rows, TokenEstimate.AnswerBudget));

    /// <summary>A pipeline that would change nothing now.</summary>
    public static ToolAnswer Nothing(PipelinePlan plan) => AnswerBuffer.Write(w => Begin(w, plan, "nothing to do: no object reached the change"));

    /// <summary>The plan, which has to be confirmed.</summary>
    public ToolAnswer NotConfirmed(PipelinePlan plan, Confirmation question, GateDecision decision) => AnswerBuffer.Write(w =>
    {
        var effect = plan.Pipeline.Change!.Effect;
        Begin(w, plan, "not confirmed; nothing was changed");
        w.WriteString("effect", effect.Effect.ToString().ToLowerInvariant());
        w.WriteBoolean("reversible", effect.Reversible);
        if (effect.Warning.Length > 0)
        {
            w.WriteString("warning", effect.Warning);
        }

        w.WriteNumber("count", plan.Changes.Count);
        w.WriteStartArray("changes");
        foreach (var change in plan.Changes)
        {
            w.WriteStartObject();
            w.WriteString("target", PipelinePlan.Target(change));
            w.WriteStartObject("arguments");
            foreach (var (name, value) in change.Arguments)
            {
                w.WriteString(name, CleanText.Line(ArgumentText.Of(value), LongestLine));
            }

            w.WriteEndObject();
            w.WriteEndObject();
        }

        w.WriteEndArray();
        if (decision.Token is { } token)
        {
            w.WriteString("token", token);
            w.WriteNumber("tokenExpiresInSeconds", (long)parts.Gate.TokenLifetime.TotalSeconds);
            w.WriteString("next", question.TypedText is { } typed
                ? $"Show every change to the person. If they agree and type '{CleanText.Line(typed, LongestLine)}', call run_pipeline again with the same pipeline, 'confirm' set to the token and 'typed' set to what they typed."
                : "Show every change to the person. If they agree, call run_pipeline again with the same pipeline and 'confirm' set to the token.");
        }
    }) with { Question = decision.Question };

    /// <summary>The person said no.</summary>
    public static ToolAnswer Declined(PipelinePlan plan) => AnswerBuffer.Write(w => Begin(w, plan, "declined; nothing was changed"));

    /// <summary>The plan is done.</summary>
    public ToolAnswer Done(PipelinePlan plan, IReadOnlyList<AppliedChange> changes, IReadOnlyList<PipelineRow> rows) => AnswerBuffer.Write(w =>
    {
        Begin(w, plan, changes.All(change => change.State == ChangeState.Done) ? "done" : "done, except for what no longer reached the change");
        var written = AnswerBuffer.Measure(v => WriteChanges(v, changes));
        w.WritePropertyName("changes");
        w.WriteRawValue(written.Span, skipInputValidation: true);
        WriteRows(w, plan.Pipeline, rows, TokenEstimate.AnswerBudget - TokenEstimate.OfData(written.Span));
    });

    /// <summary>A change failed, which ended the pipeline; the answer says what was done until then.</summary>
    public static ToolAnswer Failed(PipelinePlan plan, IReadOnlyList<AppliedChange> changes, CloudException error) => AnswerBuffer.Write(
        w =>
        {
            w.WriteStartObject("error");
            ErrorAnswer.WriteMembers(w, error);
            w.WriteEndObject();
            Begin(w, plan, string.Create(
                CultureInfo.InvariantCulture, $"stopped; {changes.Count(change => change.State == ChangeState.Done)} of {changes.Count} changes were done"));
            w.WritePropertyName("changes");
            WriteChanges(w, changes);
        },
        isError: true);

    private static void Begin(Utf8JsonWriter w, PipelinePlan plan, string status)
    {
        w.WriteString("command", plan.Pipeline.Change!.Name);
        w.WriteString("status", status);
    }

    private static void WriteChanges(Utf8JsonWriter w, IReadOnlyList<AppliedChange> changes)
    {
        w.WriteStartArray();
        foreach (var change in changes)
        {
            w.WriteStartObject();
            w.WriteString("target", PipelinePlan.Target(change.Planned));
            w.WriteString("status", change.State switch
            {
                ChangeState.Done => "done",
                ChangeState.Failed => "failed",
                ChangeState.Unknown => "unknown",
                _ => "not done",
            });
            if (change.JobId is { } job)
            {
                w.WriteString("job", job);
            }

            w.WriteEndObject();
        }

        w.WriteEndArray();
    }

    private void WriteRows(Utf8JsonWriter w, CheckedPipeline pipeline, IReadOnlyList<PipelineRow> rows, int budget)
    {
        var command = pipeline.Commands.Count > 0 ? pipeline.Commands[^1] : null;
        var type = command is null ? null : parts.Catalog.FindResult(command.Result);
        var writer = new ObjectWriter(parts.Catalog, new SecretFields(command: null, []));
        var known = rows.Where(row => row.IsFromCloud).Select(row => new CloudObject(row.Json)).ToList();
        var columns = DefaultColumns.Of(type, known, parts.Vocabulary.TellingFields);
        var written = new List<ReadOnlyMemory<byte>>();
        var left = budget - Frame;
        foreach (var row in rows)
        {
            var json = AnswerBuffer.Measure(v => WriteRow(v, writer, row, columns));
            left -= TokenEstimate.OfData(json.Span) + 1;
            if (left < 0)
            {
                break;
            }

            written.Add(json);
        }

        w.WriteNumber("count", rows.Count);
        if (written.Count < rows.Count)
        {
            w.WriteNumber("shown", written.Count);
            w.WriteString("note", "Cut at the token budget. Put Select-Object with fewer properties, or with -Skip and -First, at the end.");
        }

        w.WriteStartArray("rows");
        foreach (var json in written)
        {
            w.WriteRawValue(json.Span, skipInputValidation: true);
        }

        w.WriteEndArray();

        void WriteRow(Utf8JsonWriter v, ObjectWriter objects, PipelineRow row, IReadOnlyList<string> shown)
        {
            if (row.Json.ValueKind == JsonValueKind.Object)
            {
                objects.Write(v, row.Json, type, row.IsFromCloud ? shown : null);
            }
            else if (row.Json.ValueKind is JsonValueKind.String or JsonValueKind.Array)
            {
                v.WriteStringValue(CleanText.Line(row.Json.ToString(), 4000));
            }
            else
            {
                row.Json.WriteTo(v);
            }
        }
    }
}
