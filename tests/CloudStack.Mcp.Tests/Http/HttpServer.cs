using System.Text;
using System.Text.Json;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Http;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Tests.Http;

/// <summary>A server for a simulated cloud, reached over HTTP on this machine.</summary>
internal sealed class HttpServer : IAsyncDisposable
{
    public const string Revision = "2025-11-25";

    public const string Initialize =
        """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}""";

    private readonly TestServer _server;
    private readonly HttpHost _host;
    private readonly List<IAsyncDisposable> _open = [];

    private HttpServer(TestServer server, HttpHost host) => (_server, _host) = (server, host);

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    public HttpHost Host => _host;

    public SimulatedCloud Cloud => _server.Cloud;

    public static async Task<HttpServer> StartAsync(
        HttpSettings? settings = null, ServerSettings? server = null, SimulatorOptions? options = null, HttpComposition? compose = null,
        Func<SimulatedCloud, CloudSession>? open = null)
    {
        var test = new TestServer(server, options, open);
        var mcp = test.Parts.ToMcp(null);
        return new HttpServer(test, await HttpHost.StartAsync(settings ?? new HttpSettings(), _ => mcp.Options(), compose, null, CancellationToken.None));
    }

    /// <summary>A POST of one message, as every revision wants it.</summary>
    public HttpRequestMessage Post(string body, string? session = null) => With(session, new HttpRequestMessage(HttpMethod.Post, _host.Url)
    {
        Headers = { { "Accept", "application/json, text/event-stream" } },
        Content = new StringContent(body, Encoding.UTF8, "application/json"),
    });

    /// <summary>A GET of a session's stream.</summary>
    public HttpRequestMessage Get(string? session, string? lastEvent = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _host.Url) { Headers = { { "Accept", "text/event-stream" } } };
        if (lastEvent is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEvent);
        }

        return With(session, request);
    }

    /// <summary>The end of a session.</summary>
    public HttpRequestMessage Delete(string session) => With(session, new HttpRequestMessage(HttpMethod.Delete, _host.Url));

    /// <summary>Begins a session.</summary>
    /// <returns>Its name.</returns>
    public async Task<string> BeginAsync(string revision = Revision)
    {
        using var answer = await Http.SendAsync(Post(Initialize.Replace(Revision, revision, StringComparison.Ordinal)));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return answer.Headers.GetValues("Mcp-Session-Id").Single();
    }

    /// <summary>Sends a message and reads the one message of the answer.</summary>
    public async Task<(int Status, JsonElement Body)> SendAsync(HttpRequestMessage request)
    {
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        var json = text.Split('\n').LastOrDefault(l => l.StartsWith("data: ", StringComparison.Ordinal)) is { } data ? data[6..] : text;
        return ((int)answer.StatusCode, json.Length == 0 ? default : JsonElement.Parse(json));
    }

    /// <summary>Connects the SDK's own client.</summary>
    public async Task<McpClient> ConnectAsync(string? protocol = Revision, McpClientOptions? options = null)
    {
        options ??= new McpClientOptions { ClientInfo = new Implementation { Name = "test", Version = "1" } };
        options.ProtocolVersion = protocol;
        options.DiscoverProbeTimeout = Timeout.InfiniteTimeSpan;
        var transport = new HttpClientTransport(new HttpClientTransportOptions { Endpoint = _host.Url, TransportMode = HttpTransportMode.StreamableHttp });
        var client = await McpClient.CreateAsync(transport, options);
        _open.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var open in _open)
        {
            await open.DisposeAsync();
        }

        Http.Dispose();
        await _host.DisposeAsync();
        await _server.DisposeAsync();
    }

    private static HttpRequestMessage With(string? session, HttpRequestMessage request)
    {
        if (session is not null)
        {
            request.Headers.Add("Mcp-Session-Id", session);
        }

        return request;
    }
}
