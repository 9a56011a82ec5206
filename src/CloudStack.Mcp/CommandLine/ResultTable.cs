using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace CloudStack.Mcp.CommandLine;

/// <summary>Shows objects to people.</summary>
internal static class ResultTable
{
    private const int LongestCell = 60;

    /// <summary>Shows a list.</summary>
    /// <param name="rows">The rows, cleaned.</param>
    /// <param name="columns">The columns; those without a value in any row are left out.</param>
    /// <param name="total">How many there are in all, or null.</param>
    public static void WriteList(IReadOnlyList<JsonElement> rows, IReadOnlyList<string> columns, long? total)
    {
        var used = columns.Where(c => rows.Any(r => r.TryGetProperty(c, out _))).ToList();
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in used)
        {
            table.AddColumn(new TableColumn(new Text(column, new Style(decoration: Decoration.Bold))).NoWrap());
        }

        foreach (var row in rows)
        {
            table.AddRow(used.Select(c => new Text(row.TryGetProperty(c, out var value) ? Cell(value, LongestCell) : "")));
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(total is { } all && all != rows.Count
            ? string.Create(CultureInfo.InvariantCulture, $"{rows.Count} of {all}")
            : rows.Count.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Shows one object, a line a field.</summary>
    /// <param name="row">The object, cleaned.</param>
    public static void WriteObject(JsonElement row)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumn("field").AddColumn("value");
        foreach (var member in row.EnumerateObject())
        {
            table.AddRow(new Text(member.Name, new Style(decoration: Decoration.Bold)), new Text(Cell(member.Value, 500)));
        }

        AnsiConsole.Write(table);
    }

    private static string Cell(JsonElement value, int longest)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length <= longest ? text : string.Concat(text.AsSpan(0, longest - 1), "…");
    }
}
