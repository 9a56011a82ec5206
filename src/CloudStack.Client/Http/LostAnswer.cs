using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using CloudStack.Client.Wire;

namespace CloudStack.Client.Http;

/// <summary>
/// Finds out what became of a change whose answer was lost, without sending it again: an asynchronous one carries a job
/// identifier of our choosing that can be asked for (protocol note, section 10).
/// </summary>
/// <param name="ask">Sends a read, with the usual retries.</param>
/// <param name="time">The clock.</param>
internal sealed class LostAnswer(Func<ApiCall, CancellationToken, Task<Attempt>> ask, TimeProvider time)
{
    // A server that was slow to take the command may queue the job a little later, so one "unknown" isn't believed.
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(8)];

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Looks for the job.</summary>
    /// <param name="spec">The command whose answer was lost.</param>
    /// <param name="jobId">The job identifier it carried.</param>
    /// <param name="lost">Why the answer is missing.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>The object the job creates, or null where it creates none; the job was found.</returns>
    /// <exception cref="CloudException">No job was found: the outcome is unknown.</exception>
    public async Task<string?> FindJobAsync(CommandSpec spec, string jobId, CloudException lost, CancellationToken cancellationToken)
    {
        var question = new ApiCall(OwnCommands.QueryJob, new WireArguments([new("jobid", jobId)], []));
        using var timer = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            foreach (var pause in Pauses)
            {
                await Task.Delay(pause, time, either.Token).ConfigureAwait(false);
                var attempt = await ask(question, either.Token).ConfigureAwait(false);
                if (attempt.Answer is { } answer)
                {
                    return spec.CreatesEntity ? new CloudObject(answer.Envelope).GetText("jobinstanceid") : null;
                }

                if (attempt.Error!.Cause is ErrorCause.Unauthorized or ErrorCause.Forbidden)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // A server that doesn't even answer the question leaves the outcome as unknown as one that knows no job.
        }

        throw Unknown(spec, lost, jobId);
    }

    /// <summary>The error for a change that may or may not have happened.</summary>
    /// <param name="spec">The command.</param>
    /// <param name="lost">Why the answer is missing.</param>
    /// <param name="jobId">The job identifier that was looked for in vain, or null where the command starts no job.</param>
    public static CloudException Unknown(CommandSpec spec, CloudException lost, string? jobId) => new(
        ErrorCause.OutcomeUnknown,
        $"It isn't known whether {spec.Name} was carried out: {lost.Message} It wasn't sent again"
            + (jobId is null ? "." : $", and the server knows no job {jobId} for it yet."),
        WhatToCheck(spec, jobId),
        lost)
    {
        Command = spec.Name,
        ServerText = lost.ServerText,
        HttpStatus = lost.HttpStatus,
        JobId = jobId,
    };

    private static string WhatToCheck(CommandSpec spec, string? jobId)
    {
        var list = spec.Related.FirstOrDefault(name => name.StartsWith("list", StringComparison.Ordinal));
        var look = list is null ? "Look at the objects it acts on" : $"Look with {list}";
        var sign = spec.Name switch
        {
            _ when IsOneOf(spec, "create", "deploy", "add", "register", "associate", "copy", "import", "upload") => "whether the new object is there",
            _ when IsOneOf(spec, "delete", "remove", "destroy", "release", "expunge") => "whether the object is gone",
            _ => "whether the change is there",
        };
        return $"{look} to see {sign} before repeating it{(jobId is null ? "" : $"; job {jobId} may still turn up in queryAsyncJobResult")}.";
    }

    private static bool IsOneOf(CommandSpec spec, params string[] verbs) =>
        verbs.Any(verb => spec.Name.StartsWith(verb, StringComparison.OrdinalIgnoreCase));
}
