using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using CloudStack.Mcp.Telemetry;

namespace CloudStack.Mcp.Tests.Telemetry;

public sealed class PrometheusTextTests : IDisposable
{
    private readonly Meter _meter = new("prometheus-text-tests");
    private readonly MetricListener _listener;

    public PrometheusTextTests() => _listener = new MetricListener(_meter);

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void A_counter_adds_up_by_its_labels()
    {
        var counter = _meter.CreateCounter<long>("a.count", null, "Counts.");
        counter.Add(2, new KeyValuePair<string, object?>("k", "x"));
        counter.Add(3, new KeyValuePair<string, object?>("k", "x"));
        counter.Add(1, new KeyValuePair<string, object?>("k", "y"));

        Assert.Equal("# HELP a_count_total Counts.\n# TYPE a_count_total counter\na_count_total{k=\"x\"} 5\na_count_total{k=\"y\"} 1\n", Written("a_count"));
    }

    [Fact]
    public void A_histogram_has_growing_buckets_a_sum_and_a_count()
    {
        var histogram = _meter.CreateHistogram<double>("a.time", "s", "Takes.");
        histogram.Record(0.003);
        histogram.Record(0.2);
        histogram.Record(100);

        var text = Written("a_time");

        Assert.Contains("a_time_seconds_bucket{le=\"0.005\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains("a_time_seconds_bucket{le=\"0.25\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("a_time_seconds_bucket{le=\"30\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("a_time_seconds_bucket{le=\"+Inf\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("a_time_seconds_count 3\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_labels_stay_on_their_line()
    {
        _meter.CreateCounter<long>("b.count").Add(1, new KeyValuePair<string, object?>("k", "a\"} 9\nb_total 7\\"));

        Assert.Contains("b_count_total{k=\"a\\\"} 9\\nb_total 7\\\\\"} 1\n", Written("b_count"), StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_never_more_sets_of_labels_than_allowed()
    {
        var counter = _meter.CreateCounter<long>("c.count");
        for (var i = 0; i < 10_000; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("k", i));
        }

        var lines = Written("c_count").Split('\n').Where(line => line.StartsWith("c_count_total{", StringComparison.Ordinal)).ToList();

        Assert.Equal(MetricSeries.MostLabels + 1, lines.Count);
        Assert.Contains("c_count_total{label=\"other\"} 9800", lines);
    }

    [Fact]
    public void Every_line_is_of_the_form_that_prometheus_reads()
    {
        _meter.CreateObservableGauge("d.level", () => 1.5, "By", "Level.");

        Assert.All(
            _listener.Write().Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Matches(new Regex("""^(# (HELP|TYPE) [a-z_0-9]+ .+|[a-z_0-9]+(\{[a-z_]+="([^"\\]|\\.)*"(,[a-z_]+="([^"\\]|\\.)*")*\})? -?[0-9.E+-]+)$"""), line));
    }

    private string Written(string prefix) => string.Concat(_listener.Write().Split('\n')
        .Where(line => line.StartsWith(prefix, StringComparison.Ordinal) || line.Contains(' ' + prefix, StringComparison.Ordinal)).Select(line => line + "\n"));
}
