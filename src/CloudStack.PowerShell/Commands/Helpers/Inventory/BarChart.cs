using System.Globalization;
using System.Net;
using System.Text;

namespace CloudStack.PowerShell.Commands.Helpers.Inventory;

/// <summary>A chart of horizontal bars as an SVG element that stands in a page and needs nothing else.</summary>
internal static class BarChart
{
    private const int MostBars = 8;
    private const int RowHeight = 26;
    private const int BarStart = 150;
    private const int BarLength = 210;
    private const int Width = 440;
    private const int LongestLabel = 20;

    /// <summary>Writes a chart, the longest bar first; what is beyond a handful is added up.</summary>
    /// <param name="page">The page.</param>
    /// <param name="title">What it shows.</param>
    /// <param name="bars">The bars.</param>
    /// <param name="unit">What follows each number; may be empty.</param>
    public static void Write(StringBuilder page, string title, IEnumerable<(string Label, double Value)> bars, string unit)
    {
        var shown = Shortened([.. bars.OrderByDescending(bar => bar.Value).ThenBy(bar => bar.Label, StringComparer.Ordinal)]);
        var longest = shown.Select(bar => bar.Value).DefaultIfEmpty().Max();
        var height = Math.Max(1, shown.Count) * RowHeight;
        page.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{Encode(title)}</figcaption>\n");
        page.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{Encode(title)}\">\n");
        for (var i = 0; i < shown.Count; i++)
        {
            Bar(page, i * RowHeight, shown[i], longest, unit);
        }

        page.Append("</svg></figure>\n");
    }

    private static void Bar(StringBuilder page, int top, (string Label, double Value) bar, double longest, string unit)
    {
        var length = longest > 0 ? Math.Max(2, BarLength * bar.Value / longest) : 2;
        var middle = top + (RowHeight / 2) + 4;
        page.Append(CultureInfo.InvariantCulture, $"<text class=\"label\" x=\"{BarStart - 8}\" y=\"{middle}\" text-anchor=\"end\">{Encode(ShownText.Of(bar.Label, LongestLabel))}</text>");
        page.Append(CultureInfo.InvariantCulture, $"<rect x=\"{BarStart}\" y=\"{top + 4}\" width=\"{length:0.#}\" height=\"{RowHeight - 8}\" rx=\"3\"/>");
        page.Append(CultureInfo.InvariantCulture, $"<text x=\"{BarStart + length + 6:0.#}\" y=\"{middle}\">{bar.Value:#,0.#}{(unit.Length > 0 ? " " + unit : "")}</text>\n");
    }

    private static List<(string Label, double Value)> Shortened(List<(string Label, double Value)> bars) => bars.Count <= MostBars
        ? bars
        : [.. bars.Take(MostBars - 1), ($"{bars.Count - MostBars + 1} others", bars.Skip(MostBars - 1).Sum(bar => bar.Value))];

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
