using System.Globalization;
using System.Text;

namespace CloudStack.PowerShell.Commands.Helpers.Inventory;

/// <summary>An inventory as one CSV table: a row an object, its kind first, empty where its kind has no such column.</summary>
internal static class InventoryCsv
{
    private const string LineEnd = "\r\n";

    /// <summary>Writes it.</summary>
    public static string Write(InventoryReport report)
    {
        var labels = report.Tables.SelectMany(table => table.Columns).Distinct().ToList();
        var text = new StringBuilder("Kind,").AppendJoin(',', labels).Append(LineEnd);
        foreach (var table in report.Tables)
        {
            var positions = labels.Select(label => table.Columns.ToList().IndexOf(label)).ToList();
            foreach (var row in table.Rows)
            {
                text.Append(table.Kind).Append(',')
                    .AppendJoin(',', positions.Select(position => position < 0 ? "" : Cell(row[position])))
                    .Append(LineEnd);
            }
        }

        return text.ToString();
    }

    /// <summary>One cell. A text that a spreadsheet would take for a formula gets an apostrophe in front.</summary>
    internal static string Cell(object? value) => value switch
    {
        null => "",
        string text => Quoted(text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "",
    };

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n;") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
