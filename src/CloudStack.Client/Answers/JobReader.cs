using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;

namespace CloudStack.Client.Answers;

/// <summary>Reads how a job stands (protocol note, section 8).</summary>
internal sealed class JobReader(Func<string, JsonElement, CloudObject> createModel)
{
    /// <summary>Reads the envelope of <c>queryAsyncJobResult</c>.</summary>
    /// <param name="jobId">The job that was asked about.</param>
    /// <param name="envelope">The envelope.</param>
    /// <param name="spec">The command that started the job, or null where that isn't known.</param>
    /// <param name="secrets">Texts that no message may show.</param>
    public JobSnapshot Read(string jobId, JsonElement envelope, CommandSpec? spec, IReadOnlyList<string> secrets)
    {
        var job = new CloudObject(envelope);
        var result = job.GetField("jobresult");
        return job.GetInteger("jobstatus") switch
        {
            0 => new JobSnapshot(jobId, JobStatus.Pending, job) { Percent = PercentOf(job) },
            1 => Done(jobId, job, result, spec, secrets),
            2 => Failed(jobId, job, result, spec, "failed", secrets),
            3 => Failed(jobId, job, result, spec, "was cancelled", secrets),
            _ => throw new CloudException(
                ErrorCause.BadAnswer,
                $"The server's answer about job {jobId} doesn't say how it stands.",
                "Ask again; if it goes on, check that the address is that of a CloudStack API.")
            {
                Command = "queryAsyncJobResult",
                JobId = jobId,
            },
        };
    }

    // Mostly 0, which says nothing.
    private static int? PercentOf(CloudObject job) =>
        job.GetInteger("jobprocstatus") is > 0 and <= 100 and var percent ? (int)percent : null;

    private JobSnapshot Done(string jobId, CloudObject job, JsonElement? result, CommandSpec? spec, IReadOnlyList<string> secrets)
    {
        var done = new JobSnapshot(jobId, JobStatus.Succeeded, job) { Percent = 100 };
        if (result is not { ValueKind: JsonValueKind.Object } element)
        {
            return result is { ValueKind: JsonValueKind.String } text ? done with { Text = text.GetString() } : done;
        }

        var content = AnswerContent.Read(element, spec?.Envelope);
        if (content.Success == false)
        {
            return Failed(jobId, job, result, spec, "didn't succeed", secrets);
        }

        // Several objects can't be one model; the whole result then keeps them all.
        var model = content.Objects.Count switch
        {
            0 => null,
            1 => createModel(spec?.Result ?? "", content.Objects[0]),
            _ => new CloudObject(element),
        };
        return done with { Result = model, Text = content.Text };
    }

    private static JobSnapshot Failed(
        string jobId, CloudObject job, JsonElement? result, CommandSpec? spec, string how, IReadOnlyList<string> secrets)
    {
        var error = result is { } element && ServerError.TryRead(element, out var read) ? read : null;
        var said = error?.Text ?? TextOf(result);
        var text = said is null ? null : SafeText.Of(said, secrets);
        var code = error?.Code ?? (int?)job.GetInteger("jobresultcode");
        var name = spec?.Name ?? "The job";
        return new JobSnapshot(jobId, JobStatus.Failed, job)
        {
            Text = text,
            Error = new CloudException(
                // Without a word, the server has lost sight of the job, and hosts may have done their part.
                text is null ? ErrorCause.OutcomeUnknown : ErrorCause.JobFailed,
                text is null
                    ? $"{name} {how} (job {jobId}); the server gives no reason, as after its restart or when it cleared its queue, so it isn't known what was done."
                    : $"{name} {how} (job {jobId}): {text}",
                "Look at the object's state before trying again; listEvents shows what happened.")
            {
                Command = spec?.Name,
                ServerText = text,
                HttpStatus = 200,
                ErrorCode = code is null or 0 ? null : code,
                JobId = jobId,
            },
        };
    }

    private static string? TextOf(JsonElement? result) => result switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Object } element => AnswerContent.Read(element, null).Text,
        _ => null,
    };
}
