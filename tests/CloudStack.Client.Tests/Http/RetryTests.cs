using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Http;

/// <summary>Protocol note, section 10: what may be sent again.</summary>
[Trait("Protocol", "10")]
public sealed class RetryTests
{
    private const string Zones = """{"r":{"count":1,"zone":[{"id":"z"}]}}""";

    public static TheoryData<string> LostAnswers =>
        ["reset", "truncated", "empty", "bad gateway", "container 500", "half a body", "bad gzip"];

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_read_is_tried_again_after_a_lost_answer(string fault)
    {
        var server = new ScriptedServer().Then(_ => Lose(fault)).Then(_ => Lose(fault)).Then(Zones);

        var reply = await Sample.Provider(server).SendAsync(Sample.Command("listZones"), CancellationToken.None);

        Assert.Single(reply.Objects);
        Assert.Equal(3, server.Log.Count);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task A_synchronous_change_is_never_sent_again_after_a_lost_answer(string fault)
    {
        var server = new ScriptedServer().Then(_ => Lose(fault));

        var error = await Assert.ThrowsAsync<CloudException>(() => Send(server, "createUser", ("username", "u")));

        Assert.Equal(ErrorCause.OutcomeUnknown, error.Cause);
        Assert.Contains("whether the new object is there", error.NextStep, StringComparison.Ordinal);
        Assert.Single(server.Log);
    }

    [Theory]
    [MemberData(nameof(LostAnswers))]
    public async Task An_asynchronous_changes_lost_answer_is_looked_up_by_its_job(string fault)
    {
        var server = new ScriptedServer().Then(_ => Lose(fault)).Then("""{"r":{"jobid":"x","jobstatus":0,"jobinstanceid":"v"}}""");

        var reply = await Send(server, "deployVirtualMachine", ("zoneid", Sample.Id));

        Assert.Equal(["deployVirtualMachine", "queryAsyncJobResult"], server.Log.Select(r => r.Command));
        Assert.Equal(server.Log[0].Parameters["customjobid"], server.Log[1].Parameters["jobid"]);
        Assert.Equal((server.Log[0].Parameters["customjobid"], "v"), (reply.JobId, reply.EntityId));
    }

    [Fact]
    public async Task A_job_that_is_queued_late_is_still_found()
    {
        var server = new ScriptedServer().Then(_ => Lose("reset")).Then(Unknown, 431).Then(_ => Lose("bad gateway"))
            .Then("""{"r":{"jobid":"x","jobstatus":1}}""");

        var reply = await Send(server, "startVirtualMachine", ("id", Sample.Id));

        Assert.Equal(server.Log[0].Parameters["customjobid"], reply.JobId);
        Assert.Single(server.Log, r => r.Command == "startVirtualMachine");
    }

    [Fact]
    public async Task A_job_that_is_not_found_leaves_the_outcome_unknown()
    {
        var server = new ScriptedServer { Otherwise = r => r.Command == "startVirtualMachine" ? Lose("reset") : ScriptedServer.Json(Unknown, 431) };

        var error = await Assert.ThrowsAsync<CloudException>(() => Send(server, "startVirtualMachine", ("id", Sample.Id)));

        Assert.Equal(ErrorCause.OutcomeUnknown, error.Cause);
        Assert.Equal(server.Log[0].Parameters["customjobid"], error.JobId);
        Assert.Single(server.Log, r => r.Command == "startVirtualMachine");
        Assert.InRange(server.Log.Count(r => r.Command == "queryAsyncJobResult"), 2, 10);
    }

    [Theory]
    [InlineData("listZones")]
    [InlineData("createUser")]
    [InlineData("startVirtualMachine")]
    public async Task What_never_left_is_sent_again(string command)
    {
        var server = new ScriptedServer().ThenThrow(NoConnection()).ThenThrow(NoConnection())
            .Then(command == "startVirtualMachine" ? """{"r":{"jobid":"j"}}""" : """{"r":{"user":{"id":"u"}}}""");

        await Send(server, command);

        Assert.Equal(3, server.Log.Count);
        var jobs = server.Log.Select(r => r.Parameters.GetValueOrDefault("customjobid")).OfType<string>().ToList();
        Assert.Equal(jobs.Count, jobs.Distinct().Count());
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_given_up_after_a_few_tries()
    {
        var server = new ScriptedServer { Otherwise = _ => throw NoConnection() };

        var error = await Assert.ThrowsAsync<CloudException>(() => Send(server, "createUser"));

        Assert.Equal(ErrorCause.Unreachable, error.Cause);
        Assert.Contains("nothing was sent", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, server.Log.Count);
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, ErrorCause.Unreachable)]
    [InlineData(HttpRequestError.ProxyTunnelError, ErrorCause.Unreachable)]
    [InlineData(HttpRequestError.SecureConnectionError, ErrorCause.Unreachable)]
    public async Task Every_way_to_fail_before_sending_says_that_nothing_was_sent(HttpRequestError how, ErrorCause cause)
    {
        var server = new ScriptedServer { Otherwise = _ => throw new HttpRequestException(how) };

        var error = await Assert.ThrowsAsync<CloudException>(() => Send(server, "createUser"));

        Assert.Equal(cause, error.Cause);
        Assert.Contains("nothing was sent", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_change_that_the_server_puts_off_is_not_sent_again(int code)
    {
        var server = new ScriptedServer().Then(Error(code, "later"), code);

        await Assert.ThrowsAsync<CloudException>(() => Send(server, "createUser"));

        Assert.Single(server.Log);
    }

    [Fact]
    [Trait("Protocol", "5.4")]
    public async Task A_throttled_read_waits_as_long_as_the_server_says()
    {
        var time = new FakeTime();
        var server = new ScriptedServer().Then(Error(429, "please retry after [740] ms."), 429).Then(Zones);

        await Sample.Provider(server, time).SendAsync(Sample.Command("listZones"), CancellationToken.None);

        Assert.Equal([TimeSpan.FromMilliseconds(740)], time.Waits);
    }

    [Fact]
    [Trait("Protocol", "5.4")]
    public async Task A_pause_of_many_minutes_is_told_and_not_waited_for()
    {
        var server = new ScriptedServer().Then(Error(429, "please retry after [600000] ms."), 429);

        var error = await Assert.ThrowsAsync<CloudException>(() => Send(server, "listZones"));

        Assert.Equal(TimeSpan.FromMinutes(10), error.RetryAfter);
        Assert.Single(server.Log);
    }

    [Theory]
    [InlineData(431)]
    [InlineData(432)]
    [InlineData(530)]
    [InlineData(531)]
    [InlineData(533)]
    public async Task An_error_that_no_repetition_changes_is_told_at_once(int code)
    {
        var server = new ScriptedServer().Then(Error(code, "no"), code);

        await Assert.ThrowsAsync<CloudException>(() => Send(server, "listZones"));

        Assert.Single(server.Log);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_in_time_is_told_from_one_that_is_not_there()
    {
        var connection = Sample.Connection with { ReadTimeout = TimeSpan.FromSeconds(2), ChangeTimeout = TimeSpan.FromSeconds(2), Retries = 1 };
        using var silent = new SilentServer();

        var read = await Assert.ThrowsAsync<CloudException>(
            () => Sample.Provider(silent, connection: connection).SendAsync(Sample.Command("listZones"), CancellationToken.None));
        var change = await Assert.ThrowsAsync<CloudException>(
            () => Sample.Provider(silent, connection: connection).SendAsync(Sample.Command("createUser"), CancellationToken.None));

        Assert.Equal(ErrorCause.TimedOut, read.Cause);
        Assert.Equal(ErrorCause.OutcomeUnknown, change.Cause);
        Assert.Equal(3, silent.Received);
    }

    [Fact]
    public async Task Whoever_stops_waiting_for_a_change_is_told_that_it_may_go_on()
    {
        using var silent = new SilentServer();
        using var stop = new CancellationTokenSource();
        var sending = Sample.Provider(silent).SendAsync(Sample.Command("startVirtualMachine"), stop.Token);
        await silent.Reached;
        await stop.CancelAsync();

        var stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);

        Assert.Contains("may still carry it out as job", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_stops_the_search_for_a_lost_job_is_told_its_name()
    {
        using var stop = new CancellationTokenSource();
        var server = new ScriptedServer().Then(_ => Lose("reset")).Then(_ =>
        {
            stop.Cancel();
            throw new OperationCanceledException(stop.Token);
        });

        var stopped = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Sample.Provider(server).SendAsync(Sample.Command("startVirtualMachine"), stop.Token));

        Assert.Contains(server.Log[0].Parameters["customjobid"], stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_for_a_lost_job_ends_even_where_no_question_is_answered()
    {
        var time = new FakeTime { Longest = TimeSpan.FromMinutes(5) };
        var connection = Sample.Connection with { ChangeTimeout = TimeSpan.FromHours(1), ReadTimeout = TimeSpan.FromHours(1) };
        var server = new ScriptedServer { Otherwise = r => Lose("reset") };

        var error = await Assert.ThrowsAsync<CloudException>(
            () => Sample.Provider(server, time, connection).SendAsync(Sample.Command("startVirtualMachine"), CancellationToken.None));

        Assert.Equal(ErrorCause.OutcomeUnknown, error.Cause);
        Assert.Single(server.Log, r => r.Command == "startVirtualMachine");
    }

    private const string Unknown = """{"r":{"errorcode":431,"cserrorcode":4350,"errortext":"entity does not exist"}}""";

    private static Task<CommandReply> Send(ScriptedServer server, string command, params (string, object)[] arguments) =>
        Sample.Provider(server).SendAsync(Sample.Command(command, arguments), CancellationToken.None);

    private static string Error(int code, string text) => $$$"""{"r":{"errorcode":{{{code}}},"cserrorcode":9999,"errortext":"{{{text}}}"}}""";

    private static HttpRequestException NoConnection() => new(HttpRequestError.ConnectionError, "refused");

    private static HttpResponseMessage Lose(string fault) => fault switch
    {
        "reset" => throw new HttpRequestException(HttpRequestError.ResponseEnded, "reset"),
        "truncated" => ScriptedServer.Json("""{"r":{"zone":[{"""),
        "empty" => ScriptedServer.Json(""),
        "bad gateway" => ScriptedServer.Text("<html>502</html>", "text/html", 502),
        "container 500" => ScriptedServer.Text("Server Error", "text/plain", 500),
        "half a body" => new HttpResponseMessage { Content = new StreamContent(new BreakingStream(new IOException("reset"))) },
        "bad gzip" => new HttpResponseMessage { Content = new StreamContent(new BreakingStream(new InvalidDataException("gzip"))) },
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
