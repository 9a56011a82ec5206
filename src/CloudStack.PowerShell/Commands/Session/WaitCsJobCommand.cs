using System.Globalization;
using System.Management.Automation;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Commands;

/// <summary>Waits for jobs that go on by themselves and writes their results.</summary>
[Cmdlet(VerbsLifecycle.Wait, "CsJob")]
[OutputType(typeof(CloudObject))]
public sealed class WaitCsJobCommand : CloudCmdlet
{
    /// <summary>The job: its id, what -NoWait gave, or a row of Get-CsAsyncJob.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The id of the job to wait for.")]
    public JobReference[] JobId { get; set; } = [];

    /// <summary>How many seconds to wait for each job; without it, until its end.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int Timeout { get; set; }

    // A job names its own connection; it may be one that isn't the default.
    private protected override bool NeedsConnection => Connection is not null;

    private protected override object? ErrorTarget => JobId.Length == 1 ? JobId[0].JobId : null;

    private protected override void Process()
    {
        foreach (var job in JobId)
        {
            foreach (var connection in ConnectionsOf(job))
            {
                Run(connection, (host, token) => FollowAsync(job, connection, host, token));
            }
        }
    }

    private IReadOnlyList<CloudConnection> ConnectionsOf(JobReference job) => Connections.Count > 0
        ? Connections
        : Session.Connections.Select(job.Connection is null ? null : [new ConnectionReference(job.Connection)]);

    private async Task<JobSnapshot> FollowAsync(
        JobReference job, CloudConnection connection, IOperationHost host, CancellationToken token)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(token);
        if (Timeout > 0)
        {
            limited.CancelAfter(TimeSpan.FromSeconds(Timeout));
        }

        try
        {
            return await connection.Runner
                .FollowAsync(job.JobId, job.Command, connection.Provider, host, limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new CloudException(
                ErrorCause.TimedOut,
                string.Create(CultureInfo.InvariantCulture, $"The job {job.JobId} hadn't ended after {Timeout} s; it goes on."),
                $"Wait again: Wait-CsJob {job.JobId}.")
            {
                JobId = job.JobId,
            };
        }
    }
}
