using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Cloud.Core.Telemetry;
using CloudStack.Client.Http;
using CloudStack.Mcp.Server.Protocol;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CloudStack.Mcp.Telemetry;

/// <summary>Sends spans to a collector: from the request that came in to the request to the cloud. Where a caller sends its own trace along, they belong to that.</summary>
internal static class Tracing
{
    /// <summary>The variable by which OpenTelemetry's own programs are told where the collector is.</summary>
    public const string Variable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // The protocol's implementation and the web server read the caller's trace from a message's metadata and a request's header.
    private static readonly string[] Sources =
        [ToolTelemetry.Name, OperationTelemetry.Name, RequestTelemetry.Name, "Experimental.ModelContextProtocol", "Microsoft.AspNetCore"];

    // A session's name lets whoever knows it take part; queries are whatever a client sends.
    private static readonly string[] Secrets = ["mcp.session.id", "url.query"];

    /// <summary>Begins to send.</summary>
    /// <param name="collector">The collector's address, where OTLP is taken over HTTP; null for the one that <see cref="Variable"/> names.</param>
    /// <returns>What ends it and sends the rest; null where no collector is named.</returns>
    public static IDisposable? Start(Uri? collector) =>
        collector is null && !Uri.TryCreate(Environment.GetEnvironmentVariable(Variable), UriKind.Absolute, out collector) ? null : SendTo(collector);

    [MethodImpl(MethodImplOptions.NoInlining)]
    [SuppressMessage("Performance", "CA1859", Justification = "Only what this method does is to need the library, which few servers do.")]
    private static IDisposable SendTo(Uri collector) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService(CloudMcpServer.ProgramName, serviceVersion: CloudMcpServer.Version))
        .AddSource(Sources)
        .AddProcessor(new WithoutSecrets())
        .AddOtlpExporter(options =>
        {
            options.Protocol = OtlpExportProtocol.HttpProtobuf;
            options.Endpoint = new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/v1/traces");
        })
        .Build();

    private sealed class WithoutSecrets : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data)
        {
            foreach (var tag in Secrets)
            {
                data.SetTag(tag, null);
            }
        }
    }
}
