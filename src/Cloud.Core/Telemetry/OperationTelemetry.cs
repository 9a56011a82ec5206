using System.Diagnostics;
using System.Diagnostics.Metrics;
using Cloud.Core.Caching;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Operations;

namespace Cloud.Core.Telemetry;

/// <summary>
/// What is told of operations to whoever listens: a span of each, and how many objects came. No argument and no text from a
/// cloud is part of it, so that no secret can be.
/// </summary>
public static class OperationTelemetry
{
    /// <summary>The name of the source of spans and of the meter.</summary>
    public const string Name = "Cloud.Core";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Objects = Meter.CreateCounter<long>("cloud.objects", "{object}", "Objects that came from a cloud.");
    private static readonly Counter<long> CacheReads = Meter.CreateCounter<long>("cloud.cache.reads", "{read}", "Reads of what is remembered of a cloud.");

    internal static Activity? Start(CommandSpec command, string profile) =>
        Source.StartActivity(command.Name)?
            .SetTag("cloud.command", command.Name)
            .SetTag("cloud.effect", command.Effect.Effect.ToString().ToLowerInvariant())
            .SetTag("cloud.profile", profile);

    internal static void End(Activity? activity, CommandSpec command, OperationOutcome outcome)
    {
        Objects.Add(outcome.Emitted, new KeyValuePair<string, object?>("category", command.Category));
        activity?.SetTag("cloud.outcome", outcome.Status.ToString().ToLowerInvariant()).SetTag("cloud.objects", outcome.Emitted);
        if (outcome.JobId is { } job)
        {
            activity?.SetTag("cloud.job", job);
        }
    }

    internal static void Fail(Activity? activity, Exception error) => activity?
        .SetStatus(ActivityStatusCode.Error)
        .SetTag("error.type", error is CloudException known ? known.Cause.ToString() : error.GetType().Name);

    internal static void CacheRead(bool hit, CacheKind kind) => CacheReads.Add(
        1,
        new KeyValuePair<string, object?>("result", hit ? "hit" : "miss"),
        new KeyValuePair<string, object?>("kind", kind.ToString().ToLowerInvariant()));
}
