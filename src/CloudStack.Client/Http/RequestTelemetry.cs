using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CloudStack.Client.Http;

/// <summary>What is told of requests to whoever listens: a span of each try, and how long its answer took. Addresses and arguments are no part of it, since they hold keys.</summary>
public static class RequestTelemetry
{
    /// <summary>The name of the source of spans and of the meter.</summary>
    public const string Name = "CloudStack.Client";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("cloudstack.api.duration", "s", "How long the API took to answer.");

    internal static Measure Start(string command, Uri server) => new(command, server);

    /// <summary>One try that is measured; disposed of without an end, it was stopped.</summary>
    internal sealed class Measure : IDisposable
    {
        private readonly long _begun = Stopwatch.GetTimestamp();
        private readonly string _command;
        private readonly Activity? _activity;
        private string _outcome = "Stopped";

        public Measure(string command, Uri server)
        {
            _command = command;
            _activity = Source.StartActivity("request " + command, ActivityKind.Client)?
                .SetTag("cloud.command", command)
                .SetTag("server.address", server.Host)
                .SetTag("server.port", server.Port);
        }

        /// <summary>The time since it began.</summary>
        public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begun);

        public Attempt End(Attempt attempt)
        {
            _outcome = attempt.Error?.Cause.ToString() ?? "ok";
            if (attempt.Error is { } error)
            {
                _activity?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", _outcome).SetTag("http.response.status_code", error.HttpStatus);
            }

            return attempt;
        }

        public void Dispose()
        {
            Duration.Record(
                Elapsed.TotalSeconds,
                new KeyValuePair<string, object?>("command", _command),
                new KeyValuePair<string, object?>("outcome", _outcome));
            _activity?.Dispose();
        }
    }
}
