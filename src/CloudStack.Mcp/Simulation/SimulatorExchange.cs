using System.IO.Compression;
using System.Net;
using CloudStack.Simulator;
using Microsoft.AspNetCore.Http;

namespace CloudStack.Mcp.Simulation;

/// <summary>Carries one HTTP request to a simulated cloud and its answer back.</summary>
internal static class SimulatorExchange
{
    // The real server's own limit.
    private const int LeastCompressed = 32;

    public static async Task CarryAsync(SimulatedCloud cloud, HttpContext context)
    {
        try
        {
            var answer = await cloud.HandleAsync(await ReadAsync(context.Request, context.RequestAborted), context.RequestAborted);
            context.Response.StatusCode = answer.Status;
            foreach (var (name, value) in answer.Headers)
            {
                context.Response.Headers.Append(name, value);
            }

            await WriteAsync(answer, context);
            answer.Release();
        }
        catch (SimulatedDisconnectException)
        {
            context.Abort();
        }
    }

    private static async Task<SimulatedRequest> ReadAsync(HttpRequest asked, CancellationToken cancellationToken) => new()
    {
        Method = asked.Method,
        ClientAddress = asked.HttpContext.Connection.RemoteIpAddress ?? IPAddress.Loopback,
        Path = asked.Path.Value ?? "",
        QueryString = asked.QueryString.Value?.TrimStart('?') ?? "",
        Headers = asked.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        Body = HttpMethods.IsPost(asked.Method) ? await BodyAsync(asked, cancellationToken) : default,
    };

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest asked, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream((int)(asked.ContentLength ?? 0));
        await asked.Body.CopyToAsync(body, cancellationToken);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static async Task WriteAsync(SimulatedResponse answer, HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        if (answer.BodyTime > TimeSpan.Zero)
        {
            await DripAsync(answer, context.Response.Body, cancellationToken);
            return;
        }

        if (answer.Body.Length >= LeastCompressed && TakesGzip(context.Request))
        {
            context.Response.Headers.ContentEncoding = "gzip";
            context.Response.Headers.Vary = "Accept-Encoding";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            await gzip.WriteAsync(answer.Body, cancellationToken);
            return;
        }

        context.Response.ContentLength = answer.Body.Length;
        await context.Response.Body.WriteAsync(answer.Body, cancellationToken);
    }

    private static async Task DripAsync(SimulatedResponse answer, Stream output, CancellationToken cancellationToken)
    {
        using var body = answer.OpenBody();
        var piece = new byte[answer.Body.Length];
        while (await body.ReadAsync(piece, cancellationToken) is > 0 and var count)
        {
            await output.WriteAsync(piece.AsMemory(0, count), cancellationToken);
            await output.FlushAsync(cancellationToken);
        }
    }

    private static bool TakesGzip(HttpRequest request) => request.Headers.AcceptEncoding
        .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries))
        .Any(coding => coding.StartsWith("gzip", StringComparison.OrdinalIgnoreCase) && !coding.EndsWith(";q=0", StringComparison.Ordinal));
}
