using System.Globalization;
using Cloud.Core.Catalog;
using Spectre.Console;

namespace CloudStack.Mcp.CommandLine.Coverage;

/// <summary>Shows a coverage report to people, in 80 columns.</summary>
/// <param name="console">Where.</param>
internal sealed class CoverageTables(IAnsiConsole console)
{
    private static readonly Style Bold = new(decoration: Decoration.Bold);

    /// <summary>Shows a report.</summary>
    /// <param name="report">The report.</param>
    public void Write(CoverageReport report)
    {
        var table = Table("category", "cmds", "cmdlets", "tools", "words", "params", "simulator");
        foreach (var category in report.Categories)
        {
            Add(table, category, Style.Plain);
        }

        table.AddEmptyRow();
        Add(table, report.Total, Bold);
        console.Write(table);
        console.WriteLine("words: commands with synopsis and description");
        console.WriteLine("params: parameters with an explanation, of all");
        console.WriteLine("simulator: commands with a life cycle of their own, of all; the others are answered generically");

        var effects = Table([.. Enum.GetNames<Effect>().Select(name => name.ToLowerInvariant()).Prepend("effect")]);
        effects.AddRow([.. Enum.GetValues<Effect>().Select(effect => Number(report.Total.Effects[effect])).Prepend("commands")]);
        console.Write(effects);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.SessionCmdlets.Count} further cmdlets for sessions; {report.Aliases} tool names of older servers"));
    }

    private static Table Table(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn(new Text(columns[0], Bold)).NoWrap());
        foreach (var column in columns.Skip(1))
        {
            table.AddColumn(new TableColumn(new Text(column, Bold)).RightAligned());
        }

        return table;
    }

    private static void Add(Table table, CategoryCoverage figures, Style style)
    {
        string[] cells =
        [
            figures.Name,
            Number(figures.Commands),
            Number(figures.Cmdlets),
            Number(figures.Tools),
            Number(figures.Described),
            $"{Number(figures.Explained)}/{Number(figures.Parameters)}",
            $"{Number(figures.Lifecycles)}/{Number(figures.Commands)}",
        ];
        table.AddRow(cells.Select(cell => new Text(cell, style)));
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
