using System.Net;
using System.Net.Sockets;
using Cloud.Core.Jobs;
using CloudStack.Client;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Tools;

/// <summary>A connection that doesn't work says why, and changes nothing.</summary>
public sealed class ConnectionErrorTests
{
    [Theory]
    [InlineData("simulator-root-admin-key", "wrong")]
    [InlineData("wrong", "simulator-root-admin-secret")]
    public async Task A_wrong_key_is_told_from_other_trouble_and_no_secret_is_shown(string key, string secret)
    {
        await using var server = new TestServer(open: cloud => Open("http://simulator.invalid/client/api", cloud.CreateHandler(), key, secret));

        foreach (var answer in await ReadAndChangeAsync(server))
        {
            Assert.Equal("Unauthorized", answer.Cause);
            Assert.Contains("key", answer.Next, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("simulator-root-admin-secret", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_called_unreachable()
    {
        await using var server = new TestServer(open: _ => Open($"http://127.0.0.1:{ClosedPort()}/client/api", null));

        foreach (var answer in await ReadAndChangeAsync(server))
        {
            Assert.Equal("Unreachable", answer.Cause);
            Assert.Contains("address", answer.Next, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "text/html", "<html><body>Welcome</body></html>")]
    [InlineData(HttpStatusCode.NotFound, "text/html", "<html><body>Not found</body></html>")]
    [InlineData(HttpStatusCode.OK, "application/json", """{"hello":"world"}""")]
    [InlineData(HttpStatusCode.OK, "text/plain", "hello")]
    public async Task A_server_that_is_no_cloud_is_told_by_its_answer(HttpStatusCode status, string type, string body)
    {
        await using var server = new TestServer(open: _ => Open("http://elsewhere.invalid/client/api", new Elsewhere(status, type, body)));

        foreach (var answer in await ReadAndChangeAsync(server))
        {
            Assert.Contains(answer.Cause, new[] { "BadAnswer", "OutcomeUnknown", "Refused", "Unreachable" });
            Assert.NotEqual("", answer.Next);
        }
    }

    private static async Task<Answer[]> ReadAndChangeAsync(TestServer server)
    {
        using var nothing = new NothingChanged(server);
        var client = await server.ConnectAsync();
        Answer[] answers = [await client.ReadAsync("listZones"), await client.ChangeAsync("createSSHKeyPair", """{"name":"x"}""")];
        Assert.All(answers, a => Assert.True(a.IsError, a.Text));
        return answers;
    }

    private static CloudSession Open(string url, HttpMessageHandler? handler, string key = "k", string secret = "s")
    {
        var connection = new CloudStackConnection(url, new ApiKeyCredentials(key, secret)) { RetryDelay = TimeSpan.FromMilliseconds(1) };
        var provider = CloudStackProvider.Create(connection, handler);
        return new CloudSession("test", provider, FollowPolicy.Eager, provider);
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Elsewhere(HttpStatusCode status, string type, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, null, type) });
    }
}
