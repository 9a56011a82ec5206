using System.Text.Json;
using System.Text.Json.Nodes;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Tests.Tools;

public sealed class CloudJobTests : ServerTest
{
    private const string Stop = """{"id":"web-01"}""";

    private static readonly TimeSpan JobDelay = TimeSpan.FromMinutes(5);

    // Jobs end when the test puts the clock forward.
    private protected override SimulatorOptions Options => new() { JobDelay = JobDelay, Clock = Time };

    // Long enough to see the job's beginning, too short to see its end.
    private protected override ServerSettings Settings => new()
    {
        LongestFollow = TimeSpan.FromMilliseconds(30),
        Policy = Mcp.Server.Consent.ConfirmationPolicy.Parse(["disrupt=allow"]),
    };

    [Fact]
    public async Task A_change_that_takes_long_answers_its_job_which_can_be_waited_for()
    {
        var started = await Client.ChangeAsync("stopVirtualMachine", Stop);
        var running = await Client.CallAsync("cloud_job", $$"""{"job":"{{started["job"]}}"}""");
        Time.Advance(JobDelay);
        var done = await Client.CallAsync("cloud_job", $$"""{"job":"{{started["job"]}}","wait":60}""");

        Assert.Equal("running", started["status"]);
        Assert.Contains("cloud_job", started["next"], StringComparison.Ordinal);
        Assert.Equal("Stop-CsVirtualMachine -Id 'web-01'", started["powershell"]);
        Assert.Equal("running", running["status"]);
        Assert.Equal("done", done["status"]);
        Assert.Equal("stopVirtualMachine", done["command"]);
        Assert.Equal("Stopped", done.Json.GetProperty("result").GetProperty("state").GetString());
    }

    [Fact]
    public async Task The_end_of_a_job_that_outlived_its_call_is_still_on_record()
    {
        var started = await Client.ChangeAsync("stopVirtualMachine", Stop);
        Time.Advance(JobDelay);
        await Eventually.IsTrueAsync(() => Server.Audit.Records.Any(r => r.Outcome is not null));

        var end = Assert.Single(Server.Audit.Records, r => r.Outcome is not null);
        Assert.Equal(("completed", started["job"]), (end.Outcome, end.Job));
    }

    [Fact]
    public async Task A_failed_job_says_why()
    {
        Server.Cloud.Faults.Inject(new SimulatorFault(FaultKind.FailJob));
        var atOnce = await Client.ChangeAsync("stopVirtualMachine", Stop);

        var failed = await Client.CallAsync("cloud_job", $$"""{"job":"{{atOnce.Error.GetProperty("job")}}","wait":60}""");

        Assert.True(atOnce.IsError);
        Assert.Contains("made to fail", atOnce.Message, StringComparison.Ordinal);
        Assert.False(failed.IsError);
        Assert.Equal("failed", failed["status"]);
        Assert.Contains("made to fail", failed.Error.ToString(), StringComparison.Ordinal);
        Assert.NotEqual("", failed.Next);
    }

    [Fact]
    public async Task A_wait_that_is_too_short_says_that_the_job_goes_on()
    {
        var started = await Client.ChangeAsync("stopVirtualMachine", Stop);

        var answer = await Client.CallAsync("cloud_job", $$"""{"job":"{{started["job"]}}","wait":1}""");

        Assert.Equal("running", answer["status"]);
    }

    [Theory]
    [InlineData("""{"job":"not-a-job"}""", "InvalidArgument")]
    [InlineData("""{"job":"-1"}""", "InvalidArgument")]
    [InlineData("""{"job":"1f0c5a3e-6c1d-4f6e-9d65-0a4f6a1b2c3d"}""", "NotFound")]
    [InlineData("""{"job":"1f0c5a3e-6c1d-4f6e-9d65-0a4f6a1b2c3d","wait":301}""", "InvalidArgument")]
    public async Task A_wrong_job_is_one_clear_error(string arguments, string cause)
    {
        var answer = await Client.CallAsync("cloud_job", arguments);

        Assert.True(answer.IsError);
        Assert.Equal(cause, answer.Cause);
    }
}

public sealed class ProgressTests : ServerTest
{
    private static readonly TimeSpan JobDelay = TimeSpan.FromMinutes(5);

    private protected override SimulatorOptions Options => new() { JobDelay = JobDelay, Clock = Time };

    private protected override ServerSettings Settings => new() { Policy = Mcp.Server.Consent.ConfirmationPolicy.Parse(["disrupt=allow"]) };

    [Fact]
    public async Task A_client_that_wants_progress_hears_of_the_job_and_each_report_is_greater_than_the_last()
    {
        var call = Client.CallAsync(
            "cloud_change", """{"command":"stopVirtualMachine","arguments":{"id":"web-01"}}""", new Progress<ProgressNotificationValue>());
        await Eventually.IsTrueAsync(() => Reports().Count >= 3);
        Time.Advance(JobDelay);

        Assert.Equal("done", (await call)["status"]);
        var reports = Reports();
        Assert.All(reports, r => Assert.StartsWith("stopVirtualMachine: ", r.GetProperty("message").GetString(), StringComparison.Ordinal));
        var steps = reports.Select(r => r.GetProperty("progress").GetDouble()).ToList();
        Assert.Equal(steps.Distinct().Order(), steps);

        List<JsonElement> Reports() => [.. Client.Messages.Select(m => JsonElement.Parse(m))
            .Where(m => m.TryGetProperty("method", out var method) && method.GetString() == NotificationMethods.ProgressNotification)
            .Select(m => m.GetProperty("params"))];
    }

    [Fact]
    public async Task A_cancelled_call_ends_and_the_job_goes_on()
    {
        var client = await Server.ConnectAsync(protocol: "2025-11-25");
        var call = new JsonRpcRequest
        {
            Id = new RequestId("mine"),
            Method = RequestMethods.ToolsCall,
            Params = JsonNode.Parse("""{"name":"cloud_change","arguments":{"command":"stopVirtualMachine","arguments":{"id":"web-01"}}}"""),
        };

        var pending = client.Mcp.SendRequestAsync(call);
        await Eventually.IsTrueAsync(() => Server.Commands.Contains("queryAsyncJobResult"));
        await client.Mcp.SendMessageAsync(new JsonRpcNotification
        {
            Method = NotificationMethods.CancelledNotification,
            Params = JsonNode.Parse("""{"requestId":"mine"}"""),
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);
        await Eventually.IsTrueAsync(() => Server.Audit.Records.Any(r => r is { Command: "stopVirtualMachine", Outcome: "cancelled" }));
        Assert.Equal("Stopping", await StateOfAsync("web-01"));
        Time.Advance(JobDelay);
        Assert.Equal("Stopped", await StateOfAsync("web-01"));
    }
}
