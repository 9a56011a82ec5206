using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using CloudStack.Client;
using CloudStack.Mcp.Simulation;
using CloudStack.Simulator;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.CommandLine.Tour;

/// <summary>
/// What the tour takes place on: a simulated cloud behind a loopback port, the MCP server as a process of its own, and a
/// folder for its audit trail. Nothing of it outlives the tour.
/// </summary>
internal sealed class TourStage : IAsyncDisposable
{
    /// <summary>How long a job of the simulated cloud takes: long enough to be seen.</summary>
    public static readonly TimeSpan JobTime = TimeSpan.FromSeconds(1.2);

    private const double PollSeconds = 0.1;
    private const int MostServerLines = 5;

    // What is left of the two seconds that an interrupted program has for its end.
    private static readonly TimeSpan ServerEnd = TimeSpan.FromSeconds(1);

    private readonly Stack<Func<ValueTask>> _ends = new();
    private readonly ConcurrentQueue<string> _serverLines = new();

    private TourStage()
    {
    }

    /// <summary>The cloud, seen from inside.</summary>
    public SimulatorView Cloud { get; private set; } = null!;

    /// <summary>The cloud's address.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>The client that speaks to the server.</summary>
    public McpClient Client { get; private set; } = null!;

    /// <summary>The server's audit trail.</summary>
    public string AuditPath { get; private set; } = "";

    /// <summary>What the server last wrote to standard error; it writes nothing where all is well.</summary>
    public string ServerLines => string.Join(" | ", _serverLines);

    /// <summary>Sets the stage.</summary>
    /// <param name="cancellationToken">Stops it; what was set up is taken down.</param>
    public static async Task<TourStage> SetAsync(CancellationToken cancellationToken)
    {
        var stage = new TourStage();
        try
        {
            await stage.SetUpAsync(cancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        while (_ends.TryPop(out var end))
        {
            try
            {
                await end();
            }
            catch (Exception error) when (error is IOException or OperationCanceledException or InvalidOperationException)
            {
                // One part that ends badly must not keep the others from being taken down.
            }
        }
    }

    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("cloudstack-tour-");
        AtEnd(() => folder.Delete(recursive: true));
        AuditPath = Path.Combine(folder.FullName, "audit.jsonl");

        var cloud = new SimulatedCloud(new SimulatorOptions { JobDelay = JobTime });
        AtEnd(cloud.Dispose);
        Cloud = new SimulatorView(cloud);
        AtEnd(Cloud.Dispose);
        var host = await SimulatorHost.StartAsync(cloud, IPAddress.Loopback, port: 0, cancellationToken);
        _ends.Push(host.DisposeAsync);
        Url = host.Url;

        Client = await McpClient.CreateAsync(
            new StdioClientTransport(Server(cloud.Credentials.RootAdmin)),
            new McpClientOptions
            {
                ClientInfo = new Implementation { Name = "tour", Version = "1" },
                // A server that is slow to start isn't an old one.
                DiscoverProbeTimeout = Timeout.InfiniteTimeSpan,
            },
            cancellationToken: cancellationToken);
        _ends.Push(Client.DisposeAsync);
    }

    private void AtEnd(Action end) => _ends.Push(() =>
    {
        end();
        return ValueTask.CompletedTask;
    });

    private StdioClientTransportOptions Server(SimulatorUser user)
    {
        var program = OwnProgram.Find();
        var bypass = Environment.GetEnvironmentVariable("NO_PROXY");
        return new StdioClientTransportOptions
        {
            Name = "cloudstack-mcp",
            Command = program.Command,
            Arguments =
            [
                .. program.Arguments, "serve", "--audit-log", AuditPath,
                "--poll-seconds", PollSeconds.ToString(CultureInfo.InvariantCulture),
            ],
            EnvironmentVariables = new Dictionary<string, string?>
            {
                [CloudStackConnection.UrlVariable] = Url.AbsoluteUri,
                [CloudStackConnection.ApiKeyVariable] = user.ApiKey,
                [CloudStackConnection.SecretKeyVariable] = user.SecretKey,
                // A server ended before it could close these would leave the runtime's pipes for debuggers behind.
                ["DOTNET_EnableDiagnostics"] = "0",
                // A proxy set for the whole machine can't reach this port.
                ["NO_PROXY"] = string.IsNullOrEmpty(bypass) ? Url.Host : $"{bypass},{Url.Host}",
            },
            ShutdownTimeout = ServerEnd,
            StandardErrorLines = line =>
            {
                _serverLines.Enqueue(line);
                while (_serverLines.Count > MostServerLines)
                {
                    _serverLines.TryDequeue(out _);
                }
            },
        };
    }
}
