using System.Text.Json;

namespace CloudStack.Mcp.CommandLine.Coverage;

/// <summary>Writes a coverage report for scripts.</summary>
internal static class CoverageJson
{
    /// <summary>Writes one JSON object.</summary>
    /// <param name="report">The report.</param>
    /// <param name="w">Where.</param>
    public static void Write(CoverageReport report, Utf8JsonWriter w)
    {
        w.WriteStartObject();
        w.WriteStartObject("total");
        WriteFigures(report.Total, w);
        w.WriteEndObject();
        w.WriteNumber("sessionCmdlets", report.SessionCmdlets.Count);
        w.WriteNumber("aliases", report.Aliases);
        w.WriteStartArray("categories");
        foreach (var category in report.Categories)
        {
            w.WriteStartObject();
            w.WriteString("name", category.Name);
            WriteFigures(category, w);
            w.WriteEndObject();
        }

        w.WriteEndArray();
        w.WriteEndObject();
    }

    private static void WriteFigures(CategoryCoverage figures, Utf8JsonWriter w)
    {
        w.WriteNumber("commands", figures.Commands);
        w.WriteNumber("cmdlets", figures.Cmdlets);
        w.WriteNumber("tools", figures.Tools);
        w.WriteNumber("described", figures.Described);
        w.WriteNumber("withExamples", figures.Examples);
        w.WriteNumber("parameters", figures.Parameters);
        w.WriteNumber("parametersExplained", figures.Explained);
        w.WriteStartObject("effects");
        foreach (var (effect, count) in figures.Effects)
        {
            w.WriteNumber(effect.ToString().ToLowerInvariant(), count);
        }

        w.WriteEndObject();
        w.WriteNumber("simulatorLifecycles", figures.Lifecycles);
        w.WriteNumber("simulatorGeneric", figures.Generic);
    }
}
