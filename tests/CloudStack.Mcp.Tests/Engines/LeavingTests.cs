using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Engines;

/// <summary>What becomes of calls that follow a job, and of the audit trail, when the server is told to stop.</summary>
public sealed class LeavingTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly SimulatorOptions Slow = new() { JobDelay = TimeSpan.FromHours(1) };

    [Fact]
    public async Task A_change_that_follows_its_job_is_answered_with_it()
    {
        await using var server = new TestServer(Follows(TimeSpan.FromMinutes(30)), Slow);
        var client = await server.ConnectAsync();
        var changing = client.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""");
        await Eventually.IsTrueAsync(() => server.Commands.Contains("queryAsyncJobResult"));

        server.Parts.Leave();
        var answer = await changing.WaitAsync(Patience);

        Assert.Equal("running", answer["status"]);
        Assert.True(Guid.TryParse(answer["job"], out _));
    }

    [Fact]
    public async Task A_question_that_waits_for_a_job_is_answered_with_how_it_stands()
    {
        await using var server = new TestServer(Follows(TimeSpan.FromMilliseconds(30)), Slow);
        var client = await server.ConnectAsync();
        var started = await client.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""");
        var waiting = client.CallAsync("cloud_job", $$"""{"job":"{{started["job"]}}","wait":60}""");
        await Eventually.IsTrueAsync(() => server.Commands.Count(command => command == "queryAsyncJobResult") > 2);

        server.Parts.Leave();

        Assert.Equal("running", (await waiting.WaitAsync(Patience))["status"]);
    }

    [Fact]
    public async Task The_trail_of_a_job_that_goes_on_has_an_end_that_names_it()
    {
        var server = new TestServer(Follows(TimeSpan.FromMilliseconds(30)), Slow);
        var client = await server.ConnectAsync();
        var started = await client.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""");
        Assert.DoesNotContain(server.Audit.Records, record => record.Outcome is not null);

        await server.DisposeAsync();

        var end = Assert.Single(server.Audit.Records, record => record.Outcome is not null);
        Assert.Equal(("cancelled", started["job"]), (end.Outcome, end.Job));
    }

    private static ServerSettings Follows(TimeSpan longest) => new()
    {
        LongestFollow = longest,
        Policy = Mcp.Server.Consent.ConfirmationPolicy.Parse(["disrupt=allow"]),
    };
}
