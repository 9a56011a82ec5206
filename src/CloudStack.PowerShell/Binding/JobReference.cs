using CloudStack.Client.Models;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Binding;

/// <summary>A job as an argument: its id, what <c>-NoWait</c> gave, or a row of <c>Get-CsAsyncJob</c>.</summary>
public sealed class JobReference
{
    /// <summary>Takes an id.</summary>
    /// <param name="jobId">The job.</param>
    public JobReference(string jobId) => JobId = jobId ?? "";

    /// <summary>Takes an id.</summary>
    /// <param name="jobId">The job.</param>
    public JobReference(Guid jobId) => JobId = jobId.ToString("D");

    /// <summary>Takes what <c>-NoWait</c> gave.</summary>
    /// <param name="job">The job.</param>
    public JobReference(StartedJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        (JobId, Command, Connection) = (job.JobId, job.Command, job.Connection);
    }

    /// <summary>Takes a job from a list.</summary>
    /// <param name="job">The job.</param>
    public JobReference(AsyncJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        JobId = job.GetText("jobid") ?? job.GetText("id") ?? "";
        Connection = job.Connection;
    }

    /// <summary>The job.</summary>
    public string JobId { get; }

    /// <summary>The API command that started it, or null where that isn't known.</summary>
    public string? Command { get; }

    /// <summary>The connection it was started on, or null where that isn't known.</summary>
    public string? Connection { get; }

    /// <inheritdoc/>
    public override string ToString() => JobId;
}
