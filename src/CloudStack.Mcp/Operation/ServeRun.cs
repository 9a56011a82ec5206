using System.Diagnostics.Metrics;
using Cloud.Core.Audit;
using Cloud.Core.Errors;
using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Authentication.Jwt;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Http;
using CloudStack.Mcp.Operation.Calls;
using CloudStack.Mcp.Operation.Clouds;
using CloudStack.Mcp.Operation.Configuration;
using CloudStack.Mcp.Operation.Health;
using CloudStack.Mcp.Server.Protocol;
using CloudStack.Mcp.Server.Tools;
using CloudStack.Mcp.Stores;
using CloudStack.Mcp.Stores.Postgres;
using CloudStack.Mcp.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CloudStack.Mcp.Operation;

/// <summary>A server as the operator configured it, put together from its parts.</summary>
internal sealed class ServeRun : IAsyncDisposable
{
    // For answers under way over standard input, when the server is told to stop.
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(10);

    private readonly ServeConfig _config;
    private readonly SharedStore _store;
    private readonly CallDesk _desk;
    private readonly CloudSet _clouds;
    private readonly CloudAccess _access;
    private readonly ConnectionTools _connections;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory? _logger;

    private ServeRun(ServeConfig config, SharedStore store, TimeProvider time, ILoggerFactory? logger)
    {
        (_config, _store, _time, _logger) = (config, store, time, logger);
        var audit = new AttendedAudit(new FileAuditLog(config.AuditPath));
        _clouds = new CloudSet(config, store, audit, logger);
        _desk = new CallDesk(audit, store.Rates, config.Rate, time, logger?.CreateLogger<CallDesk>());
        _access = new CloudAccess(_clouds, config.Roles, _desk);
        _connections = new ConnectionTools(_access, config.Toolsets);
    }

    /// <summary>Puts a server together, and checks its settings.</summary>
    /// <param name="config">What the operator set.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Hears of faults, or null.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="CloudException">A setting names nothing, or the store can't be used.</exception>
    public static async Task<ServeRun> CreateAsync(ServeConfig config, TimeProvider time, ILoggerFactory? logger, CancellationToken cancellationToken)
    {
        SharedStore store = config.Postgres is { } connection
            ? await PostgresStore.OpenAsync(connection, time, cancellationToken)
            : new MemoryStore(time);
        var run = new ServeRun(config, store, time, logger);
        try
        {
            run._clouds.Check();
            run._clouds.Warm(logger);
            return run;
        }
        catch
        {
            await run.DisposeAsync();
            throw;
        }
    }

    /// <summary>Serves one client over standard input and output, until it goes.</summary>
    /// <param name="cancellationToken">Ends it as if the client had gone.</param>
    public async Task ServeInputAsync(CancellationToken cancellationToken)
    {
        await using var transport = LineTransport.OfProcess();
        using var end = new CancellationTokenSource();
        await using var stopping = cancellationToken.UnsafeRegister(
            _ =>
            {
                _clouds.Leave();
                transport.Close();
                end.CancelAfter(LongestDrain);
            },
            null);
        await Mcp(_access.ToolsOf(null, _config.Toolsets)).RunAsync(transport, end.Token);
    }

    /// <summary>Begins to serve over HTTP.</summary>
    /// <param name="settings">Where and within which limits.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="IOException">The address is taken.</exception>
    public Task<HttpHost> StartHttpAsync(HttpSettings settings, CancellationToken cancellationToken) => HttpHost.StartAsync(
        settings,
        context => Mcp(_connections.Of(context)).Options(),
        Compose,
        _logger,
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _clouds.DisposeAsync();
        await _store.DisposeAsync();
    }

    private CloudMcpServer Mcp(IToolTable tools) => new(tools, CloudStackVocabulary.Instance, _logger);

    private void Compose(WebApplication app, SessionTable sessions)
    {
        var resource = _config is { Jwt: { } jwt, PublicUrl: var url } ? new ProtectedResource(url ?? new Uri(jwt.Audience), jwt) : null;
        app.Use(new CallerGate(Checks(), resource, _access.Reaches, _desk.RefuseAsync, _time).EnterAsync);
        app.Use(_connections.ChooseAsync);
        foreach (var path in resource?.Paths ?? [])
        {
            app.MapGet(path, resource!.ServeAsync);
        }

        var meter = new Meter(CloudMcpServer.ProgramName);
        var health = new HealthChecks(_clouds, _store, _time);
        health.Observe(meter);
        meter.CreateObservableGauge("mcp.sessions.active", () => sessions.Count, "{session}", "Sessions of the older protocol revisions.");
        var process = ProcessMetrics.Create();
        var metrics = new MetricListener(meter);
        app.Lifetime.ApplicationStopping.Register(_clouds.Leave);
        app.Lifetime.ApplicationStopped.Register(() =>
        {
            metrics.Dispose();
            meter.Dispose();
            process.Dispose();
        });
        app.MapGet("/health/live", HealthChecks.LiveAsync);
        app.MapGet("/health/ready", health.ReadyAsync);
        app.MapGet("/metrics", context => ServeMetricsAsync(context, health, metrics));
    }

    private List<ICredentialCheck> Checks()
    {
        List<ICredentialCheck> checks = _config.Keys.Count > 0 ? [new KnownKeys(_config.Keys, _time)] : [];
        if (_config.Jwt is { } rule)
        {
            checks.Add(new JwtCheck(rule, new KeySet(rule, KeySet.CreateClient(), _time), _time));
        }

        return checks;
    }

    private async Task ServeMetricsAsync(HttpContext context, HealthChecks health, MetricListener metrics)
    {
        if (Caller.Of(context.User) is { } caller && !_access.ReadsMetrics(caller))
        {
            await Refusal.Http(StatusCodes.Status403Forbidden, "No role of this caller lets it read the metrics.").WriteAsync(context);
            return;
        }

        health.Refresh();
        context.Response.ContentType = PrometheusText.ContentType;
        await context.Response.WriteAsync(metrics.Write(), context.RequestAborted);
    }
}
