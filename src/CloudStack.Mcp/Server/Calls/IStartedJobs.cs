namespace CloudStack.Mcp.Server.Calls;

/// <summary>Remembers which command started a job, so that its result can be read by that command's rules later.</summary>
internal interface IStartedJobs
{
    /// <summary>Notes a job.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="command">The API name of its command.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    ValueTask AddAsync(string jobId, string command, CancellationToken cancellationToken);

    /// <summary>Finds the command that started a job.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Its API name, or null where it isn't known.</returns>
    ValueTask<string?> FindAsync(string jobId, CancellationToken cancellationToken);
}
