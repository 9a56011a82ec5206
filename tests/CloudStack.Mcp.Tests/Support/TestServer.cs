using System.IO.Pipelines;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Server.Protocol;
using CloudStack.Simulator;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Tests.Support;

/// <summary>A server for a simulated cloud. Clients reach it through pipes, in the protocol's own words.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly LocalServer _server;
    private readonly List<IAsyncDisposable> _open = [];
    private readonly CancellationTokenSource _end = new();

    public TestServer(
        ServerSettings? settings = null, SimulatorOptions? options = null, Func<SimulatedCloud, CloudSession>? open = null)
    {
        Cloud = new SimulatedCloud(options);
        _server = new LocalServer("simulator", () => (open ?? ConnectionSource.Open)(Cloud), Audit, settings ?? new ServerSettings());
        _server.Check();
    }

    public SimulatedCloud Cloud { get; }

    public MemoryAudit Audit { get; } = new();

    public LocalServer Parts => _server;

    /// <summary>The commands that the cloud has seen, oldest first.</summary>
    public IEnumerable<string?> Commands => Cloud.Requests.Select(r => r.Command);

    /// <summary>Connects a client that can't ask its user.</summary>
    public Task<TestClient> ConnectAsync(string name = "test", string? protocol = null) =>
        ConnectAsync(new McpClientOptions { ClientInfo = new Implementation { Name = name, Version = "1" }, ProtocolVersion = protocol });

    /// <summary>Connects a client that asks its user.</summary>
    public Task<TestClient> ConnectAsync(Func<ElicitRequestParams, ElicitResult> user, string? protocol = null) => ConnectAsync(new McpClientOptions
    {
        ClientInfo = new Implementation { Name = "asking", Version = "1" },
        ProtocolVersion = protocol,
        Capabilities = new ClientCapabilities { Elicitation = new ElicitationCapability { Form = new FormElicitationCapability() } },
        Handlers = new McpClientHandlers { ElicitationHandler = (question, _) => ValueTask.FromResult(user(question!)) },
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var open in Enumerable.Reverse(_open))
        {
            await open.DisposeAsync();
        }

        await _end.CancelAsync();
        _end.Dispose();
        await _server.DisposeAsync();
        Cloud.Dispose();
    }

    private async Task<TestClient> ConnectAsync(McpClientOptions options)
    {
        // A server under load isn't an old one.
        options.DiscoverProbeTimeout = Timeout.InfiniteTimeSpan;
        var toServer = new Pipe();
        var toClient = new Pipe();
        var transport = new LineTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream());
        _open.Add(transport);
        _ = _server.ToMcp(null).RunAsync(transport, _end.Token);
        var overheard = new OverheardStream(toClient.Reader.AsStream());
        var client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), overheard), options);
        _open.Add(client);
        return new TestClient(client, overheard);
    }
}
