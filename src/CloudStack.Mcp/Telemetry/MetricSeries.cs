using System.Diagnostics.Metrics;

namespace CloudStack.Mcp.Telemetry;

/// <summary>What was measured by one instrument, by its labels. How many sets of labels there can be is bounded: the rest counts as one.</summary>
/// <param name="instrument">The instrument.</param>
internal sealed class MetricSeries(Instrument instrument)
{
    /// <summary>The most sets of labels.</summary>
    public const int MostLabels = 200;

    private static readonly KeyValuePair<string, string>[] Rest = [new("label", "other")];

    private readonly Dictionary<string, Measured> _byLabels = new(StringComparer.Ordinal);

    /// <summary>The upper bounds of a histogram's buckets in seconds, without the last, which has none.</summary>
    public static IReadOnlyList<double> Buckets { get; } = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    /// <summary>The instrument.</summary>
    public Instrument Instrument => instrument;

    /// <summary>True for an instrument that measures how values are spread.</summary>
    public bool IsHistogram { get; } = Is(instrument, typeof(Histogram<>));

    /// <summary>True for an instrument that only grows.</summary>
    public bool IsCounter { get; } = Is(instrument, typeof(Counter<>)) || Is(instrument, typeof(ObservableCounter<>));

    /// <summary>What was measured.</summary>
    public IEnumerable<Measured> All => _byLabels.Values;

    /// <summary>Takes a measurement.</summary>
    /// <param name="value">The value.</param>
    /// <param name="tags">Its labels.</param>
    public void Take(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var measured = Find(tags);
        measured.Sum = instrument.IsObservable ? value : measured.Sum + value;
        measured.Count++;
        if (IsHistogram)
        {
            for (var i = 0; i < Buckets.Count; i++)
            {
                measured.Below[i] += value <= Buckets[i] ? 1 : 0;
            }
        }
    }

    private Measured Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new KeyValuePair<string, string>[tags.Length];
        for (var i = 0; i < tags.Length; i++)
        {
            labels[i] = new(tags[i].Key, tags[i].Value?.ToString() ?? "");
        }

        var key = string.Join('\u001f', labels.Select(label => $"{label.Key}={label.Value}"));
        if (_byLabels.TryGetValue(key, out var known))
        {
            return known;
        }

        if (_byLabels.Count >= MostLabels)
        {
            (key, labels) = ("", Rest);
            if (_byLabels.TryGetValue(key, out var rest))
            {
                return rest;
            }
        }

        return _byLabels[key] = new Measured(labels, IsHistogram ? new long[Buckets.Count] : []);
    }

    private static bool Is(Instrument instrument, Type kind) =>
        instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == kind;

    /// <summary>What was measured with one set of labels.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="below">How many values were at or below each bucket's bound.</param>
    internal sealed class Measured(KeyValuePair<string, string>[] labels, long[] below)
    {
        public IReadOnlyList<KeyValuePair<string, string>> Labels => labels;

        public long[] Below => below;

        /// <summary>The sum of the values; of an observed instrument the last one.</summary>
        public double Sum { get; set; }

        public long Count { get; set; }
    }
}
