using System.Text.Json;

namespace CloudStack.Mcp.Tests.Http;

public sealed class RevisionTests
{
    private const string Meta = """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}""";

    private const string Call =
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"cloud_read","arguments":{"command":"listZones"},"_meta":""" + Meta + "}}";

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task A_client_of_each_revision_connects_and_calls_over_http(string revision)
    {
        await using var server = await HttpServer.StartAsync();
        var client = await server.ConnectAsync(revision);

        var answer = await client.CallToolAsync("cloud_read", new Dictionary<string, object?> { ["command"] = "listZones" });

        Assert.Equal(revision, client.NegotiatedProtocolVersion);
        Assert.Equal(2, answer.StructuredContent!.Value.GetProperty("count").GetInt32());
        Assert.Equal(revision == "2026-07-28" ? 0 : 1, server.Host.Sessions.Count);
    }

    [Fact]
    public async Task A_stateless_request_is_answered_without_a_session()
    {
        await using var server = await HttpServer.StartAsync();

        var (status, body) = await server.SendAsync(Stateless(server, Call));

        Assert.Equal(200, status);
        Assert.Equal(2, body.GetProperty("result").GetProperty("structuredContent").GetProperty("count").GetInt32());
        Assert.Equal(0, server.Host.Sessions.Count);
    }

    [Theory]
    [InlineData("MCP-Protocol-Version", "2019-01-01", 400, -32022)]
    [InlineData("MCP-Protocol-Version", null, 400, -32020)]
    [InlineData("Mcp-Method", "tools/list", 400, -32020)]
    [InlineData("Mcp-Method", null, 400, -32020)]
    [InlineData("Mcp-Name", "cloud_change", 400, -32020)]
    [InlineData("Mcp-Name", "=?base64?%%?=", 400, -32020)]
    [InlineData("Mcp-Name", null, 400, -32020)]
    public async Task A_header_that_is_missing_or_differs_from_the_body_is_refused_with_the_requests_id(string header, string? value, int status, int code)
    {
        await using var server = await HttpServer.StartAsync();
        var request = Stateless(server, Call);
        request.Headers.Remove(header);
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        var (answered, body) = await server.SendAsync(request);

        Assert.Equal((status, code, 7), (answered, Code(body), body.GetProperty("id").GetInt32()));
    }

    [Fact]
    public async Task A_name_outside_ascii_may_be_wrapped_in_base64()
    {
        await using var server = await HttpServer.StartAsync();
        var request = Stateless(server, Call);
        request.Headers.Remove("Mcp-Name");
        request.Headers.Add("Mcp-Name", "=?base64?Y2xvdWRfcmVhZA==?=");

        Assert.Equal(200, (await server.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData("{}", -32602)]
    [InlineData("""{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}""", -32602)]
    [InlineData("""{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":[]}""", -32602)]
    [InlineData("""{"io.modelcontextprotocol/protocolVersion":"2025-11-25","io.modelcontextprotocol/clientCapabilities":{}}""", -32020)]
    public async Task A_stateless_request_without_its_metadata_is_refused(string meta, int code)
    {
        await using var server = await HttpServer.StartAsync();

        var (status, body) = await server.SendAsync(Stateless(server, Call.Replace(Meta, meta, StringComparison.Ordinal)));

        Assert.Equal((400, code), (status, Code(body)));
    }

    [Theory]
    [InlineData("initialize")]
    [InlineData("ping")]
    [InlineData("logging/setLevel")]
    [InlineData("resources/subscribe")]
    [InlineData("no/such/method")]
    public async Task A_method_that_the_stateless_revision_lacks_is_not_found(string method)
    {
        await using var server = await HttpServer.StartAsync();
        var request = server.Post($$$"""{"jsonrpc":"2.0","id":3,"method":"{{{method}}}","params":{"_meta":{{{Meta}}}}}""");
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", method);

        var (status, body) = await server.SendAsync(request);

        Assert.Equal((404, -32601), (status, Code(body)));
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("DELETE")]
    public async Task The_stateless_revision_knows_only_post(string method)
    {
        await using var server = await HttpServer.StartAsync();
        var request = new HttpRequestMessage(new HttpMethod(method), server.Host.Url) { Headers = { { "MCP-Protocol-Version", "2026-07-28" } } };

        using var answer = await server.Http.SendAsync(request);

        Assert.Equal(405, (int)answer.StatusCode);
        Assert.Equal(["POST"], answer.Content.Headers.Allow);
    }

    private static HttpRequestMessage Stateless(HttpServer server, string body)
    {
        var request = server.Post(body);
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", "tools/call");
        request.Headers.Add("Mcp-Name", "cloud_read");
        return request;
    }

    private static int Code(JsonElement body) => body.GetProperty("error").GetProperty("code").GetInt32();
}
