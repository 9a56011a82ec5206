using System.Text.Json;
using CloudStack.Mcp.Tests.Support;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Tests.Protocol;

#pragma warning disable MCP9005

/// <summary>A client that asks for log messages hears how each call ended; one that doesn't, hears nothing.</summary>
public sealed class ClientLogTests
{
    private const string Unknown = """{"command":"listNothing"}""";

    [Theory]
    [InlineData("debug", 2)]
    [InlineData("info", 2)]
    [InlineData("warning", 1)]
    [InlineData("error", 0)]
    public async Task A_session_hears_what_is_as_grave_as_it_asked_for(string level, int heard)
    {
        await using var server = new TestServer();
        var client = await server.ConnectAsync(protocol: "2025-11-25");
        await client.Mcp.SendRequestAsync(new JsonRpcRequest { Method = "logging/setLevel", Params = new System.Text.Json.Nodes.JsonObject { ["level"] = level } });

        await client.ReadAsync("listZones");
        await client.CallAsync("cloud_read", Unknown);

        var said = Said(client);
        Assert.Equal(heard, said.Count);
        Assert.All(said, message => Assert.Equal("cloud_read", message.GetProperty("data").GetProperty("tool").GetString()));
        Assert.Equal(heard == 0 ? [] : heard == 1 ? ["failed"] : ["completed", "failed"], said.Select(m => m.GetProperty("data").GetProperty("outcome").GetString()!));
    }

    [Fact]
    public async Task A_session_that_set_no_level_hears_nothing()
    {
        await using var server = new TestServer();
        var client = await server.ConnectAsync(protocol: "2025-11-25");

        await client.ReadAsync("listZones");

        Assert.Empty(Said(client));
    }

    [Fact]
    public async Task A_request_of_the_newest_revision_sets_its_own_level()
    {
        await using var client = await StatelessClient.StartAsync("pipes");
        const string Call = """{"name":"cloud_read","arguments":{"command":"listZones"}}""";

        await client.AskAsync("tools/call", Call);
        Assert.DoesNotContain(client.Heard, message => message.Contains("notifications/message", StringComparison.Ordinal));
        await client.AskAsync("tools/call", Call, meta: ""","io.modelcontextprotocol/logLevel":"info" """);

        Assert.Single(client.Heard, message => message.Contains("notifications/message", StringComparison.Ordinal));
    }

    private static List<JsonElement> Said(TestClient client) =>
    [
        .. client.Messages.Select(message => JsonElement.Parse(message))
            .Where(message => message.TryGetProperty("method", out var method) && method.GetString() == NotificationMethods.LoggingMessageNotification)
            .Select(message => message.GetProperty("params")),
    ];
}
