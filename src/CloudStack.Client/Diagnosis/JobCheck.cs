using Cloud.Core.Errors;
using Cloud.Core.Operations;

namespace CloudStack.Client.Diagnosis;

/// <summary>Whether jobs can be asked about: the server is asked about one that can't exist.</summary>
/// <param name="provider">The cloud.</param>
internal sealed class JobCheck(ICloudProvider provider) : ICheck
{
    public string Name => "jobs";

    public async Task<Finding> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await provider.PollAsync(Guid.NewGuid().ToString("D"), null, cancellationToken).ConfigureAwait(false);
            return Finding.Warn("the server knows a job that was never started", "Check that the address is that of a CloudStack API.");
        }
        catch (CloudException error) when (error.Cause == ErrorCause.NotFound)
        {
            return Finding.Ok("jobs can be asked about");
        }
    }
}
