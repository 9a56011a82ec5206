using System.Globalization;
using System.Text.Json.Nodes;

namespace CloudStack.Mcp.CommandLine.Tour.Steps;

/// <summary>The assistant looks at sizes and templates, asking for a few fields only.</summary>
internal sealed class OfferingsStep(TourScene scene) : ITourStep
{
    /// <summary>The size of the tour's machine.</summary>
    public const string Size = "Small";

    /// <summary>The template of the tour's machine.</summary>
    public const string Template = "Debian 12";

    public string Headline => "Sizes and templates, only the fields that matter";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        string[] fields = ["name", "cpunumber", "memory"];
        var sizes = (await scene.Assistant.ReadAsync("listServiceOfferings", null, fields, cancellationToken)).Succeeded();
        scene.Screen.Table(sizes.Rows, fields);
        var size = sizes.Rows.FirstOrDefault(row => TourAnswer.Text(row, "name") == Size);
        Expect.Equal($"The processors of {Size}", "1", TourAnswer.Text(size, "cpunumber"));
        Expect.Equal($"The fields of {Size}", fields.Length, size.EnumerateObject().Count());

        string[] about = ["name", "ostypename", "size"];
        var filter = new JsonObject { ["templatefilter"] = "featured" };
        var templates = (await scene.Assistant.ReadAsync("listTemplates", filter, about, cancellationToken)).Succeeded();
        scene.Screen.Table(
            ["name", "ostypename", "GiB"],
            templates.Rows.Select(row => (string[])[TourAnswer.Text(row, "name"), TourAnswer.Text(row, "ostypename"), Gibibytes(TourAnswer.Text(row, "size"))]));
        Expect.That(
            templates.Rows.Any(row => TourAnswer.Text(row, "name") == Template), "The templates", Template, templates.Json);
        return $"{Size} and {Template} are there";
    }

    private static string Gibibytes(string bytes) => long.TryParse(bytes, CultureInfo.InvariantCulture, out var size)
        ? (size / (double)(1L << 30)).ToString("0.#", CultureInfo.InvariantCulture)
        : "";
}
