using System.Globalization;
using System.Net;
using System.Text;

namespace CloudStack.PowerShell.Commands.Helpers.Inventory;

/// <summary>An inventory as a page that needs nothing beside itself and runs nothing; every text in it is escaped.</summary>
internal static class InventoryHtml
{
    private const int LongestText = 1000;

    private const string Style = """
        :root { color-scheme: light dark; --ink: #1d2733; --faint: #64748b; --line: #dbe2ea; --paper: #ffffff; --soft: #f4f7fa; --bar: #2f6fb4; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6ebf1; --faint: #9aa8b8; --line: #35414f; --paper: #171d24; --soft: #1f2730; --bar: #5a9bdf; } }
        body { margin: 0 auto; max-width: 1400px; padding: 32px; font: 14px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
        h1 { margin: 0 0 4px; font-size: 24px; } h2 { margin: 36px 0 10px; font-size: 18px; } p { margin: 0; color: var(--faint); }
        .sums { display: flex; flex-wrap: wrap; gap: 12px; margin: 24px 0; }
        .sums div { padding: 12px 20px; border-radius: 8px; background: var(--soft); } .sums b { display: block; font-size: 22px; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(480px, 1fr)); gap: 16px; }
        figure { margin: 0; padding: 16px; border: 1px solid var(--line); border-radius: 8px; } figcaption { margin-bottom: 8px; font-weight: 600; }
        svg { width: 100%; } svg text { font-size: 12px; fill: var(--ink); } svg .label { fill: var(--faint); } svg rect { fill: var(--bar); }
        .rows { overflow-x: auto; } table { width: 100%; border-collapse: collapse; font-size: 13px; }
        th, td { padding: 6px 10px; text-align: left; white-space: nowrap; border-bottom: 1px solid var(--line); }
        th { color: var(--faint); font-weight: 600; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
        """;

    /// <summary>Writes it.</summary>
    public static string Write(InventoryReport report)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Cloud inventory</title>\n")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width\">\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n")
            .Append("<h1>Cloud inventory</h1>\n")
            .Append(CultureInfo.InvariantCulture, $"<p>{Encode(string.Join(", ", report.Clouds))} · {report.Taken.UtcDateTime:yyyy-MM-dd HH:mm} UTC</p>\n");
        WriteSums(page, report);
        page.Append("<div class=\"charts\">\n");
        var (machines, volumes) = (report.Tables[0], report.Tables[2]);
        BarChart.Write(page, "Virtual machines by state", Counted(machines, "State"), "");
        BarChart.Write(page, "Virtual machines by zone", Counted(machines, "Zone"), "");
        BarChart.Write(page, "Volumes by zone, in GB", Summed(volumes, "Zone", "SizeGB"), "GB");
        BarChart.Write(page, "Volumes by account or project, in GB", Summed(volumes, "Account", "SizeGB", "Project"), "GB");
        page.Append("</div>\n");
        foreach (var table in report.Tables)
        {
            WriteTable(page, table);
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void WriteSums(StringBuilder page, InventoryReport report)
    {
        var machines = report.Tables[0];
        (double Value, string Text)[] sums =
        [
            .. report.Tables.Select(table => ((double)table.Rows.Count, table.Title)),
            (Total(machines, "Cpus"), "vCPUs"),
            (Math.Round(Total(machines, "MemoryMB") / 1024, 1), "GB of memory"),
            (Math.Round(Total(report.Tables[2], "SizeGB"), 1), "GB of volumes"),
        ];
        page.Append("<div class=\"sums\">\n");
        foreach (var (value, text) in sums)
        {
            page.Append(CultureInfo.InvariantCulture, $"<div><b>{value:#,0.#}</b>{Encode(text)}</div>\n");
        }

        page.Append("</div>\n");
    }

    private static void WriteTable(StringBuilder page, InventoryTable table)
    {
        // A column in which nothing stands tells nothing.
        var shown = Enumerable.Range(0, table.Columns.Count).Where(i => table.Rows.Any(row => row[i] is not (null or ""))).ToList();
        page.Append(CultureInfo.InvariantCulture, $"<h2>{Encode(table.Title)} ({table.Rows.Count})</h2>\n<div class=\"rows\"><table>\n<thead><tr>");
        foreach (var i in shown)
        {
            page.Append(CultureInfo.InvariantCulture, $"<th{Class(table.Rows[0][i])}>{Encode(table.Columns[i])}</th>");
        }

        page.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            page.Append("<tr>");
            foreach (var i in shown)
            {
                page.Append(CultureInfo.InvariantCulture, $"<td{Class(row[i])}>{Encode(Convert.ToString(row[i], CultureInfo.InvariantCulture))}</td>");
            }

            page.Append("</tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static IEnumerable<(string Label, double Value)> Counted(InventoryTable table, string column) =>
        table.Values(column).GroupBy(Label).Select(group => (group.Key, (double)group.Count()));

    private static IEnumerable<(string Label, double Value)> Summed(InventoryTable table, string column, string number, string? otherwise = null) =>
        table.Values(column).Zip(table.Values(number), table.Values(otherwise ?? column)).GroupBy(row => Label(row.First ?? row.Third))
            .Select(group => (group.Key, group.Sum(row => row.Second as double? ?? 0)));

    private static string Label(object? value) => value as string is { Length: > 0 } text ? text : "(none)";

    private static double Total(InventoryTable table, string column) => table.Values(column).Sum(value => value as double? ?? 0);

    private static string Class(object? value) => value is double ? " class=\"number\"" : "";

    private static string Encode(string? text) => WebUtility.HtmlEncode(ShownText.Of(text, LongestText));
}
