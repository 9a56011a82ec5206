using System.Net;
using CloudStack.Mcp.Http;

namespace CloudStack.Mcp.Tests.Http;

/// <summary>A page of somebody else's in a browser on this machine must not reach the server.</summary>
public sealed class HostGuardTests
{
    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("localhost:9999", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:80", 200)]
    [InlineData("mcp.example", 200)]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("127.0.0.1.evil.example", 403)]
    [InlineData("192.0.2.7", 403)]
    public async Task Only_this_machines_names_and_those_allowed_are_answered(string host, int status)
    {
        await using var server = await HttpServer.StartAsync(new HttpSettings { AllowedHosts = ["mcp.example"] });
        var request = server.Post(HttpServer.Initialize);
        request.Headers.Host = host;

        Assert.Equal(status, (await server.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData("http://localhost:3000", 200)]
    [InlineData("http://127.0.0.1", 200)]
    [InlineData("https://console.example", 200)]
    [InlineData("https://evil.example", 403)]
    [InlineData("https://console.example.evil.example", 403)]
    [InlineData("file://localhost", 403)]
    [InlineData("null", 403)]
    public async Task Only_pages_of_this_machine_and_those_allowed_may_call(string origin, int status)
    {
        await using var server = await HttpServer.StartAsync(new HttpSettings { AllowedOrigins = ["https://console.example/"] });
        var request = server.Post(HttpServer.Initialize);
        request.Headers.Add("Origin", origin);

        Assert.Equal(status, (await server.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("https://console.example", true)]
    [InlineData("https://evil.example", false)]
    public async Task A_browser_that_asks_whether_a_page_may_call_is_told(string origin, bool may)
    {
        await using var server = await HttpServer.StartAsync(new HttpSettings { AllowedOrigins = ["https://console.example"] });
        using var request = new HttpRequestMessage(HttpMethod.Options, server.Host.Url);
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "authorization,mcp-session-id");

        using var answer = await server.Http.SendAsync(request);

        Assert.Equal(may ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(may ? origin : null, Header(answer, "Access-Control-Allow-Origin"));
        Assert.Equal(may ? "authorization,mcp-session-id" : null, Header(answer, "Access-Control-Allow-Headers"));
    }

    [Fact]
    public async Task A_page_that_may_call_may_read_the_answer_and_the_name_of_its_session()
    {
        await using var server = await HttpServer.StartAsync();
        using var request = server.Post(HttpServer.Initialize);
        request.Headers.Add("Origin", "http://localhost:3000");

        using var answer = await server.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("http://localhost:3000", Header(answer, "Access-Control-Allow-Origin"));
        Assert.Contains("Mcp-Session-Id", Header(answer, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
        Assert.Equal("Origin", Header(answer, "Vary"));
    }

    [Fact]
    public async Task Who_asks_elsewhere_is_told_where_mcp_is_spoken()
    {
        await using var server = await HttpServer.StartAsync();

        using var answer = await server.Http.GetAsync(new Uri(server.Host.Url, "/"));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("/mcp", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_for_other_machines_answers_to_its_addresses_but_to_no_name_that_was_not_allowed()
    {
        await using var server = await HttpServer.StartAsync(new HttpSettings { Address = IPAddress.Any });
        async Task<int> AskAsync(string host)
        {
            var request = server.Post(HttpServer.Initialize);
            request.RequestUri = new UriBuilder(request.RequestUri!) { Host = "127.0.0.1" }.Uri;
            request.Headers.Host = host;
            return (await server.SendAsync(request)).Status;
        }

        Assert.Equal(200, await AskAsync("192.0.2.7:8080"));
        Assert.Equal(403, await AskAsync("evil.example"));
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;
}
