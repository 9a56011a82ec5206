using System.Globalization;
using Cloud.Core.Catalog;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Resources;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Results;

/// <summary>Writes what a read came to: a part of a list, one object, or a success flag, within the token budget.</summary>
/// <param name="catalog">The catalog.</param>
/// <param name="vocabulary">The cloud's own words.</param>
/// <param name="cloud">The connection's name, for the address of what is left out.</param>
internal sealed class ReadAnswer(CommandCatalog catalog, CloudVocabulary vocabulary, string cloud)
{
    /// <summary>What the rest of a list is called in its address.</summary>
    public const string RestKind = "list";

    /// <summary>The field name that stands for all fields.</summary>
    public const string AllFields = "*";

    private static readonly string Cut = string.Create(
        CultureInfo.InvariantCulture,
        $"Cut at about {TokenEstimate.AnswerBudget} tokens. Go on with the cursor, or ask for fewer fields or a narrower filter.");

    // What stands around the rows: counts, cursor, note.
    private const int Frame = 200;

    /// <summary>Writes the answer.</summary>
    /// <param name="read">What was read.</param>
    /// <param name="plan">What was done with the rows here.</param>
    /// <param name="sieve">What the rows went through.</param>
    /// <param name="outcome">How it ended.</param>
    public ToolAnswer Write(ReadRequest read, ReadPlan plan, RowSieve sieve, OperationOutcome outcome)
    {
        if (plan.Groups is { } groups)
        {
            return GroupAnswer.Write(groups, sieve, NotLookedAt(sieve));
        }

        var type = catalog.FindResult(read.Command.Result);
        var writer = new ObjectWriter(catalog, new SecretFields(read.Command, read.Fields));
        var objects = sieve.Rows;
        if (read.Command.IsList || objects.Count > 1)
        {
            return WriteList(read, plan, sieve, outcome, type, writer);
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

    // An answer about some rows would be taken for one about all.
    private static string? NotLookedAt(RowSieve sieve) => sieve.LookedAt < ReadPlan.MostLookedAt ? null : string.Create(
        CultureInfo.InvariantCulture, $"Only the first {sieve.LookedAt} rows were looked at; narrow the list by the command's own arguments.");

    private ToolAnswer WriteList(
        ReadRequest read, ReadPlan plan, RowSieve sieve, OperationOutcome outcome, ResultSpec? type, ObjectWriter writer)
    {
        var objects = sieve.Rows;
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
        var total = plan.LooksAtAll ? sieve.Fitting : outcome.TotalCount;
        var more = rows.Count > 0 && (cut || (total is { } all ? next < all : objects.Count >= read.Limit));
        var note = string.Join(" ", new[] { cut ? Cut : null, plan.LooksAtAll ? NotLookedAt(sieve) : null }.OfType<string>());
        var answer = AnswerBuffer.Write(w =>
        {
            w.WriteNumber("count", rows.Count);
            if (total is { } known)
            {
                w.WriteNumber("total", known);
            }

            if (plan.LooksAtAll)
            {
                w.WriteNumber("lookedAt", sieve.LookedAt);
            }

            if (more)
            {
                w.WriteString("cursor", ListCursor.Write(read, next));
            }

            if (note.Length > 0)
            {
                w.WriteString("note", note);
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
        return more && ListHandle.Write(read, next) is { } handle
            ? answer with { Rest = new ResourceAddress(vocabulary.Scheme, cloud, RestKind, handle) }
            : answer;
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
