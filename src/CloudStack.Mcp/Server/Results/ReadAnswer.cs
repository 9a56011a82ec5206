using System.Globalization;
using Cloud.Core.Catalog;
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

    private static readonly string Cut = string.Create(
        CultureInfo.InvariantCulture,
        $"Cut at about {TokenEstimate.AnswerBudget} tokens. Go on with the cursor, or ask for fewer fields or a narrower filter.");

    /// <summary>The fields that the rows of a list are written with.</summary>
    /// <param name="read">The list.</param>
    public ListColumns Columns(ReadRequest read) => new(read.Fields, catalog.FindResult(read.Command.Result), vocabulary.TellingFields);

    /// <summary>Begins the rows of a list's answer.</summary>
    /// <param name="read">The list.</param>
    /// <param name="budget">How much there may be.</param>
    public ListRows Rows(ReadRequest read, RowBudget budget) => new(Writer(read), Columns(read), budget);

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

        if (sieve.List is { } rows)
        {
            return WriteList(read, plan, sieve, rows, outcome);
        }

        var objects = sieve.Rows;
        if (objects.Count > 1)
        {
            rows = Rows(read, RowBudget.Tokens);
            foreach (var item in objects)
            {
                rows.Take(item);
            }

            return WriteList(read, plan, sieve, rows, outcome);
        }

        return AnswerBuffer.Write(w =>
        {
            if (objects.Count == 1)
            {
                SingleResult.Write(w, Writer(read), objects[0].GetJson(), catalog.FindResult(read.Command.Result), Columns(read).Asked);
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

    private ObjectWriter Writer(ReadRequest read) => new(catalog, new SecretFields(read.Command, read.Fields));

    // An answer about some rows would be taken for one about all.
    private static string? NotLookedAt(RowSieve sieve) => sieve.LookedAt < ReadPlan.MostLookedAt ? null : string.Create(
        CultureInfo.InvariantCulture, $"Only the first {sieve.LookedAt} rows were looked at; narrow the list by the command's own arguments.");

    private ToolAnswer WriteList(ReadRequest read, ReadPlan plan, RowSieve sieve, ListRows rows, OperationOutcome outcome)
    {
        rows.End();
        var next = read.Skip + rows.Count;
        var total = plan.LooksAtAll ? sieve.Fitting : outcome.TotalCount;
        var more = rows.Count > 0 && (rows.IsCut || (total is { } all ? next < all : rows.Given >= read.Limit));
        var note = string.Join(" ", new[] { rows.IsCut ? Cut : null, plan.LooksAtAll ? NotLookedAt(sieve) : null }.OfType<string>());
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
            if (rows.Count > 0)
            {
                w.WriteRawValue(rows.Json, skipInputValidation: true);
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
}
