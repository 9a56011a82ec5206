using Cloud.Core.Audit;
using Cloud.Core.Errors;
using Cloud.Core.Jobs;
using Cloud.Core.Operations;

namespace Cloud.Core.Tests;

public sealed class OperationRunnerTests
{
    private readonly Harbour _cloud = new();
    private readonly Recorder _host = new();
    private readonly RecordedAudit _audit = new();

    [Fact]
    public async Task A_list_streams_every_page_and_reports_the_total()
    {
        var outcome = await Run("listBoats");

        Assert.Equal(["one", "two", "three"], _host.Emitted.Select(o => o.GetText("name")));
        Assert.Equal((3L, 3L), (outcome.Emitted, outcome.TotalCount));
        Assert.Empty(_host.Asked);
    }

    [Fact]
    public async Task Names_become_identifiers_before_anything_is_sent()
    {
        _cloud.Polls.Enqueue(Harbour.Done);

        await Run("New-Boat", ("HarbourId", "north"), ("Name", "wind"));

        Assert.Equal(Harbour.NorthId, Assert.Single(_cloud.Sent).Arguments["harbourid"]);
    }

    [Theory]
    [InlineData("west", ErrorCause.NotFound)]
    [InlineData("twin", ErrorCause.Ambiguous)]
    public async Task A_name_that_is_not_exactly_one_object_stops_the_operation(string name, ErrorCause cause)
    {
        _cloud.Targets.Add(new("HarbourResponse", "a", "twin", "zone A"));
        _cloud.Targets.Add(new("HarbourResponse", "b", "twin", "zone B"));

        var error = await Assert.ThrowsAsync<CloudException>(() => Run("launchBoat", ("harbourid", name), ("name", "w")));

        Assert.Equal(cause, error.Cause);
        Assert.Empty(_cloud.Sent);
        if (cause == ErrorCause.Ambiguous)
        {
            Assert.Contains("a (zone A); b (zone B)", error.NextStep, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_job_is_followed_through_failing_polls_to_its_result()
    {
        _cloud.Polls.Enqueue(Harbour.Pending);
        _cloud.Polls.Enqueue(() => throw new CloudException(ErrorCause.Unreachable, "gone", "wait"));
        _cloud.Polls.Enqueue(Harbour.Done);

        var outcome = await Run("launchBoat", ("harbourid", "north"), ("name", "wind"));

        Assert.Equal((OperationStatus.Completed, Harbour.Job, Harbour.WindId), (outcome.Status, outcome.JobId, outcome.EntityId));
        Assert.Equal("wind", Assert.Single(_host.Emitted).GetText("name"));
        Assert.Equal([false, false, true], _host.Progress.Select(p => p.IsCompleted));
    }

    [Fact]
    public async Task A_started_job_that_can_not_be_asked_about_is_of_unknown_outcome_not_failed()
    {
        _cloud.Polls.Enqueue(() => throw new CloudException(ErrorCause.Unauthorized, "The key was revoked.", "Get another."));

        var error = await Assert.ThrowsAsync<CloudException>(() => Run("launchBoat", ("harbourid", "north"), ("name", "w")));

        Assert.Equal((ErrorCause.OutcomeUnknown, Harbour.Job), (error.Cause, error.JobId));
        Assert.Contains("The key was revoked.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_stays_silent_ends_the_wait()
    {
        var impatient = new FollowPolicy(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)) { Patience = TimeSpan.Zero };
        _cloud.Polls.Enqueue(() => throw new CloudException(ErrorCause.Unreachable, "gone", "wait"));

        var error = await Assert.ThrowsAsync<CloudException>(() => new OperationRunner(_audit, impatient, TimeProvider.System).RunAsync(
            Request("launchBoat", ("harbourid", "north"), ("name", "w")), _cloud, _host, default));

        Assert.Equal((ErrorCause.OutcomeUnknown, Harbour.Job), (error.Cause, error.JobId));
    }

    [Fact]
    public async Task A_failed_job_is_an_error_and_is_recorded_as_one()
    {
        _cloud.Polls.Enqueue(Harbour.Failed);

        var error = await Assert.ThrowsAsync<CloudException>(() => Run("launchBoat", ("harbourid", "north"), ("name", "w")));

        Assert.Equal(ErrorCause.JobFailed, error.Cause);
        Assert.Equal(("failed", "JobFailed", Harbour.Job), (_audit.Records[^1].Outcome, _audit.Records[^1].Cause, _audit.Records[^1].Job));
    }

    [Fact]
    public async Task Without_waiting_the_ticket_comes_back_at_once()
    {
        var request = Request("launchBoat", ("harbourid", "north"), ("name", "w")) with { NoWait = true };

        var outcome = await Runner().RunAsync(request, _cloud, _host, default);

        Assert.Equal((OperationStatus.JobStarted, Harbour.Job), (outcome.Status, outcome.JobId));
        Assert.Empty(_host.Emitted);
    }

    [Fact]
    public async Task A_stopped_wait_says_that_the_job_goes_on()
    {
        using var stop = new CancellationTokenSource();
        _cloud.Polls.Enqueue(() =>
        {
            stop.Cancel();
            return Harbour.Pending();
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Runner().RunAsync(
            Request("launchBoat", ("harbourid", "north"), ("name", "w")), _cloud, _host, stop.Token));

        Assert.Contains(Harbour.Job, Assert.Single(_host.Warnings), StringComparison.Ordinal);
        Assert.Equal("cancelled", _audit.Records[^1].Outcome);
    }

    [Theory]
    [InlineData(ConfirmationAnswer.Declined, OperationStatus.Declined)]
    [InlineData(ConfirmationAnswer.Deferred, OperationStatus.Deferred)]
    [InlineData(ConfirmationAnswer.WhatIf, OperationStatus.WhatIf)]
    public async Task Nothing_is_sent_unless_it_is_approved(ConfirmationAnswer answer, OperationStatus status)
    {
        _host.Answer = answer;

        var outcome = await Run("sinkBoat", ("id", "wind"));

        Assert.Equal(status, outcome.Status);
        Assert.Empty(_cloud.Sent);
        Assert.Equal(answer.ToString().ToLowerInvariant(), Assert.Single(_audit.Records).Confirmation);
    }

    [Fact]
    public async Task A_dangerous_command_shows_the_name_behind_an_identifier()
    {
        await Run("sinkBoat", ("id", Harbour.WindId));

        Assert.Equal($"wind (Boat {Harbour.WindId})", Assert.Single(_host.Asked).TargetText);
        Assert.Null(_host.Asked[0].TypedText);
    }

    [Fact]
    public async Task What_is_not_there_yet_is_shown_by_the_name_it_is_to_have()
    {
        _host.Answer = ConfirmationAnswer.WhatIf;

        await Run("launchBoat", ("harbourid", "north"), ("name", "wind"));

        Assert.Equal("wind", Assert.Single(_host.Asked).TargetText);
    }

    [Theory]
    [InlineData("red", "Account red")]
    [InlineData(null, "Reason drunk")]
    public async Task What_has_neither_identifier_nor_name_is_shown_by_its_most_telling_argument(string? account, string shown)
    {
        _host.Answer = ConfirmationAnswer.WhatIf;

        (string, object?)[] arguments = account is null ? [("reason", "drunk")] : [("account", account), ("reason", "drunk")];
        await Run("groundCaptain", arguments);

        Assert.Equal(shown, Assert.Single(_host.Asked).TargetText);
    }

    [Fact]
    public async Task A_harmless_change_shows_the_name_that_the_face_knows_and_looks_nothing_up()
    {
        _host.Answer = ConfirmationAnswer.WhatIf;
        var request = Request("paintBoat", ("id", Harbour.WindId)) with
        {
            KnownNames = new Dictionary<string, string> { [Harbour.WindId] = "zephyr" },
        };

        await Runner().RunAsync(request, _cloud, _host, default);

        Assert.Equal($"zephyr (Boat {Harbour.WindId})", Assert.Single(_host.Asked).TargetText);
    }

    [Fact]
    public async Task A_dangerous_command_shows_what_the_cloud_says_and_not_what_the_face_knows()
    {
        _host.Answer = ConfirmationAnswer.WhatIf;
        var request = Request("sinkBoat", ("id", Harbour.WindId)) with
        {
            KnownNames = new Dictionary<string, string> { [Harbour.WindId] = "zephyr" },
        };

        await Runner().RunAsync(request, _cloud, _host, default);

        Assert.Equal($"wind (Boat {Harbour.WindId})", Assert.Single(_host.Asked).TargetText);
    }

    [Fact]
    public async Task A_critical_command_asks_for_its_targets_name()
    {
        await Run("closeHarbour", ("id", Harbour.NorthId));

        Assert.Equal("north", Assert.Single(_host.Asked).TypedText);
    }

    [Fact]
    public async Task Secrets_reach_the_server_and_nothing_else()
    {
        _cloud.Polls.Enqueue(Harbour.Done);

        await Run("launchBoat", ("harbourid", "north"), ("name", "w"), ("passcode", "hunter2"));

        Assert.Equal("hunter2", _cloud.Sent[0].Arguments["passcode"]);
        Assert.Equal("***", _host.Asked[0].Arguments["passcode"]);
        Assert.All(_audit.Records, r => Assert.Equal("***", r.Arguments["passcode"]));
    }

    [Fact]
    public async Task The_confirmation_digest_changes_with_any_argument_even_a_secret_one()
    {
        _host.Answer = ConfirmationAnswer.Declined;
        await Run("launchBoat", ("harbourid", "north"), ("name", "w"), ("passcode", "a"));
        await Run("launchBoat", ("harbourid", "north"), ("name", "w"), ("passcode", "b"));
        await Run("launchBoat", ("name", "w"), ("HarbourId", Harbour.NorthId), ("passcode", "a"));

        Assert.NotEqual(_host.Asked[0].Digest, _host.Asked[1].Digest);
        Assert.Equal(_host.Asked[0].Digest, _host.Asked[2].Digest);
    }

    [Fact]
    public async Task A_change_is_recorded_before_and_after_a_read_once()
    {
        await Run("sinkBoat", ("id", "wind"));
        await Run("listBoats");

        Assert.Equal(
            [(AuditPhase.Begin, null), (AuditPhase.End, "completed"), (AuditPhase.End, "completed")],
            _audit.Records.Select(r => (r.Phase, r.Outcome)));
        Assert.Equal(_audit.Records[0].Operation, _audit.Records[1].Operation);
    }

    [Fact]
    public async Task A_change_that_can_not_be_recorded_is_not_sent()
    {
        _audit.IsBroken = true;

        await Assert.ThrowsAsync<CloudException>(() => Run("sinkBoat", ("id", "wind")));

        Assert.Empty(_cloud.Sent);
    }

    [Fact]
    public async Task A_harmless_changes_target_is_read_where_the_face_shows_it_and_else_is_not()
    {
        _host.Answer = ConfirmationAnswer.WhatIf;
        var request = Request("paintBoat", ("id", Harbour.WindId));

        await Runner().RunAsync(request, _cloud, _host, default);
        await Runner().RunAsync(request with { ReadsTarget = true }, _cloud, _host, default);

        Assert.Equal([[], ["wind"]], _host.Asked.Select(asked => asked.Targets.Select(target => target.Name)));
    }

    [Fact]
    public async Task A_target_that_the_face_shows_is_read_also_where_its_name_was_resolved_before()
    {
        _host.Answer = ConfirmationAnswer.WhatIf;
        _cloud.OnFound = () => _cloud.Targets[1] = new NamedTarget("BoatResponse", Harbour.WindId, "wind", "as it is now");

        await Runner().RunAsync(Request("paintBoat", ("id", "wind")) with { ReadsTarget = true }, _cloud, _host, default);

        Assert.Equal("as it is now", Assert.Single(Assert.Single(_host.Asked).Targets).Context);
    }

    private Task<OperationOutcome> Run(string command, params (string Name, object? Value)[] arguments) =>
        Runner().RunAsync(Request(command, arguments), _cloud, _host, default);

    private OperationRunner Runner() =>
        new(_audit, new FollowPolicy(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(1)), TimeProvider.System);

    private static OperationRequest Request(string command, params (string Name, object? Value)[] arguments) =>
        new(command, arguments.ToDictionary(a => a.Name, a => a.Value));
}
