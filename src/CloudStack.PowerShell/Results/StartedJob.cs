namespace CloudStack.PowerShell.Results;

/// <summary>A job that was started with <c>-NoWait</c> and goes on by itself; <c>Wait-CsJob</c> takes it from the pipeline.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Command">The API command that started it.</param>
/// <param name="EntityId">The identifier of the object that the job creates, or null.</param>
/// <param name="Connection">The connection it was started on.</param>
public sealed record StartedJob(string JobId, string Command, string? EntityId, string Connection);
