using System.Net;
using CloudStack.Simulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudStack.Mcp.Simulation;

/// <summary>Serves a simulated cloud over HTTP, to any client that speaks CloudStack's API.</summary>
internal sealed class SimulatorHost : IAsyncDisposable
{
    // The real server's own limits.
    private const long LargestBody = 1 << 20;
    private const long LargestUpload = 65L << 20;
    private const int LongestRequestLine = 8 * 1024;

    private readonly WebApplication _app;

    private SimulatorHost(WebApplication app, Uri url) => (_app, Url) = (app, url);

    /// <summary>The API's full address.</summary>
    public Uri Url { get; }

    /// <summary>Starts serving.</summary>
    /// <param name="cloud">The cloud, which stays the caller's.</param>
    /// <param name="address">The address to listen on.</param>
    /// <param name="port">The port, or 0 for a free one.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<SimulatorHost> StartAsync(
        SimulatedCloud cloud, IPAddress address, int port, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
            kestrel.Listen(address, port);
        });
        var app = builder.Build();
        app.Run(context => AnswerAsync(cloud, context));
        await app.StartAsync(cancellationToken);
        var bound = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        cloud.FileAddress = bound;
        return new SimulatorHost(app, new Uri(bound, "/client/api"));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }

    private static async Task AnswerAsync(SimulatedCloud cloud, HttpContext context)
    {
        var asked = context.Request;
        if (asked.Path.StartsWithSegments(SimulatorControl.Folder, StringComparison.Ordinal))
        {
            await SimulatorControl.AnswerAsync(cloud, context);
            return;
        }

        if (asked.Path.StartsWithSegments("/upload", StringComparison.Ordinal))
        {
            context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = LargestUpload;
        }
        else if (!asked.Path.StartsWithSegments("/client/api", StringComparison.Ordinal)
            && !asked.Path.StartsWithSegments("/userdata", StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await SimulatorExchange.CarryAsync(cloud, context);
    }
}
