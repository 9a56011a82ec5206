using System.Diagnostics.Metrics;
using Cloud.Core.Telemetry;
using CloudStack.Client.Http;

namespace CloudStack.Mcp.Telemetry;

/// <summary>Keeps what the program's own meters measure, for whoever reads it.</summary>
internal sealed class MetricListener : IDisposable
{
    private static readonly HashSet<string> Meters = [OperationTelemetry.Name, RequestTelemetry.Name, ToolTelemetry.Name, ProcessMetrics.Name];

    private readonly Lock _turn = new();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<Instrument, MetricSeries> _series = [];

    /// <summary>Begins to listen.</summary>
    /// <param name="own">A meter that only this listener hears besides the program's own: what it observes belongs to one server.</param>
    public MetricListener(Meter own)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == own || Meters.Contains(instrument.Meter.Name))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Writes what was measured, in Prometheus' text form.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        lock (_turn)
        {
            return PrometheusText.Write(_series.Values);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_turn)
        {
            if (!_series.TryGetValue(instrument, out var series))
            {
                _series[instrument] = series = new MetricSeries(instrument);
            }

            series.Take(value, tags);
        }
    }
}
