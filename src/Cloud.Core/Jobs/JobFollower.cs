using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Operations;

namespace Cloud.Core.Jobs;

/// <summary>
/// The sixth step of an operation: asks about a job until it ends. A question that fails for a passing reason is asked
/// again; only the job's end, an answer that no repetition changes, or a server that stays silent ends the wait.
/// </summary>
/// <param name="provider">The cloud.</param>
/// <param name="policy">How often to ask.</param>
/// <param name="time">The clock.</param>
internal sealed class JobFollower(ICloudProvider provider, FollowPolicy policy, TimeProvider time)
{
    /// <summary>Follows a job to its end.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="spec">The command that started it, or null.</param>
    /// <param name="isOwn">True where the job was started just now, so that failing to ask leaves its outcome unknown.</param>
    /// <param name="host">Hears of progress.</param>
    /// <param name="cancellationToken">Stops the wait, not the job.</param>
    /// <returns>The job's last state; never <see cref="JobStatus.Pending"/>.</returns>
    /// <exception cref="CloudException">The server knows no such job, refuses the caller, or stays silent for too long.</exception>
    /// <exception cref="OperationCanceledException">The wait was stopped; the job goes on.</exception>
    public async Task<JobSnapshot> FollowAsync(
        string jobId, CommandSpec? spec, bool isOwn, IOperationHost host, CancellationToken cancellationToken)
    {
        var activity = spec?.Name ?? "job";
        var begun = time.GetTimestamp();
        var answered = begun;
        var wait = policy.First;
        try
        {
            while (true)
            {
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
                wait = policy.Next(wait);
                var snapshot = await AskAsync(jobId, spec, host, time.GetElapsedTime(answered) > policy.Patience, cancellationToken)
                    .ConfigureAwait(false);
                answered = snapshot is null ? answered : time.GetTimestamp();
                var ended = snapshot is { Status: not JobStatus.Pending };
                host.Report(new OperationProgress(
                    activity, Describe(snapshot), snapshot?.Percent, jobId, time.GetElapsedTime(begun), ended));
                if (ended)
                {
                    return snapshot!;
                }
            }
        }
        catch (CloudException error) when (isOwn)
        {
            throw Unknown(jobId, spec, error);
        }
        catch (OperationCanceledException)
        {
            host.Warn($"The wait was stopped; the job {jobId} goes on. Follow it again by its id.");
            throw;
        }
    }

    private async Task<JobSnapshot?> AskAsync(
        string jobId, CommandSpec? spec, IOperationHost host, bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            return await provider.PollAsync(jobId, spec, cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException error) when (IsPassing(error.Cause) && !isLast)
        {
            host.Verbose($"Asking about job {jobId} failed and is tried again: {error.Message}");
            return null;
        }
    }

    private static CloudException Unknown(string jobId, CommandSpec? spec, CloudException error) => new(
        ErrorCause.OutcomeUnknown,
        $"{spec?.Name ?? "The command"} was started as job {jobId}, but the server can't be asked how it ended: {error.Message}",
        $"{error.NextStep} Then ask about job {jobId} again, or look at the object itself.",
        error)
    {
        Command = spec?.Name,
        ServerText = error.ServerText,
        HttpStatus = error.HttpStatus,
        ErrorCode = error.ErrorCode,
        JobId = jobId,
    };

    private static bool IsPassing(ErrorCause cause) => cause is ErrorCause.Unreachable or ErrorCause.Unavailable
        or ErrorCause.Throttled or ErrorCause.ServerFault or ErrorCause.BadAnswer or ErrorCause.TimedOut
        or ErrorCause.OutcomeUnknown;

    private static string Describe(JobSnapshot? snapshot) => snapshot?.Status switch
    {
        null => "waiting for the server to answer",
        JobStatus.Pending => "running",
        JobStatus.Succeeded => "done",
        _ => "failed",
    };
}
