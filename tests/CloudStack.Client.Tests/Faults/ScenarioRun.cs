using Cloud.Core.Errors;
using Cloud.Core.Jobs;
using Cloud.Core.Operations;
using CloudStack.Simulator;

namespace CloudStack.Client.Tests.Faults;

/// <summary>Carries one sequence out on a cloud of its own, and compares what was said with what is.</summary>
internal sealed class ScenarioRun(ITestBed bed, Tally tally)
{
    public const string Canary = "cAnArY0passw0rd";

    /// <summary>Runs a sequence in virtual time.</summary>
    /// <returns>What went wrong, or null.</returns>
    public static async Task<string?> RunAsync(Scenario scenario, Tally tally)
    {
        await using var bed = await VirtualBed.OpenAsync(scenario);
        var problem = await new ScenarioRun(bed, tally).RunAsync(scenario);
        tally.Add(bed.Met);
        return problem;
    }

    /// <summary>Runs a sequence.</summary>
    /// <param name="scenario">The sequence.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <returns>What went wrong, or null.</returns>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    public async Task<string?> RunAsync(Scenario scenario, CancellationToken cancellationToken = default)
    {
        tally.Add(scenario);
        foreach (var round in scenario.Rounds)
        {
            if (await CheckAsync(round, cancellationToken) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    /// <summary>Does the steps of one round at the same time.</summary>
    private async Task<string?> CheckAsync(IReadOnlyList<ScenarioStep> round, CancellationToken cancellationToken)
    {
        var before = await CloudTruth.ReadAsync(bed.Cloud);
        var requests = bed.Cloud.Requests.Count;
        var begun = bed.Time.GetUtcNow();
        Ending[] endings;
        try
        {
            endings = await Task.WhenAll(round.Select(work => EndAsync(work, before, cancellationToken))).WaitAsync(TimeSpan.FromSeconds(100), cancellationToken);
        }
        catch (TimeoutException)
        {
            return $"{round[0]}: it never ended";
        }

        var took = bed.Time.GetUtcNow() - begun;
        await bed.SettleAsync();
        var seen = bed.Cloud.Requests.Skip(requests).ToList();
        var after = await CloudTruth.ReadAsync(bed.Cloud);
        return took > bed.LongestWait
            ? $"{round[0]}: it took {took}"
            : round.Zip(endings, (work, ending) => Judge(work, ending, round.Count == 1, seen, before, after)).FirstOrDefault(problem => problem is not null);
    }

    private string? Judge(
        ScenarioStep work, Ending ending, bool isAlone, List<RequestLogEntry> seen, CloudTruth before, CloudTruth after)
    {
        tally.Add(ending.Said);
        var accepted = seen.Count(request => request.Status == 200 && work.IsOf(request, before));
        var problem = IsSecretIn(ending.Host.Seen) ? $"a secret shows in {ending.Host.Seen}"
            : work.Deed == Deed.List ? Rows(ending, before, after)
            : accepted > 1 ? $"the server accepted it {accepted} times"
            : work.Judge(ending, isAlone, before, after);
        return problem is null ? null : $"{work}: {problem}";
    }

    private async Task<Ending> EndAsync(ScenarioStep work, CloudTruth before, CancellationToken cancellationToken)
    {
        await Task.Yield();
        bed.Follow(work.Faults);
        var host = new WatchingHost();
        var runner = new OperationRunner(host, FollowPolicy.Default, bed.Time);
        string? job = null;
        try
        {
            var outcome = await runner.RunAsync(work.RequestIn(before), bed.Provider, host, cancellationToken);
            job = outcome.JobId;
            if (work.NoWait)
            {
                await runner.FollowAsync(job!, work.Command, bed.Provider, host, cancellationToken);
            }

            return new Ending(Said.Done, null, host);
        }
        catch (CloudException error)
        {
            host.See(error);
            // A ticket in hand, only a failed job says that nothing came of it.
            var isOpen = error.Cause == ErrorCause.OutcomeUnknown || (work.NoWait && job is not null && error.Cause != ErrorCause.JobFailed);
            return new Ending(isOpen ? Said.Unknown : Said.Failed, error, host);
        }
    }

    private bool IsSecretIn(string text) => bed.Secrets
        .Concat([Canary, WaysIn.Password, bed.Cloud.Credentials.RootAdmin.SecretKey])
        .Any(secret => text.Contains(secret, StringComparison.Ordinal));

    // What others add or take away meanwhile may be listed or not; what stays must be.
    private static string? Rows(Ending ending, CloudTruth before, CloudTruth after)
    {
        var ids = ending.Host.Emitted.Select(row => row.GetText("id")!).ToList();
        var lost = before.Ids.Intersect(after.Ids).Except(ids).Count();
        return ids.Count != ids.Distinct().Count() ? "a row came twice"
            : ending.Said == Said.Done && lost > 0 ? $"{lost} rows are missing"
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
/// <param name="Host">What anybody got to see.</param>
internal sealed record Ending(Said Said, CloudException? Error, WatchingHost Host);
