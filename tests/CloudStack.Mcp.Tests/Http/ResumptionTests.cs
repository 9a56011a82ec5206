using System.Net;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Http;

/// <summary>A client whose connection broke goes on where it was, by the id of the last event that it had.</summary>
public sealed class ResumptionTests
{
    private const string Call =
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"cloud_read","arguments":{"command":"listZones"}}}""";

    [Fact]
    public async Task An_answer_whose_connection_broke_is_given_to_who_asks_by_the_last_event()
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.BeginAsync();
        server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.LateAnswer) { Duration = TimeSpan.FromSeconds(1) });
        var first = await BreakOffAsync(server, session);

        var (status, body) = await server.SendAsync(server.Get(session, first));

        Assert.Equal(200, status);
        Assert.Equal(7, body.GetProperty("id").GetInt32());
        Assert.Equal(2, body.GetProperty("result").GetProperty("structuredContent").GetProperty("count").GetInt32());
        Assert.Single(server.Cloud.Requests, request => request.Command == "listZones");
    }

    [Fact]
    public async Task An_answer_that_has_come_meanwhile_is_given_as_often_as_it_is_asked_for()
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.BeginAsync();
        using var answer = await server.Http.SendAsync(server.Post(Call, session));
        var ids = Ids(await answer.Content.ReadAsStringAsync());

        foreach (var _ in Enumerable.Range(0, 2))
        {
            using var again = await server.Http.SendAsync(server.Get(session, ids[0]));
            Assert.Equal(ids[1..], Ids(await again.Content.ReadAsStringAsync()));
        }

        using var nothing = await server.Http.SendAsync(server.Get(session, ids[^1]));
        Assert.Equal("", await nothing.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Nobody_gets_the_events_of_another_session_and_an_id_that_is_none_is_refused()
    {
        await using var server = await HttpServer.StartAsync();
        var session = await server.BeginAsync();
        using var answer = await server.Http.SendAsync(server.Post(Call, session));
        var id = Ids(await answer.Content.ReadAsStringAsync())[0];
        var other = await server.BeginAsync();

        Assert.Equal(400, (await server.SendAsync(server.Get(other, id))).Status);
        foreach (var wrong in (string[])["x", "1", "-1", "1-", "99-1", "1-99", "1-0", "1-1-1", new string('9', 100)])
        {
            Assert.Equal(400, (await server.SendAsync(server.Get(session, wrong))).Status);
        }

        await server.SendAsync(server.Delete(session));
        Assert.Equal(404, (await server.SendAsync(server.Get(session, id))).Status);
    }

    [Fact]
    public async Task What_a_session_of_an_older_revision_gets_has_no_ids()
    {
        await using var server = await HttpServer.StartAsync();
        using var answer = await server.Http.SendAsync(server.Post(Call, await server.BeginAsync("2025-06-18")));

        Assert.Empty(Ids(await answer.Content.ReadAsStringAsync()));
    }

    // Reads the event that gives the stream's place, and goes.
    private static async Task<string> BreakOffAsync(HttpServer server, string session)
    {
        using var answer = await server.Http.SendAsync(server.Post(Call, session), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        while (await reader.ReadLineAsync() is { } line)
        {
            if (Ids(line) is [var id])
            {
                await Eventually.IsTrueAsync(() => server.Cloud.Faults.Waiting.Count == 0);
                return id;
            }
        }

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        throw new InvalidOperationException("There was no event.");
    }

    private static List<string> Ids(string text) =>
        [.. text.Split('\n').Where(line => line.StartsWith("id: ", StringComparison.Ordinal)).Select(line => line[4..].TrimEnd())];
}
