using System.Net;
using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Operation;

namespace CloudStack.Mcp.Tests.Operation;

public sealed class ConnectionToolsTests
{
    [Fact]
    public async Task Each_connection_chooses_its_toolsets_by_its_address()
    {
        await using var server = await OperatedServer.StartAsync();

        var plain = await (await server.ConnectAsync()).Mcp.ListToolsAsync();
        var zones = await (await server.ConnectAsync(query: "?toolsets=zone")).Mcp.ListToolsAsync();

        Assert.Equal(5, plain.Count);
        Assert.Contains(zones, tool => tool.Name == "list_zones");
    }

    [Fact]
    public async Task No_choice_widens_what_a_role_may_do()
    {
        var key = ApiKey.New();
        await using var server = await OperatedServer.StartAsync($$"""
            "callers": { "keys": [{ "name": "r", "hash": "{{ApiKey.Hash(key)}}", "roles": ["reader"] }] }
            """);

        var client = await server.ConnectAsync(key, "?toolsets=all");
        var tools = await client.Mcp.ListToolsAsync();

        Assert.Contains(tools, tool => tool.Name == "list_zones");
        Assert.DoesNotContain(tools, tool => tool.Name is "cloud_change" or "stop_virtual_machine");
        Assert.Equal("DeniedByPolicy", (await client.CallAsync("stop_virtual_machine", """{"id":"web-01"}""")).Cause);
    }

    [Fact]
    public async Task A_toolset_that_isnt_there_is_a_bad_request_with_a_suggestion()
    {
        await using var server = await OperatedServer.StartAsync();

        var answer = await server.PostAsync((ConnectionTools.Header, "zones-and-moons"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("There is no toolset 'zones-and-moons'", answer.Body.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
