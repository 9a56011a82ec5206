using System.Globalization;
using System.Text;

namespace CloudStack.Mcp.Telemetry;

/// <summary>Writes measurements in the text form that Prometheus reads (version 0.0.4).</summary>
internal static class PrometheusText
{
    /// <summary>The content type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes series.</summary>
    /// <param name="series">The series.</param>
    public static string Write(IEnumerable<MetricSeries> series)
    {
        var text = new StringBuilder();
        foreach (var one in series.OrderBy(s => s.Instrument.Name, StringComparer.Ordinal))
        {
            var name = NameOf(one);
            text.Append("# HELP ").Append(name).Append(' ').Append(Help(one.Instrument.Description ?? "")).Append('\n')
                .Append("# TYPE ").Append(name).Append(' ').Append(one.IsHistogram ? "histogram" : one.IsCounter ? "counter" : "gauge").Append('\n');
            foreach (var measured in one.All)
            {
                if (one.IsHistogram)
                {
                    WriteHistogram(text, name, measured);
                }
                else
                {
                    Line(text, name, measured.Labels, null, measured.Sum);
                }
            }
        }

        return text.ToString();
    }

    private static void WriteHistogram(StringBuilder text, string name, MetricSeries.Measured measured)
    {
        for (var i = 0; i < MetricSeries.Buckets.Count; i++)
        {
            Line(text, name + "_bucket", measured.Labels, Number(MetricSeries.Buckets[i]), measured.Below[i]);
        }

        Line(text, name + "_bucket", measured.Labels, "+Inf", measured.Count);
        Line(text, name + "_sum", measured.Labels, null, measured.Sum);
        Line(text, name + "_count", measured.Labels, null, measured.Count);
    }

    private static void Line(StringBuilder text, string name, IReadOnlyList<KeyValuePair<string, string>> labels, string? bound, double value)
    {
        text.Append(name);
        if (labels.Count > 0 || bound is not null)
        {
            var all = labels.Select(label => $"{Plain(label.Key)}=\"{Escape(label.Value)}\"");
            text.Append('{').AppendJoin(',', bound is null ? all : all.Append($"le=\"{bound}\"")).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string NameOf(MetricSeries series)
    {
        var name = Plain(series.Instrument.Name);
        var unit = series.Instrument.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            _ => "",
        };
        return name + unit + (series.IsCounter ? "_total" : "");
    }

    private static string Plain(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string Help(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Escape(string text) => Help(text).Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
