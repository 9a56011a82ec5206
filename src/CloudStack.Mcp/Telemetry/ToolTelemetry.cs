using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cloud.Core.Errors;
using Cloud.Core.Operations;

namespace CloudStack.Mcp.Telemetry;

/// <summary>What is told of tool calls to whoever listens. No argument, answer or credential is part of it.</summary>
internal static class ToolTelemetry
{
    /// <summary>The name of the source of spans and of the meter.</summary>
    public const string Name = "CloudStack.Mcp";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("mcp.tool.duration", "s", "How long tool calls took.");
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("mcp.tool.calls", "{call}", "Tool calls.");
    private static readonly Counter<long> Confirmations = Meter.CreateCounter<long>("mcp.confirmations", "{question}", "What became of changes that came to be confirmed.");
    private static readonly Counter<long> Credentials = Meter.CreateCounter<long>("mcp.credentials.refused", "{request}", "Requests whose caller didn't prove who it is, or has no role.");

    /// <summary>Begins the span of a call.</summary>
    public static Activity? Start(string tool, string caller) =>
        Source.StartActivity("tool " + tool)?.SetTag("mcp.tool", tool).SetTag("mcp.caller", caller);

    /// <summary>Ends it.</summary>
    public static void End(Activity? activity, string tool, string outcome, ErrorCause? cause, TimeSpan elapsed)
    {
        var name = new KeyValuePair<string, object?>("tool", tool);
        Duration.Record(elapsed.TotalSeconds, name);
        Calls.Add(1, name, new KeyValuePair<string, object?>("outcome", outcome));
        activity?.SetTag("mcp.outcome", outcome);
        if (outcome != "completed")
        {
            activity?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", cause?.ToString() ?? outcome);
        }
    }

    /// <summary>Counts how a change was decided on.</summary>
    /// <param name="answer">The decision; null where it was refused: by policy, or since the confirmation was no good.</param>
    public static void Confirmed(ConfirmationAnswer? answer) =>
        Confirmations.Add(1, new KeyValuePair<string, object?>("outcome", answer?.ToString().ToLowerInvariant() ?? "refused"));

    /// <summary>Counts a request that wasn't let in.</summary>
    /// <param name="status">The HTTP status it got.</param>
    public static void NotLetIn(int status) => Credentials.Add(1, new KeyValuePair<string, object?>("status", status));
}
