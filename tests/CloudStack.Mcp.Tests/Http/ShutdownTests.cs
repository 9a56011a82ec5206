using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Http;

public sealed class ShutdownTests
{
    private const string Call =
        """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"cloud_read","arguments":{"command":"listZones"}}}""";

    [Fact]
    public async Task An_answer_under_way_is_finished_while_streams_end_and_nothing_new_is_taken()
    {
        var server = await HttpServer.StartAsync();
        var session = await server.BeginAsync();
        using var stream = await server.Http.SendAsync(server.Get(session), HttpCompletionOption.ResponseHeadersRead);
        server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.LateAnswer) { Duration = TimeSpan.FromMilliseconds(700) });
        var call = server.SendAsync(server.Post(Call, session));
        await Eventually.IsTrueAsync(() => server.Cloud.Faults.Waiting.Count == 0);

        var stopping = server.Host.DisposeAsync().AsTask();
        var (status, body) = await call;

        Assert.Equal(200, status);
        Assert.Equal(2, body.GetProperty("result").GetProperty("structuredContent").GetProperty("count").GetInt32());
        Assert.DoesNotContain("jsonrpc", await stream.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await stopping.WaitAsync(TimeSpan.FromSeconds(60));
        await Assert.ThrowsAsync<HttpRequestException>(() => server.SendAsync(server.Post(HttpServer.Initialize)));
        Assert.Equal(0, server.Host.Sessions.Count);
        await server.DisposeAsync();
    }
}
