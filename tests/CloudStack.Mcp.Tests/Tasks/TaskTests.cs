using System.Text.Json;
using Cloud.Core.Confirmations;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Tasks;

/// <summary>Long changes as tasks, for clients that say they know the extension.</summary>
public sealed class TaskTests
{
    private const string KnowsTasks = """{"extensions":{"io.modelcontextprotocol/tasks":{}}}""";
    private const string Stop = """{"name":"cloud_change","arguments":{"command":"stopVirtualMachine","arguments":{"id":"web-01"}}}""";

    private static readonly TimeSpan JobDelay = TimeSpan.FromMinutes(5);

    private readonly ShiftedTime _time = new();

    public static TheoryData<string> Transports => ["stdio", "http"];

    // Jobs end when the test puts the clock forward.
    private SimulatorOptions Options => new() { JobDelay = JobDelay, Clock = _time };

    private ServerSettings Settings => new() { Policy = ConfirmationPolicy.Parse(["disrupt=allow"]), Time = _time };

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_long_change_answers_a_task_at_once_which_ends_with_the_changes_result(string transport)
    {
        await using var client = await StatelessClient.StartAsync(transport, Settings, Options);

        var task = await ResultAsync(client, "tools/call", Stop);
        var working = await ResultAsync(client, "tasks/get", IdOf(task));
        _time.Advance(JobDelay);
        var done = await ResultAsync(client, "tasks/get", IdOf(task));

        Assert.Equal(("task", "working"), (Text(task, "resultType"), Text(task, "status")));
        Assert.Contains("Stop-CsVirtualMachine -Id 'web-01'", Text(task, "statusMessage"), StringComparison.Ordinal);
        Assert.Equal((86_400_000, 2000), (task.GetProperty("ttlMs").GetInt64(), task.GetProperty("pollIntervalMs").GetInt64()));
        Assert.Equal(("complete", "working"), (Text(working, "resultType"), Text(working, "status")));
        Assert.Equal(Text(task, "taskId"), Text(working, "taskId"));
        Assert.Equal(task.GetProperty("createdAt").GetDateTimeOffset(), done.GetProperty("createdAt").GetDateTimeOffset());
        Assert.Equal("completed", Text(done, "status"));
        var answer = done.GetProperty("result").GetProperty("structuredContent");
        Assert.Equal("stopVirtualMachine", Text(answer, "command"));
        Assert.Equal("Stopped", Text(answer.GetProperty("result"), "state"));
        Assert.False(done.GetProperty("result").TryGetProperty("isError", out _));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_job_that_fails_is_a_completed_task_whose_result_is_the_error(string transport)
    {
        await using var client = await StatelessClient.StartAsync(transport, Settings, Options);
        client.Cloud.Faults.Inject(new SimulatorFault(FaultKind.FailJob));
        var task = await ResultAsync(client, "tools/call", Stop);
        _time.Advance(JobDelay);

        // The failure is injected when the job is made, and met when it ends.
        var done = task.TryGetProperty("taskId", out _) ? (await ResultAsync(client, "tasks/get", IdOf(task))).GetProperty("result") : task;

        Assert.True(done.GetProperty("isError").GetBoolean());
        Assert.Contains("made to fail", done.GetProperty("structuredContent").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task What_needs_a_word_is_asked_before_it_becomes_a_task(string transport)
    {
        await using var client = await StatelessClient.StartAsync(transport, Settings with { Policy = ConfirmationPolicy.Default }, Options);

        var asked = await ResultAsync(client, "tools/call", Stop);
        var token = Text(asked.GetProperty("structuredContent"), "token");
        var task = await ResultAsync(client, "tools/call", Stop.Replace("\"arguments\":{\"id\"", $"\"confirm\":\"{token}\",\"arguments\":{{\"id\"", StringComparison.Ordinal));

        Assert.Equal("complete", Text(asked, "resultType"));
        Assert.Equal("task", Text(task, "resultType"));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_quick_change_and_a_read_are_answered_as_ever(string transport)
    {
        await using var client = await StatelessClient.StartAsync(transport, Settings, Options);

        var read = await ResultAsync(client, "tools/call", """{"name":"cloud_read","arguments":{"command":"listZones"}}""");
        var change = await ResultAsync(client, "tools/call", """{"name":"cloud_change","arguments":{"command":"createSSHKeyPair","arguments":{"name":"k"}}}""");

        Assert.Equal("complete", Text(read, "resultType"));
        Assert.Equal("done", Text(change.GetProperty("structuredContent"), "status"));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task An_end_that_is_asked_for_is_heard_and_the_job_goes_on(string transport)
    {
        await using var client = await StatelessClient.StartAsync(transport, Settings, Options);
        var task = await ResultAsync(client, "tools/call", Stop);

        var heard = await ResultAsync(client, "tasks/cancel", IdOf(task));
        var updated = await ResultAsync(client, "tasks/update", IdOf(task));
        var after = await ResultAsync(client, "tasks/get", IdOf(task));

        Assert.Equal(("complete", "complete"), (Text(heard, "resultType"), Text(updated, "resultType")));
        Assert.Equal("working", Text(after, "status"));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_client_that_does_not_say_it_knows_tasks_gets_none_and_may_not_ask(string transport)
    {
        await using var client = await StatelessClient.StartAsync(transport, Settings with { LongestFollow = TimeSpan.FromMilliseconds(30) }, Options);
        var task = await ResultAsync(client, "tools/call", Stop);

        var plain = await client.AskAsync("tools/call", Stop.Replace("web-01", "web-02", StringComparison.Ordinal));
        var get = await client.AskAsync("tasks/get", IdOf(task));
        var listen = await client.AskAsync("subscriptions/listen", """{"notifications":{"taskIds":["x"]}}""");

        Assert.Equal("running", Text(plain.GetProperty("result").GetProperty("structuredContent"), "status"));
        Assert.Equal((-32021, -32021), (CodeOf(get), CodeOf(listen)));
        Assert.True(get.GetProperty("error").GetProperty("data").GetProperty("requiredCapabilities").GetProperty("extensions").TryGetProperty("io.modelcontextprotocol/tasks", out _));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_name_that_is_no_task_of_this_caller_is_refused_with_one_and_the_same_word(string transport)
    {
        await using var client = await StatelessClient.StartAsync(transport, Settings, Options);
        var name = Text(await ResultAsync(client, "tools/call", Stop), "taskId");
        string[] foreign =
        [
            "x", "simulator.x", ".", "simulator.", "", name[..^2], name + "A", "other" + name[name.IndexOf('.', StringComparison.Ordinal)..],
            name[..^8] + (name[^8] == 'A' ? 'B' : 'A') + name[^7..], new string('x', 5000), "786512e2-9e0d-44bd-8f29-789f320fe840",
        ];

        var refusals = new List<JsonElement>();
        foreach (var other in foreign.Where(f => f.Length > 0))
        {
            refusals.Add(await client.AskAsync("tasks/get", Id(other), KnowsTasks));
            refusals.Add(await client.AskAsync("tasks/cancel", Id(other), KnowsTasks));
        }

        refusals.Add(await client.AskAsync("tasks/get", Id(name), KnowsTasks, name: "somebody else"));

        Assert.All(refusals, refusal => Assert.Equal(-32602, CodeOf(refusal)));
        Assert.Single(refusals.Select(refusal => Text(refusal.GetProperty("error"), "message")).Distinct());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"taskId":7}""")]
    [InlineData("""{"taskId":null}""")]
    public async Task A_question_without_a_name_is_refused(string members)
    {
        await using var client = await StatelessClient.StartAsync("stdio", Settings, Options);

        Assert.Equal(-32602, CodeOf(await client.AskAsync("tasks/get", members, KnowsTasks)));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_task_expires_when_the_cloud_forgets_its_jobs(string transport)
    {
        await using var client = await StatelessClient.StartAsync(transport, Settings, Options);
        var task = await ResultAsync(client, "tools/call", Stop);
        _time.Advance(TimeSpan.FromDays(1));

        var late = await client.AskAsync("tasks/get", IdOf(task), KnowsTasks);

        Assert.Equal(-32602, CodeOf(late));
        Assert.Contains("expired", Text(late.GetProperty("error"), "message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_replica_with_the_key_answers_and_no_other()
    {
        var key = ConfirmationTokens.NewKey();
        await using var one = await StatelessClient.StartAsync("stdio", Settings with { TokenKey = key }, Options);
        await using var replica = await StatelessClient.StartAsync("http", Settings with { TokenKey = key }, Options);
        await using var stranger = await StatelessClient.StartAsync("http", Settings, Options);
        var task = await ResultAsync(one, "tools/call", Stop);

        // The replica opens the name and asks its cloud, which is another one here and so knows no such job.
        var asked = await replica.AskAsync("tasks/get", IdOf(task), KnowsTasks);
        var refused = await stranger.AskAsync("tasks/get", IdOf(task), KnowsTasks);

        Assert.Contains("knows no job", Text(asked.GetProperty("error"), "message"), StringComparison.Ordinal);
        Assert.Contains("no such task", Text(refused.GetProperty("error"), "message"), StringComparison.Ordinal);
        Assert.Contains("queryAsyncJobResult", replica.Cloud.Requests.Select(r => r.Command));
        Assert.Empty(stranger.Cloud.Requests);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_cloud_that_is_down_is_no_end_of_the_task(string transport)
    {
        await using var client = await StatelessClient.StartAsync(transport, Settings, Options);
        var task = await ResultAsync(client, "tools/call", Stop);
        client.Cloud.Faults.Inject(new SimulatorFault(FaultKind.HtmlPage) { Command = "queryAsyncJobResult", Status = 200, Times = int.MaxValue });

        var down = await client.AskAsync("tasks/get", IdOf(task), KnowsTasks);
        client.Cloud.Faults.Clear();
        var back = await ResultAsync(client, "tasks/get", IdOf(task));

        Assert.Equal(-32603, CodeOf(down));
        Assert.Equal("working", Text(back, "status"));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task The_server_tells_that_it_knows_tasks(string transport)
    {
        await using var client = await StatelessClient.StartAsync(transport, Settings, Options);

        var told = await ResultAsync(client, "server/discover", "{}");

        Assert.True(told.GetProperty("capabilities").GetProperty("extensions").TryGetProperty("io.modelcontextprotocol/tasks", out _));
    }

    private static async Task<JsonElement> ResultAsync(StatelessClient client, string method, string members)
    {
        var answer = await client.AskAsync(method, members, KnowsTasks);
        Assert.True(answer.TryGetProperty("result", out var result), answer.ToString());
        return result;
    }

    private static string IdOf(JsonElement task) => Id(Text(task, "taskId"));

    private static string Id(string name) => JsonSerializer.Serialize(new { taskId = name });

    private static string Text(JsonElement from, string name) => from.GetProperty(name).GetString()!;

    private static int CodeOf(JsonElement answer) =>
        answer.TryGetProperty("error", out var error) ? error.GetProperty("code").GetInt32() : throw new Xunit.Sdk.XunitException(answer.ToString());
}
