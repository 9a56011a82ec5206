using System.Globalization;
using Cloud.Core.Catalog;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Results;

/// <summary>Writes what a read came to: a part of a list, one object, or a success flag, within the token budget.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="vocabulary">The cloud's own words.</param>
internal sealed class ReadAnswer(CommandCatalog catalog, CloudVocabulary vocabulary)
{
    /// <summary>The field name that stands for all fields.</summary>
    public const string AllFields = "*";

    // What stands around the rows: counts, cursor, note.
    private const int Frame = 200;

    /// <summary>Writes the answer.</summary>
    /// <param name="read">What was read.</param>
    /// <param name="objects">What came.</param>
    /// <param name="outcome">How it ended.</param>
    public ToolAnswer Write(ReadRequest read, IReadOnlyList<CloudObject> objects, OperationOutcome outcome)
    {
        var type = catalog.FindResult(read.Command.Result);
        var writer = new ObjectWriter(catalog, new SecretFields(read.Command, read.Fields));
        if (read.Command.IsList || objects.Count > 1)
        {
            return WriteList(read, objects, outcome, type, writer);
        }

        return AnswerBuffer.Write(w =>
        {
            if (objects.Count == 1)
            {
                SingleResult.Write(w, writer, objects[0].GetJson(), type, Wanted(read.Fields));
            }
            else
            {
                w.WriteBoolean("success", true);
            }

            if (outcome.Text is { Length: > 0 } text)
            {
                w.WriteString("text", CleanText.Line(text, 2000));
            }
        });
    }

    private static IReadOnlyList<string>? Wanted(IReadOnlyList<string> fields) =>
        fields.Count == 0 || fields.Contains(AllFields) ? null : fields;

    private ToolAnswer WriteList(
        ReadRequest read, IReadOnlyList<CloudObject> objects, OperationOutcome outcome, ResultSpec? type, ObjectWriter writer)
    {
        var columns = read.Fields.Count == 0 ? DefaultColumns.Of(type, objects, vocabulary.TellingFields) : Wanted(read.Fields);
        var rows = new List<ReadOnlyMemory<byte>>();
        var left = TokenEstimate.AnswerBudget - Frame;
        foreach (var item in objects)
        {
            var row = AnswerBuffer.Measure(w => writer.Write(w, item.GetJson(), type, columns));
            var cost = TokenEstimate.OfData(row.Span) + 1;
            if (rows.Count > 0 && cost > left)
            {
                break;
            }

            rows.Add(cost <= left ? row : Shortened(item, type, columns, writer, left));
            left -= cost;
        }

        var next = read.Skip + rows.Count;
        var cut = rows.Count < objects.Count;
        var more = cut || (outcome.TotalCount is { } total ? next < total : objects.Count >= read.Limit);
        return AnswerBuffer.Write(w =>
        {
            w.WriteNumber("count", rows.Count);
            if (outcome.TotalCount is { } known)
            {
                w.WriteNumber("total", known);
            }

            if (more && rows.Count > 0)
            {
                w.WriteString("cursor", ListCursor.Write(read.Command.Name, read.Arguments, next));
            }

            if (cut)
            {
                w.WriteString("note", string.Create(
                    CultureInfo.InvariantCulture,
                    $"Cut at about {TokenEstimate.AnswerBudget} tokens. Go on with the cursor, or ask for fewer fields or a narrower filter."));
            }

            if (IsNarrow(read))
            {
                w.WriteString("scope", vocabulary.ScopeNote);
            }

            w.WriteStartArray("rows");
            foreach (var row in rows)
            {
                w.WriteRawValue(row.Span, skipInputValidation: true);
            }

            w.WriteEndArray();
        });
    }

    // A list that shows less than it could would be taken for the whole.
    private bool IsNarrow(ReadRequest read) =>
        vocabulary.WidestScope is { } widest
        && read.Command.FindParameter(widest) is not null
        && !read.Arguments.Keys.Any(name => name.Equals(widest, StringComparison.OrdinalIgnoreCase) || name.Equals("id", StringComparison.OrdinalIgnoreCase));

    // A single row over the whole budget: as many of its fields as fit.
    private static ReadOnlyMemory<byte> Shortened(
        CloudObject item, ResultSpec? type, IReadOnlyList<string>? columns, ObjectWriter writer, int budget) =>
        AnswerBuffer.Measure(w =>
        {
            w.WriteStartObject();
            SingleResult.WriteMembers(w, writer, item.GetJson(), type, columns, budget);
            w.WriteEndObject();
        });
}

/// <summary>A read as it was asked for.</summary>
/// <param name="Command">The command.</param>
/// <param name="Arguments">Its arguments as they were given.</param>
/// <param name="Fields">The fields wanted; empty for the default.</param>
/// <param name="Skip">How many rows of a list come before.</param>
/// <param name="Limit">How many rows of a list are wanted.</param>
internal sealed record ReadRequest(
    CommandSpec Command, IReadOnlyDictionary<string, object?> Arguments, IReadOnlyList<string> Fields, long Skip, long Limit);
