using System.Diagnostics;
using System.Text.Json;
using CloudStack.Mcp.Tests.Http;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Load;

/// <summary>Many callers at once while the cloud is down or slow: each hears it, and when it's back all goes on.</summary>
public sealed class BadCloudTests
{
    private const int Callers = 64;

    [Fact]
    public async Task A_cloud_that_is_down_is_told_to_every_caller_and_nothing_needs_a_restart()
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.BeginAsync();
        server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.Refuse) { Status = 503, Times = int.MaxValue });

        var down = await Task.WhenAll(Enumerable.Range(0, Callers).Select(i => ReadAsync(server, session, i)));

        Assert.All(down, answer => Assert.True(answer.GetProperty("isError").GetBoolean()));
        Assert.All(down, answer => Assert.NotEqual("", answer.GetProperty("structuredContent").GetProperty("error").GetProperty("next").GetString()));
        server.Cloud.Faults.Clear();
        await AssertRecoversAsync(server, session);
    }

    [Fact]
    public async Task A_slow_cloud_keeps_callers_waiting_side_by_side_and_not_in_a_row()
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.BeginAsync();
        await ReadAsync(server, session, 0);
        server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.LateAnswer) { Duration = TimeSpan.FromSeconds(1), Times = int.MaxValue });
        var begun = Stopwatch.GetTimestamp();

        var answers = await Task.WhenAll(Enumerable.Range(1, Callers).Select(i => ReadAsync(server, session, i)));

        Assert.All(answers, answer => Assert.Equal(2, answer.GetProperty("structuredContent").GetProperty("count").GetInt32()));
        Assert.InRange(Stopwatch.GetElapsedTime(begun).TotalSeconds, 0, Callers / 2.0);
    }

    private static async Task AssertRecoversAsync(HttpServer server, string session)
    {
        var end = DateTime.UtcNow.AddSeconds(60);
        while ((await ReadAsync(server, session, 0)).TryGetProperty("isError", out _))
        {
            Assert.True(DateTime.UtcNow < end, "The server never came back.");
            await Task.Delay(100);
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpServer server, string session, int id)
    {
        var call = """{"jsonrpc":"2.0","id":ID,"method":"tools/call","params":{"name":"cloud_read","arguments":{"command":"listZones"}}}"""
            .Replace("ID", $"{id}", StringComparison.Ordinal);
        var (status, body) = await server.SendAsync(server.Post(call, session));
        Assert.Equal(200, status);
        return body.GetProperty("result");
    }
}
