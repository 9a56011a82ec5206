using System.Net;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Http;

public sealed class CancelledPostTests
{
    private const string Call =
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"cloud_read","arguments":{"command":"listZones"}}}""";

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task A_request_that_is_cancelled_has_its_post_ended_without_an_answer(string revision)
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.BeginAsync(revision);
        server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.LateAnswer) { Duration = TimeSpan.FromHours(1) });
        var call = server.Http.SendAsync(server.Post(Call, session));
        await Eventually.IsTrueAsync(() => server.Cloud.Faults.Waiting.Count == 0);

        using var taken = await server.Http.SendAsync(
            server.Post("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}""", session));
        using var answer = await call;

        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.DoesNotContain("jsonrpc", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(200, (await server.SendAsync(server.Post("""{"jsonrpc":"2.0","id":8,"method":"ping"}""", session))).Status);
    }
}
