using Cloud.Core.Errors;
using Cloud.Core.Jobs;
using Cloud.Core.Operations;
using CloudStack.Client.Tests.Simulated;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Faults;

/// <summary>Carries one sequence out on a cloud of its own, and compares what was said with what is.</summary>
internal sealed class ScenarioRun : IDisposable
{
    public const string Canary = "cAnArY0passw0rd";

    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(2);

    private readonly VirtualTime _time = new();
    private readonly ServerClock _clock;
    private readonly SimulatedCloud _cloud;
    private readonly FaultyWire _wire;
    private readonly CloudStackProvider _provider;
    private readonly Tally _tally;

    private ScenarioRun(TimeSpan jobDelay, Tally tally)
    {
        _tally = tally;
        _clock = new ServerClock(_time);
        _cloud = new SimulatedCloud(new SimulatorOptions { Clock = _clock, JobDelay = jobDelay });
        _wire = new FaultyWire(_cloud, _time, _clock);
        _provider = SimulatedSample.Provider(_cloud, SimulatedSample.Connection(_cloud) with { PageSize = 5, RetryDelay = TimeSpan.FromSeconds(0.5) }, _wire, _time);
    }

    /// <summary>Runs a sequence.</summary>
    /// <returns>What went wrong, or null.</returns>
    public static async Task<string?> RunAsync(Scenario scenario, Tally tally)
    {
        using var run = new ScenarioRun(scenario.JobDelay, tally);
        for (var number = 0; number < scenario.Steps.Count; number++)
        {
            var step = scenario.Steps[number];
            if (await run.CheckAsync(step, number) is { } problem)
            {
                return $"step {number} ({step}): {problem}";
            }
        }

        tally.Add(run._wire.Met);
        return null;
    }

    public void Dispose()
    {
        _provider.Dispose();
        _cloud.Dispose();
    }

    private async Task<string?> CheckAsync(Step step, int number)
    {
        var before = await CloudTruth.ReadAsync(_cloud);
        var requests = _cloud.Requests.Count;
        var begun = _time.GetUtcNow();
        var host = new WatchingHost();
        var work = new ScenarioStep(step, number);
        _wire.Follow(step.Faults);
        Ending ending;
        try
        {
            ending = await EndAsync(work, host).WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            return "it never ended";
        }

        var took = _time.GetUtcNow() - begun;
        var accepted = _cloud.Requests.Skip(requests).Count(request => request.Command == work.Command && request.Status == 200);
        await SettleAsync();
        _tally.Add(ending.Said);
        var after = await CloudTruth.ReadAsync(_cloud);
        return took > LongestWait ? $"it took {took}"
            : IsSecretIn(host.Seen) ? $"a secret shows in {host.Seen}"
            : step.Deed == Deed.List ? Rows(ending, host, before)
            : accepted > 1 ? $"the server accepted it {accepted} times"
            : work.Judge(ending, before, after);
    }

    private async Task<Ending> EndAsync(ScenarioStep work, WatchingHost host)
    {
        var runner = new OperationRunner(host, FollowPolicy.Default, _time);
        string? job = null;
        try
        {
            var outcome = await runner.RunAsync(work.Request, _provider, host, CancellationToken.None);
            job = outcome.JobId;
            if (work.Request.NoWait)
            {
                await runner.FollowAsync(job!, work.Command, _provider, host, CancellationToken.None);
            }

            return new Ending(Said.Done, null);
        }
        catch (CloudException error)
        {
            host.See(error);
            // A ticket in hand, only a failed job says that nothing came of it.
            var isOpen = error.Cause == ErrorCause.OutcomeUnknown || (work.Request.NoWait && job is not null && error.Cause != ErrorCause.JobFailed);
            return new Ending(isOpen ? Said.Unknown : Said.Failed, error);
        }
    }

    /// <summary>Ends all trouble and lets the jobs that go on come to their end.</summary>
    private async Task SettleAsync()
    {
        _wire.Follow([]);
        _clock.Ahead = TimeSpan.Zero;
        _time.Advance(TimeSpan.FromHours(3));
        _cloud.Faults.Clear();
        await CloudTruth.ReadAsync(_cloud);
    }

    private bool IsSecretIn(string text) =>
        text.Contains(Canary, StringComparison.Ordinal) || text.Contains(_cloud.Credentials.RootAdmin.SecretKey, StringComparison.Ordinal);

    private static string? Rows(Ending ending, WatchingHost host, CloudTruth truth)
    {
        var ids = host.Emitted.Select(row => row.GetText("id")!).ToList();
        return ids.Count != ids.Distinct().Count() ? "a row came twice"
            : ending.Said == Said.Done && !ids.Order().SequenceEqual(truth.Ids.Order()) ? $"{ids.Count} rows of {truth.Ids.Count} came"
            : null;
    }
}

/// <summary>What the client said of an operation.</summary>
internal enum Said
{
    Done,
    Failed,
    Unknown,
}

/// <summary>How an operation ended.</summary>
/// <param name="Said">What the client said.</param>
/// <param name="Error">The error, or null.</param>
internal sealed record Ending(Said Said, CloudException? Error);
