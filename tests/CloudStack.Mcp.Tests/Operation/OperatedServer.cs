using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CloudStack.Mcp.Http;
using CloudStack.Mcp.Operation;
using CloudStack.Mcp.Operation.Configuration;
using CloudStack.Mcp.Tests.Support;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Tests.Operation;

/// <summary>A server as <c>serve --config</c> puts it together, reached over HTTP on this machine.</summary>
internal sealed class OperatedServer : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly ServeRun _run;
    private readonly HttpHost _host;
    private readonly List<IAsyncDisposable> _open = [];

    private OperatedServer(DirectoryInfo folder, ServeRun run, HttpHost host) => (_folder, _run, _host) = (folder, run, host);

    /// <summary>The address where MCP is spoken.</summary>
    public Uri Url => _host.Url;

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>The audit trail's lines, oldest first.</summary>
    public JsonElement[] Audit => File.Exists(AuditPath(_folder)) ? [.. File.ReadAllLines(AuditPath(_folder)).Select(line => JsonElement.Parse(line))] : [];

    /// <summary>Starts one.</summary>
    /// <param name="members">The configuration's members besides http and auditLog; one simulated cloud unless they name clouds.</param>
    /// <param name="time">The clock.</param>
    /// <param name="http">Members of http besides the address.</param>
    public static async Task<OperatedServer> StartAsync(string members = "", TimeProvider? time = null, string http = "")
    {
        var folder = Directory.CreateTempSubdirectory("cloudstack-ops-");
        var config = Write(folder, members, http);
        var run = await ServeRun.CreateAsync(ConfigFile.Read(config), time ?? TimeProvider.System, null, CancellationToken.None);
        return new OperatedServer(folder, run, await run.StartHttpAsync(ConfigFile.Read(config).Http!, CancellationToken.None));
    }

    /// <summary>Connects a client.</summary>
    /// <param name="credential">Its bearer token, or null.</param>
    /// <param name="query">The query of the address, or empty.</param>
    public async Task<TestClient> ConnectAsync(string? credential = null, string query = "")
    {
        var options = new HttpClientTransportOptions
        {
            Endpoint = new Uri(Url, Url.AbsolutePath + query),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = credential is null ? null : new Dictionary<string, string> { ["Authorization"] = "Bearer " + credential },
        };
        var client = await McpClient.CreateAsync(
            new HttpClientTransport(options),
            new McpClientOptions { ClientInfo = new Implementation { Name = "test", Version = "1" }, DiscoverProbeTimeout = Timeout.InfiniteTimeSpan });
        _open.Add(client);
        return new TestClient(client, new OverheardStream(Stream.Null));
    }

    /// <summary>Asks for a path beside MCP.</summary>
    public async Task<(HttpStatusCode Status, string Body, HttpResponseHeaders Headers)> GetAsync(string path, string? credential = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Url, path));
        request.Headers.Authorization = credential is null ? null : new AuthenticationHeaderValue("Bearer", credential);
        using var answer = await Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers);
    }

    /// <summary>Posts a message to MCP, for what is answered before any message is read.</summary>
    public async Task<(HttpStatusCode Status, string Body, HttpResponseHeaders Headers)> PostAsync(params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Url)
        {
            Content = new StringContent(Tests.Http.HttpServer.Initialize, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var open in _open)
        {
            await open.DisposeAsync();
        }

        Http.Dispose();
        await _host.DisposeAsync();
        await _run.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static string AuditPath(DirectoryInfo folder) => Path.Combine(folder.FullName, "audit.jsonl");

    private static string Write(DirectoryInfo folder, string members, string http)
    {
        var clouds = members.Contains("\"clouds\"", StringComparison.Ordinal) && members.Contains("defaultCloud", StringComparison.Ordinal)
            ? "" : "\"clouds\": { \"lab\": { \"simulator\": true } },";
        var path = Path.Combine(folder.FullName, "config.json");
        File.WriteAllText(path, $$"""
            {
              {{clouds}}
              "auditLog": "audit.jsonl",
              "http": { "listen": "http://127.0.0.1:0"{{(http.Length > 0 ? ", " + http : "")}} },
              {{members}}
            }
            """);
        return path;
    }
}
