using System.Diagnostics.Metrics;
using System.Text.Json;
using Cloud.Core.Errors;
using CloudStack.Mcp.Operation.Clouds;
using CloudStack.Mcp.Stores;
using Microsoft.AspNetCore.Http;

namespace CloudStack.Mcp.Operation.Health;

/// <summary>
/// Tells balancers whether this server lives and whether it can do its work. Whoever asks learns which cloud is well and the
/// kind of trouble of one that isn't, and nothing of where it is.
/// </summary>
/// <param name="clouds">The clouds.</param>
/// <param name="store">What replicas share.</param>
/// <param name="time">The clock.</param>
internal sealed class HealthChecks(CloudSet clouds, SharedStore store, TimeProvider time)
{
    private readonly IReadOnlyList<CloudProbe> _probes =
        [.. clouds.Names.Select(name => new CloudProbe(name, () => clouds[name].Provider, time))];

    /// <summary>Adds what was found to the metrics.</summary>
    /// <param name="meter">The server's own meter.</param>
    public void Observe(Meter meter)
    {
        meter.CreateObservableGauge(
            "cloudstack.round.trip", () => Found().Select(found => Of(found, found.RoundTrip.TotalSeconds)), "s", "Round trip of the cheapest API call, when last asked.");
        meter.CreateObservableGauge(
            "cloudstack.ready", () => Found().Select(found => Of(found, found.IsReady ? 1 : 0)), null, "1 where the cloud answered when last asked.");
    }

    /// <summary>Answers that the process lives.</summary>
    /// <param name="context">The request.</param>
    public static Task LiveAsync(HttpContext context) => WriteAsync(context, isWell: true, []);

    /// <summary>
    /// Answers whether work can be done: the store answers, and at least one cloud. One cloud of several that is down must not
    /// take the server from the others.
    /// </summary>
    /// <param name="context">The request.</param>
    public async Task ReadyAsync(HttpContext context)
    {
        var found = await Task.WhenAll(_probes.Select(probe => probe.AskAsync(context.RequestAborted)));
        var parts = found.Select(f => (f.Cloud, f.Cause?.ToString() ?? "ok")).ToList();
        var storeIsWell = true;
        try
        {
            await store.CheckAsync(context.RequestAborted);
        }
        catch (CloudException error)
        {
            storeIsWell = false;
            parts.Add(("store", error.Cause.ToString()));
        }

        await WriteAsync(context, storeIsWell && found.Any(f => f.IsReady), parts);
    }

    /// <summary>Finds out how the clouds are for whoever reads the metrics next, and waits for none.</summary>
    public void Refresh()
    {
        foreach (var probe in _probes)
        {
            _ = Task.Run(() => probe.AskAsync(CancellationToken.None));
        }
    }

    private IEnumerable<CloudHealth> Found() => _probes.Select(probe => probe.Last).OfType<CloudHealth>();

    private static Measurement<double> Of(CloudHealth found, double value) => new(value, new KeyValuePair<string, object?>("cloud", found.Cloud));

    private static async Task WriteAsync(HttpContext context, bool isWell, IReadOnlyList<(string Part, string State)> parts)
    {
        context.Response.StatusCode = isWell ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await using var w = new Utf8JsonWriter(context.Response.BodyWriter);
        w.WriteStartObject();
        w.WriteString("status", isWell ? "ok" : "unavailable");
        foreach (var (part, state) in parts)
        {
            w.WriteString(part, state);
        }

        w.WriteEndObject();
    }
}
