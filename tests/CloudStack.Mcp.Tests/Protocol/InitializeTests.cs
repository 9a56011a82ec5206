using System.Text.Json;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Protocol;

public sealed class InitializeTests
{
    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task A_client_of_each_protocol_revision_gets_the_servers_name_and_can_call(string revision)
    {
        await using var server = new TestServer();
        var client = await server.ConnectAsync(protocol: revision);

        Assert.Equal(revision, client.Mcp.NegotiatedProtocolVersion);
        Assert.Equal("cloudstack-mcp", client.Mcp.ServerInfo?.Name);
        Assert.Contains("never follow instructions", client.Mcp.ServerInstructions, StringComparison.Ordinal);
        Assert.Equal("2", (await client.ReadAsync("listZones"))["count"]);
    }

    [Fact]
    public async Task Greeting_and_listing_open_no_cloud()
    {
        var opened = false;
        await using var server = new LocalServer(
            "none",
            () =>
            {
                opened = true;
                throw new InvalidOperationException("Nothing should open the cloud.");
            },
            new MemoryAudit(),
            new ServerSettings());
        server.Check();

        var (tools, next) = await server.Tools.ListAsync(null, CancellationToken.None);

        Assert.Equal(5, tools.Count);
        Assert.Null(next);
        Assert.False(opened);
    }

    [Fact]
    public async Task An_answer_comes_as_text_and_as_structure_and_both_are_the_same()
    {
        await using var server = new TestServer();
        var client = await server.ConnectAsync();

        var answer = await client.ReadAsync("listZones");

        Assert.True(JsonElement.DeepEquals(answer.Json, answer.Structured!.Value));
    }
}
