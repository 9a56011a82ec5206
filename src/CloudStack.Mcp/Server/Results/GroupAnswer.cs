using System.Globalization;
using CloudStack.Mcp.Server.Results.Groups;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Results;

/// <summary>Writes figures over the rows of a list: the groups with the most rows first, as many as the token budget allows.</summary>
internal static class GroupAnswer
{
    // What stands around the groups.
    private const int Frame = 300;

    /// <summary>Writes the answer.</summary>
    /// <param name="table">The groups.</param>
    /// <param name="sieve">What the rows went through.</param>
    /// <param name="note">What to say about rows that weren't looked at, or null.</param>
    public static ToolAnswer Write(GroupTable table, RowSieve sieve, string? note)
    {
        var groups = table.Groups;
        var shown = new List<ReadOnlyMemory<byte>>();
        var left = TokenEstimate.AnswerBudget - Frame;
        foreach (var group in groups)
        {
            var json = AnswerBuffer.Measure(w => table.Write(w, group));
            left -= TokenEstimate.OfData(json.Span) + 1;
            if (left < 0)
            {
                break;
            }

            shown.Add(json);
        }

        return AnswerBuffer.Write(w =>
        {
            w.WriteNumber("lookedAt", sieve.LookedAt);
            w.WriteNumber("counted", sieve.Fitting);
            if (shown.Count < groups.Count || table.Others is not null)
            {
                var rows = groups.Skip(shown.Count).Sum(g => g.Rows) + (table.Others?.Rows ?? 0);
                note = string.Create(CultureInfo.InvariantCulture, $"{rows} rows of smaller groups are left out: group by fewer fields, or filter. {note}");
            }

            if (note is not null)
            {
                w.WriteString("note", note.TrimEnd());
            }

            w.WriteStartArray("groups");
            foreach (var group in shown)
            {
                w.WriteRawValue(group.Span, skipInputValidation: true);
            }

            w.WriteEndArray();
        });
    }
}
