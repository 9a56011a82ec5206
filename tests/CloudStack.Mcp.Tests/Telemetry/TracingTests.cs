using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Telemetry;
using CloudStack.Mcp.Tests.Operation;
using CloudStack.Mcp.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudStack.Mcp.Tests.Telemetry;

public sealed class TracingTests
{
    [Fact]
    public async Task A_tool_call_leads_to_its_operation_and_that_to_its_request_in_the_callers_own_trace()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = Listen(spans);
        await using var server = await OperatedServer.StartAsync();
        var client = await server.ConnectAsync();
        using var callers = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();

        await client.ReadAsync("listZones");
        callers.Stop();

        var own = spans.Where(span => span.TraceId == callers.TraceId).ToList();
        var tool = Assert.Single(own, span => span.OperationName == "tool cloud_read");
        var operation = Assert.Single(own, span => span.OperationName == "listZones");
        var request = Assert.Single(own, span => span.OperationName == "request listZones");
        Assert.Equal(tool.SpanId, operation.ParentSpanId);
        Assert.Equal(operation.SpanId, request.ParentSpanId);
    }

    [Fact]
    public async Task Over_standard_input_the_trace_that_a_request_names_in_its_metadata_reaches_the_request_to_the_cloud()
    {
        var trace = ActivityTraceId.CreateRandom();
        var caller = ActivitySpanId.CreateRandom();
        var spans = new ConcurrentBag<Activity>();
        using var listener = Listen(spans);
        await using var client = await StatelessClient.StartAsync("pipes");

        await client.AskAsync(
            "tools/call", """{"name":"cloud_read","arguments":{"command":"listZones"}}""", meta: $",\"traceparent\":\"00-{trace}-{caller}-01\"");

        await Eventually.IsTrueAsync(() => spans.Any(span => span.TraceId == trace && span.OperationName.StartsWith("tools/call", StringComparison.Ordinal)));
        var own = spans.Where(span => span.TraceId == trace).ToList();
        var request = Assert.Single(own, span => span.OperationName == "request listZones");
        var above = request;
        while (own.SingleOrDefault(span => span.SpanId == above.ParentSpanId) is { } parent)
        {
            above = parent;
        }

        Assert.Equal(caller, above.ParentSpanId);
    }

    [Fact]
    public async Task A_collector_gets_the_spans_and_no_secret_with_them()
    {
        var received = new ConcurrentBag<byte[]>();
        await using var collector = await CollectorAsync(received);
        var key = ApiKey.New();
        using (var tracing = Tracing.Start(new Uri(collector.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First())))
        {
            await using var server = await OperatedServer.StartAsync($$"""
                "callers": { "keys": [{ "name": "ci", "hash": "{{ApiKey.Hash(key)}}", "roles": ["admin"] }] }
                """);
            var client = await server.ConnectAsync(key);
            await client.ReadAsync("listZones", """{"name":"argument-of-the-call"}""");
        }

        var all = string.Concat(received.Select(Encoding.Latin1.GetString));
        Assert.Contains("tool cloud_read", all, StringComparison.Ordinal);
        Assert.Contains("request listZones", all, StringComparison.Ordinal);
        Assert.Contains("cloudstack-mcp", all, StringComparison.Ordinal);
        foreach (var secret in (string[])[key, "argument-of-the-call", "mcp.session.id", "apikey", "signature"])
        {
            Assert.DoesNotContain(secret, all, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static readonly string[] Sources = ["CloudStack.Mcp", "Cloud.Core", "CloudStack.Client", "Experimental.ModelContextProtocol", "Microsoft.AspNetCore"];

    private static ActivityListener Listen(ConcurrentBag<Activity> spans)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => Sources.Contains(source.Name),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static async Task<WebApplication> CollectorAsync(ConcurrentBag<byte[]> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/v1/traces", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            received.Add(body.ToArray());
        });
        await app.StartAsync();
        return app;
    }
}
