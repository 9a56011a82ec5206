using System.Globalization;
using System.Text;
using Cloud.Core.Catalog;

namespace CloudStack.Mcp.CommandLine.Coverage;

/// <summary>Writes a coverage report as the page <c>docs/coverage.md</c>.</summary>
internal static class CoverageMarkdown
{
    /// <summary>Writes the page.</summary>
    /// <param name="report">The report.</param>
    public static string Write(CoverageReport report)
    {
        var total = report.Total;
        var page = new StringBuilder();
        void Line(FormattableString text) => page.Append(FormattableString.Invariant(text)).Append('\n');

        Line($"# Coverage");
        Line($"");
        Line($"What is built, counted in what was built: the catalog, the module's assembly, the server's tool manifest and the");
        Line($"simulator. `coverage --markdown` writes this page but for its last section, which repeats the figures of");
        Line($"[search](search.md); a test compares both with what is found afresh.");
        Line($"");
        Line($"| | count |");
        Line($"|---|---:|");
        Line($"| commands in the catalog | {total.Commands} |");
        Line($"| commands with a compiled cmdlet | {total.Cmdlets} |");
        Line($"| further cmdlets, for sessions and helpers | {report.SessionCmdlets.Count} |");
        Line($"| commands with a direct tool of the MCP server | {total.Tools} |");
        Line($"| tool names of older servers that are understood | {report.Aliases} |");
        Line($"| commands with synopsis and description | {total.Described} |");
        Line($"| commands with an example | {total.Examples} |");
        Line($"| parameters | {total.Parameters} |");
        Line($"| parameters with an explanation | {total.Explained} |");
        Line($"| commands with a life cycle of their own in the simulator | {total.Lifecycles} |");
        Line($"| commands that the simulator answers generically | {total.Generic} |");
        Line($"");
        Line($"The further cmdlets are {string.Join(", ", report.SessionCmdlets.Select(name => $"`{name}`"))}.");
        Line($"");
        Line($"## By category");
        Line($"");
        Line($"| category | commands | cmdlets | tools | described | examples | parameters | explained | life cycle | generic |");
        Line($"|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var c in report.Categories.Append(total))
        {
            Line($"| {c.Name} | {c.Commands} | {c.Cmdlets} | {c.Tools} | {c.Described} | {c.Examples} | {c.Parameters} | {c.Explained} | {c.Lifecycles} | {c.Generic} |");
        }

        Line($"");
        Line($"## By effect");
        Line($"");
        Line($"Every command has a reviewed effect, which decides how it's confirmed.");
        Line($"");
        var effects = Enum.GetValues<Effect>();
        Line($"| category | {string.Join(" | ", effects.Select(effect => effect.ToString().ToLowerInvariant()))} |");
        Line($"|---|{string.Concat(effects.Select(_ => "---:|"))}");
        foreach (var c in report.Categories.Append(total))
        {
            Line($"| {c.Name} | {string.Join(" | ", effects.Select(effect => c.Effects[effect].ToString(CultureInfo.InvariantCulture)))} |");
        }

        return page.ToString();
    }
}
