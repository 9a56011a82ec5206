using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace CloudStack.Mcp.CommandLine;

/// <summary>Shows objects to people.</summary>
/// <param name="console">Where.</param>
internal sealed class ResultTable(IAnsiConsole console)
{
    private const int LongestCell = 60;
    private const int LongestValue = 500;

    // A border and a blank on both sides.
    private const int Padding = 3;

    private static readonly Style Bold = new(decoration: Decoration.Bold);

    /// <summary>Shows a list. Columns that don't fit beside the others are named below it.</summary>
    /// <param name="rows">The rows, cleaned.</param>
    /// <param name="columns">The columns; those without a value in any row are left out.</param>
    /// <param name="total">How many there are in all, or null.</param>
    public void WriteList(IReadOnlyList<JsonElement> rows, IReadOnlyList<string> columns, long? total)
    {
        var used = columns.Where(c => rows.Any(r => r.TryGetProperty(c, out _))).ToList();
        var shown = Fitting(used, rows);
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in shown)
        {
            table.AddColumn(new TableColumn(new Text(column, Bold)).NoWrap());
        }

        foreach (var row in rows)
        {
            table.AddRow(shown.Select(c => new Text(Cell(row, c))));
        }

        console.Write(table);
        console.WriteLine(total is { } all && all != rows.Count
            ? string.Create(CultureInfo.InvariantCulture, $"{rows.Count} of {all}")
            : string.Create(CultureInfo.InvariantCulture, $"{rows.Count} in all"));
        if (shown.Count < used.Count)
        {
            console.WriteLine($"More with --fields or --json: {string.Join(", ", used.Skip(shown.Count))}");
        }
    }

    /// <summary>Shows one object, a line a field.</summary>
    /// <param name="row">The object, cleaned.</param>
    public void WriteObject(JsonElement row)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("field").AddColumn("value");
        foreach (var member in row.EnumerateObject())
        {
            table.AddRow(new Text(member.Name, Bold), new Text(Shortened(member.Value, LongestValue)));
        }

        console.Write(table);
    }

    private static string Cell(JsonElement row, string column) =>
        row.TryGetProperty(column, out var value) ? Shortened(value, LongestCell) : "";

    private static string Shortened(JsonElement value, int longest)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 1), "…");
    }

    private List<string> Fitting(List<string> columns, IReadOnlyList<JsonElement> rows)
    {
        const int always = 2;
        var left = console.Profile.Width - 1;
        var shown = new List<string>();
        foreach (var column in columns)
        {
            left -= Math.Max(column.Length, rows.Count == 0 ? 0 : rows.Max(r => Cell(r, column).Length)) + Padding;
            if (left < 0 && shown.Count >= always)
            {
                break;
            }

            shown.Add(column);
        }

        return shown;
    }
}
