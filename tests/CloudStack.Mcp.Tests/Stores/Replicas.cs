using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Cloud.Core.Confirmations;
using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Stores;

/// <summary>Server processes that share a configuration, a cloud and a database, as replicas behind a balancer do.</summary>
internal sealed class Replicas : IDisposable
{
    private const string Announcement = "MCP is served on ";
    private const string Revision = "2026-07-28";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("cloudstack-replicas-");
    private readonly List<Process> _processes = [];
    private readonly List<Uri> _urls = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly RunningSimulator _cloud;

    private Replicas(RunningSimulator cloud) => _cloud = cloud;

    /// <summary>The cloud that all of them reach.</summary>
    public RunningSimulator Cloud => _cloud;

    /// <summary>The keys of two callers.</summary>
    public string Alice { get; } = ApiKey.New();

    public string Bob { get; } = ApiKey.New();

    /// <summary>Starts some.</summary>
    /// <param name="database">What they share, as a connection string.</param>
    /// <param name="count">How many.</param>
    /// <param name="tokenSeconds">How long a question is good.</param>
    public static async Task<Replicas> StartAsync(string database, int count = 2, int tokenSeconds = 300)
    {
        var replicas = new Replicas(await RunningSimulator.StartAsync());
        var key = Convert.ToBase64String(ConfirmationTokens.NewKey());
        for (var i = 0; i < count; i++)
        {
            await replicas.AddAsync(replicas.Config(i, tokenSeconds), database, key);
        }

        return replicas;
    }

    /// <summary>Sends a stateless tool call to one of them.</summary>
    /// <param name="replica">Which one.</param>
    /// <param name="caller">The caller's key.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">Its arguments as JSON.</param>
    /// <param name="reply">The members with which a question's answer comes back, or empty.</param>
    /// <param name="canAsk">True for a client that can ask its user.</param>
    /// <returns>The result.</returns>
    public async Task<JsonElement> CallAsync(int replica, string caller, string tool, string arguments, string reply = "", bool canAsk = true)
    {
        var capabilities = canAsk ? """{"elicitation":{"form":{}}}""" : "{}";
        var body = $$$"""
            {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"{{{tool}}}","arguments":{{{arguments}}}{{{reply}}},"_meta":{
              "io.modelcontextprotocol/protocolVersion":"{{{Revision}}}","io.modelcontextprotocol/clientCapabilities":{{{capabilities}}},
              "io.modelcontextprotocol/clientInfo":{"name":"raw","version":"1"} } } }
            """;
        using var request = new HttpRequestMessage(HttpMethod.Post, _urls[replica])
        {
            Content = new StringContent(body.ReplaceLineEndings(""), Encoding.UTF8, "application/json"),
            Headers =
            {
                { "Accept", "application/json, text/event-stream" }, { "Authorization", "Bearer " + caller },
                { "MCP-Protocol-Version", Revision }, { "Mcp-Method", "tools/call" }, { "Mcp-Name", tool },
            },
        };
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        var json = text.Split('\n').LastOrDefault(line => line.StartsWith("data: ", StringComparison.Ordinal)) is { } data ? data[6..] : text;
        return JsonElement.Parse(json).GetProperty("result");
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }

        _http.Dispose();
        _cloud.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task AddAsync(string config, string database, string key)
    {
        var process = Shell.Start(
            ["serve", "--config", config], ("TEST_SECRET", _cloud.SecretKey), ("TEST_STORE", database), ("TEST_CONFIRM", key));
        _processes.Add(process);
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
        if (line?.StartsWith(Announcement, StringComparison.Ordinal) != true)
        {
            Assert.Fail($"A replica ended: {line}{await process.StandardError.ReadToEndAsync()}");
        }

        _urls.Add(new Uri(line[Announcement.Length..]));
    }

    private string Config(int number, int tokenSeconds)
    {
        var path = Path.Combine(_folder.FullName, $"config-{number}.json");
        File.WriteAllText(path, $$"""
            {
              "clouds": { "lab": { "url": "{{_cloud.Url}}", "apiKey": "{{_cloud.ApiKey}}", "secretKey": "env:TEST_SECRET" } },
              "auditLog": "audit-{{number}}.jsonl",
              "http": { "listen": "http://127.0.0.1:0" },
              "callers": { "keys": [
                { "name": "alice", "hash": "{{ApiKey.Hash(Alice)}}", "roles": ["admin"] },
                { "name": "bob", "hash": "{{ApiKey.Hash(Bob)}}", "roles": ["admin"] }
              ] },
              "confirm": { "key": "env:TEST_CONFIRM", "tokenSeconds": {{tokenSeconds}} },
              "store": { "postgres": "env:TEST_STORE" }
            }
            """);
        return path;
    }
}
