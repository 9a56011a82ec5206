using Cloud.Core.Errors;

namespace Cloud.Core.Operations;

/// <summary>What runs operations: the runner, or what a face puts in front of it.</summary>
public interface IOperations
{
    /// <summary>Runs an operation.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="provider">The cloud.</param>
    /// <param name="host">The face: gets the results and is asked to confirm.</param>
    /// <param name="cancellationToken">Stops waiting; a job already started goes on.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="CloudException">It failed; the cause says whether anything was sent.</exception>
    Task<OperationOutcome> RunAsync(
        OperationRequest request, ICloudProvider provider, IOperationHost host, CancellationToken cancellationToken);

    /// <summary>Follows a job that was started before, and emits its result.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="command">The API name of the command that started it, or null where that isn't known.</param>
    /// <param name="provider">The cloud.</param>
    /// <param name="host">Gets progress and the result.</param>
    /// <param name="cancellationToken">Stops the wait; the job goes on.</param>
    /// <returns>The job's last state.</returns>
    /// <exception cref="CloudException">The job failed, or can't be asked about.</exception>
    Task<JobSnapshot> FollowAsync(
        string jobId, string? command, ICloudProvider provider, IOperationHost host, CancellationToken cancellationToken);
}
