using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Server.Protocol;
using CloudStack.Mcp.Tests.Http;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Support;

/// <summary>Speaks the stateless revision message by message, over pipes or HTTP, to a server of its own.</summary>
internal sealed class StatelessClient : IAsyncDisposable
{
    private readonly Func<JsonObject, Task<JsonElement>> _exchange;
    private readonly List<IAsyncDisposable> _open;
    private int _id;

    private StatelessClient(SimulatedCloud cloud, Func<JsonObject, Task<JsonElement>> exchange, params IAsyncDisposable[] open) =>
        (Cloud, _exchange, _open) = (cloud, exchange, [.. open]);

    public SimulatedCloud Cloud { get; }

    /// <summary>What the server said besides answers, as JSON; over pipes only.</summary>
    public IReadOnlyList<string> Heard { get; private init; } = [];

    public static async Task<StatelessClient> StartAsync(string transport, ServerSettings? settings = null, SimulatorOptions? options = null) =>
        transport == "http" ? OverHttp(await HttpServer.StartAsync(server: settings, options: options)) : OverPipes(new TestServer(settings, options));

    /// <summary>Sends a request.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="members">Its parameters, as JSON.</param>
    /// <param name="capabilities">What the client says it can, as JSON.</param>
    /// <param name="name">The client's name.</param>
    /// <param name="meta">More members of its metadata, each with a comma before, as JSON.</param>
    /// <returns>The answer, with its result or error.</returns>
    public Task<JsonElement> AskAsync(string method, string members = "{}", string capabilities = "{}", string name = "test", string meta = "")
    {
        var parameters = JsonNode.Parse(members)!.AsObject();
        parameters["_meta"] = JsonNode.Parse($$$"""
            {
              "io.modelcontextprotocol/protocolVersion": "2026-07-28",
              "io.modelcontextprotocol/clientInfo": { "name": "{{{name}}}", "version": "1" },
              "io.modelcontextprotocol/clientCapabilities": {{{capabilities}}}{{{meta}}}
            }
            """);
        return _exchange(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = ++_id, ["method"] = method, ["params"] = parameters });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var open in _open)
        {
            await open.DisposeAsync();
        }
    }

    private static StatelessClient OverHttp(HttpServer server) => new(
        server.Cloud,
        async message =>
        {
            var request = server.Post(message.ToJsonString());
            request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
            request.Headers.Add("Mcp-Method", message["method"]!.GetValue<string>());
            if ((message["params"]!["name"] ?? message["params"]!["taskId"]) is JsonValue name && name.TryGetValue(out string? text))
            {
                request.Headers.Add("Mcp-Name", text);
            }

            return (await server.SendAsync(request)).Body;
        },
        server);

    private static StatelessClient OverPipes(TestServer server)
    {
        Pipe input = new(), output = new();
        var transport = new LineTransport(input.Reader.AsStream(), output.Writer.AsStream());
        _ = server.Parts.ToMcp(null).RunAsync(transport, CancellationToken.None);
        var reader = new StreamReader(output.Reader.AsStream());
        var heard = new List<string>();
        return new StatelessClient(
            server.Cloud,
            async message =>
            {
                await input.Writer.WriteAsync(Encoding.UTF8.GetBytes(message.ToJsonString() + '\n'));
                for (; ; )
                {
                    var line = (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30)))!;
                    var answer = JsonElement.Parse(line);
                    if (answer.TryGetProperty("id", out var id) && id.GetInt32() == message["id"]!.GetValue<int>())
                    {
                        return answer;
                    }

                    heard.Add(line);
                }
            },
            transport,
            server)
        {
            Heard = heard,
        };
    }
}
