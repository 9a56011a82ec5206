using System.Text.Json;

namespace CloudStack.Mcp.Tests.Stores;

/// <summary>
/// A question of the newest revision goes out from one server process, and its answer comes to another, over HTTP without
/// sessions. What they share is a PostgreSQL database and a key.
/// </summary>
public sealed class TwoProcessesTests(PostgresServer database) : IClassFixture<PostgresServer>
{
    private const string Stop = """{"command":"stopVirtualMachine","arguments":{"id":"web-01"} }""";
    private const string StopOther = """{"command":"stopVirtualMachine","arguments":{"id":"web-02"} }""";
    private const string Forced = """{"command":"stopVirtualMachine","arguments":{"id":"web-01","forced":true} }""";
    private const string Yes = """{"action":"accept","content":{"confirm":true} }""";

    [PostgresFact]
    public async Task A_question_of_one_replica_is_answered_at_the_other_once()
    {
        using var replicas = await Replicas.StartAsync(await database.NewDatabaseAsync());
        var asked = await replicas.CallAsync(0, replicas.Alice, "cloud_change", Stop);
        Assert.Equal("input_required", asked.GetProperty("resultType").GetString());
        Assert.Equal("Running", await StateAsync(replicas, "web-01"));

        var done = await AnswerAsync(replicas, 1, replicas.Alice, Stop, StateOf(asked));
        var atOther = await AnswerAsync(replicas, 0, replicas.Alice, Stop, StateOf(asked));
        var atSame = await AnswerAsync(replicas, 1, replicas.Alice, Stop, StateOf(asked));

        Assert.Equal("done", done.GetProperty("structuredContent").GetProperty("status").GetString());
        Assert.Equal("Stopped", await StateAsync(replicas, "web-01"));

        // The machine has stopped since, so that not even its state is what was agreed to.
        AssertRefused(atOther, "no longer what was shown");
        AssertRefused(atSame, "no longer what was shown");
    }

