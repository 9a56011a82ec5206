using CloudStack.Mcp.Http.Resumption;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Http;

/// <summary>Adds to the HTTP server what stands before or beside MCP.</summary>
/// <param name="app">
/// The pipeline. Middleware that is used here (authentication, rate limits, measuring) runs after the check of host and origin
/// and before MCP: it sees every request, may answer it itself, and tells MCP who calls by setting <c>HttpContext.User</c>, to
/// which sessions are bound. Endpoints that are mapped here (health, metrics, metadata) stand beside MCP.
/// </param>
/// <param name="sessions">The sessions, to be counted.</param>
internal delegate void HttpComposition(WebApplication app, SessionTable sessions);

/// <summary>Serves MCP over HTTP.</summary>
internal sealed class HttpHost : IAsyncDisposable
{
    private const double SlowestBytesPerSecond = 240;

    private readonly WebApplication _app;
    private readonly HttpSettings _settings;

    private HttpHost(WebApplication app, SessionTable sessions, HttpSettings settings, Uri url) =>
        (_app, Sessions, _settings, Url) = (app, sessions, settings, url);

    /// <summary>The full address where MCP is spoken.</summary>
    public Uri Url { get; }

    /// <summary>The sessions of the older revisions.</summary>
    public SessionTable Sessions { get; }

    /// <summary>Starts serving.</summary>
    /// <param name="settings">Where and within which limits.</param>
    /// <param name="options">What a server tells and does, for the request that begins a session or stands alone.</param>
    /// <param name="compose">Adds what stands before or beside MCP, or null.</param>
    /// <param name="logger">Hears of faults, or null.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<HttpHost> StartAsync(
        HttpSettings settings, Func<HttpContext, McpServerOptions> options, HttpComposition? compose, ILoggerFactory? logger, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.LongestDrain);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.LargestBody;
            kestrel.Limits.MinRequestBodyDataRate = kestrel.Limits.MinResponseDataRate = new MinDataRate(SlowestBytesPerSecond, settings.LongestStall);
            kestrel.Limits.MaxConcurrentConnections = settings.MostConnections;
            kestrel.Listen(settings.Address, settings.Port);
        });
        var app = builder.Build();
        var sessions = new SessionTable(settings);
        var endpoint = new McpEndpoint(options, sessions, new StoredStreams(), settings.Time, logger, app.Lifetime.ApplicationStopping);
        app.Use(new HostGuard(settings).CheckAsync);
        compose?.Invoke(app, sessions);
        app.Map(HttpSettings.Path, endpoint.ServeAsync);
        app.MapFallback("{*path}", context =>
            Refusal.Http(StatusCodes.Status404NotFound, $"There is nothing here; MCP is spoken at {HttpSettings.Path}.").WriteAsync(context));
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await sessions.DisposeAsync();
            await app.DisposeAsync();
            throw;
        }

        var bound = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return new HttpHost(app, sessions, settings, new Uri(bound, HttpSettings.Path));
    }

    /// <summary>Stops: nothing new is taken, answers under way may finish, then every session ends.</summary>
    public async ValueTask DisposeAsync()
    {
        using var drained = new CancellationTokenSource(_settings.LongestDrain);
        await _app.StopAsync(drained.Token);
        await Sessions.DisposeAsync();
        await _app.DisposeAsync();
    }
}
