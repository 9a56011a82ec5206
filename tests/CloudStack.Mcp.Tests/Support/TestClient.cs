using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace CloudStack.Mcp.Tests.Support;

/// <summary>A client of the server under test.</summary>
internal sealed class TestClient(McpClient mcp, OverheardStream overheard)
{
    public McpClient Mcp { get; } = mcp;

    /// <summary>The server's messages in the order they came, one JSON text each.</summary>
    public IReadOnlyList<string> Messages => overheard.Lines;

    /// <summary>Calls a tool with arguments written as JSON.</summary>
    public async Task<Answer> CallAsync(
        string tool, string arguments = "{}", IProgress<ProgressNotificationValue>? progress = null, CancellationToken cancellationToken = default)
    {
        var given = JsonElement.Parse(arguments).EnumerateObject().ToDictionary(a => a.Name, a => (object?)a.Value);
        return new Answer(await Mcp.CallToolAsync(tool, given, progress, cancellationToken: cancellationToken));
    }

    public Task<Answer> ReadAsync(string command, string arguments = "{}", string more = "") =>
        CallAsync("cloud_read", $$"""{"command":"{{command}}","arguments":{{arguments}}{{more}}}""");

    public Task<Answer> ChangeAsync(string command, string arguments = "{}", string more = "") =>
        CallAsync("cloud_change", $$"""{"command":"{{command}}","arguments":{{arguments}}{{more}}}""");
}