    [PostgresFact]
    public async Task Of_many_answers_to_one_question_at_both_replicas_at_once_one_acts()
    {
        using var replicas = await Replicas.StartAsync(await database.NewDatabaseAsync());
        const string Reboot = """{"command":"rebootVirtualMachine","arguments":{"id":"web-01"} }""";
        var state = StateOf(await replicas.CallAsync(0, replicas.Alice, "cloud_change", Reboot));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => AnswerAsync(replicas, i % 2, replicas.Alice, Reboot, state)));

        Assert.Single(answers, answer => !IsError(answer));
        Assert.All(answers.Where(IsError), answer => Assert.Equal("NotConfirmed", Error(answer).GetProperty("cause").GetString()));
        Assert.Contains(answers.Where(IsError), answer => Message(answer).Contains("used before", StringComparison.Ordinal));
    }

    [PostgresFact]
    public async Task An_answer_that_was_tampered_with_or_is_anothers_or_for_something_else_changes_nothing_anywhere()
    {
        using var replicas = await Replicas.StartAsync(await database.NewDatabaseAsync());
        var state = StateOf(await replicas.CallAsync(0, replicas.Alice, "cloud_change", Stop));

        for (var i = 0; i < state.Length; i += 41)
        {
            var forged = state[..i] + (state[i] == 'A' ? 'B' : 'A') + state[(i + 1)..];
            AssertRefused(await AnswerAsync(replicas, 1, replicas.Alice, Stop, forged), "not one of this server's");
        }

        AssertRefused(await AnswerAsync(replicas, 1, replicas.Bob, Stop, state), "another caller");
        AssertRefused(await AnswerAsync(replicas, 1, replicas.Alice, StopOther, state), "other arguments");
        AssertRefused(await AnswerAsync(replicas, 1, replicas.Alice, Forced, state), "other arguments");
        AssertRefused(await AsTokenAsync(replicas, state), "another command");
        Assert.Equal("Running", await StateAsync(replicas, "web-01"));
        Assert.Equal("Running", await StateAsync(replicas, "web-02"));

        // None of that used the question up.
        Assert.False(IsError(await AnswerAsync(replicas, 1, replicas.Alice, Stop, state)));
    }

    [PostgresFact]
    public async Task A_person_who_says_no_at_the_other_replica_ends_the_question_for_both()
    {
        using var replicas = await Replicas.StartAsync(await database.NewDatabaseAsync());
        var state = StateOf(await replicas.CallAsync(0, replicas.Alice, "cloud_change", Stop));

        var no = await AnswerAsync(replicas, 1, replicas.Alice, Stop, state, """{"action":"decline"}""");
        var late = await AnswerAsync(replicas, 0, replicas.Alice, Stop, state);

        Assert.StartsWith("declined", no.GetProperty("structuredContent").GetProperty("status").GetString(), StringComparison.Ordinal);
        AssertRefused(late, "used before");
        Assert.Equal("Running", await StateAsync(replicas, "web-01"));
    }

    [PostgresFact]
    public async Task An_answer_that_comes_too_late_is_refused_by_the_other_replica()
    {
        using var replicas = await Replicas.StartAsync(await database.NewDatabaseAsync(), tokenSeconds: 10);
        var state = StateOf(await replicas.CallAsync(0, replicas.Alice, "cloud_change", Stop));

        // Other processes have no clock that a test could put forward; ten seconds is the shortest life of a question.
        await Task.Delay(TimeSpan.FromSeconds(10.5));

        AssertRefused(await AnswerAsync(replicas, 1, replicas.Alice, Stop, state), "expired");
        Assert.Equal("Running", await StateAsync(replicas, "web-01"));
    }

    [PostgresFact]
    public async Task A_token_of_one_process_is_redeemed_at_the_other_once()
    {
        using var replicas = await Replicas.StartAsync(await database.NewDatabaseAsync());
        const string Reboot = """{"command":"rebootVirtualMachine","arguments":{"id":"web-01"} }""";
        var asked = await replicas.CallAsync(0, replicas.Alice, "cloud_change", Reboot, canAsk: false);
        var confirmed = Reboot[..^1] + $",\"confirm\":\"{asked.GetProperty("structuredContent").GetProperty("token").GetString()}\"}}";

        var done = await replicas.CallAsync(1, replicas.Alice, "cloud_change", confirmed, canAsk: false);
        var again = await replicas.CallAsync(0, replicas.Alice, "cloud_change", confirmed, canAsk: false);

        Assert.False(IsError(done), done.GetRawText());
        AssertRefused(again, "used before");
    }

    [PostgresFact]
    public async Task A_job_that_one_process_started_is_followed_by_the_other()
    {
        using var replicas = await Replicas.StartAsync(await database.NewDatabaseAsync());
        var asked = await replicas.CallAsync(0, replicas.Alice, "cloud_change", Stop);
        var done = await AnswerAsync(replicas, 0, replicas.Alice, Stop, StateOf(asked));
        var job = done.GetProperty("structuredContent").GetProperty("job").GetString();

        var seen = await replicas.CallAsync(1, replicas.Alice, "cloud_job", $$"""{"job":"{{job}}"}""");

        Assert.Equal("done", seen.GetProperty("structuredContent").GetProperty("status").GetString());
        Assert.Equal("stopVirtualMachine", seen.GetProperty("structuredContent").GetProperty("command").GetString());
    }

    private static Task<JsonElement> AnswerAsync(
        Replicas replicas, int replica, string caller, string call, string state, string said = Yes) =>
        replicas.CallAsync(
            replica, caller, "cloud_change", call, $$""","requestState":"{{state}}","inputResponses":{"confirmation":{{said}}}""");

    private static Task<JsonElement> AsTokenAsync(Replicas replicas, string state) =>
        replicas.CallAsync(1, replicas.Alice, "cloud_change", Stop[..^1] + $",\"confirm\":\"{state}\"}}", canAsk: false);

    private static async Task<string> StateAsync(Replicas replicas, string machine)
    {
        var answer = await replicas.CallAsync(
            1, replicas.Bob, "cloud_read", $$"""{"command":"listVirtualMachines","arguments":{"name":"{{machine}}","listall":true} }""");
        return answer.GetProperty("structuredContent").GetProperty("rows")[0].GetProperty("state").GetString()!;
    }

    private static string StateOf(JsonElement asked) => asked.GetProperty("requestState").GetString()!;

    private static bool IsError(JsonElement answer) => answer.TryGetProperty("isError", out var isError) && isError.GetBoolean();

    private static JsonElement Error(JsonElement answer) => answer.GetProperty("structuredContent").GetProperty("error");

    private static string Message(JsonElement answer) => Error(answer).GetProperty("message").GetString()!;

    private static void AssertRefused(JsonElement answer, string why)
    {
        Assert.True(IsError(answer), answer.GetRawText());
        Assert.Equal("NotConfirmed", Error(answer).GetProperty("cause").GetString());
        Assert.Contains(why, Message(answer), StringComparison.Ordinal);
    }
}
