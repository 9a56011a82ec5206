using Cloud.Core.Operations;

namespace CloudStack.Mcp.Engines;

/// <summary>What carries operations out. Every engine gives the same answers.</summary>
internal interface IEngine
{
    /// <summary>Runs an operation.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="host">Gets results and progress, and is asked to confirm.</param>
    /// <param name="cancellationToken">Stops waiting; a job already started goes on.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">It failed.</exception>
    Task<OperationOutcome> RunAsync(OperationRequest request, IOperationHost host, CancellationToken cancellationToken);

    /// <summary>Follows a job to its end and emits its result.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="command">The API name of the command that started it, or null.</param>
    /// <param name="host">Gets progress and the result.</param>
    /// <param name="cancellationToken">Stops the wait; the job goes on.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">The job failed, or can't be asked about.</exception>
    Task<JobSnapshot> FollowAsync(string jobId, string? command, IOperationHost host, CancellationToken cancellationToken);

    /// <summary>Asks once how a job stands.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="command">The API name of the command that started it, or null.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">The question failed.</exception>
    Task<JobSnapshot> PollAsync(string jobId, string? command, CancellationToken cancellationToken);
}
