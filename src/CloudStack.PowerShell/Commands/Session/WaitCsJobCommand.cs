using System.Globalization;
using System.Management.Automation;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using CloudStack.PowerShell.Binding;
using CloudStack.PowerShell.Completion;
using CloudStack.PowerShell.Connections;
using CloudStack.PowerShell.Pipeline;

namespace CloudStack.PowerShell.Commands;

/// <summary>Waits for jobs that go on by themselves and writes each one's result when it comes.</summary>
[Cmdlet(VerbsLifecycle.Wait, "CsJob")]
[OutputType(typeof(CloudObject))]
public sealed class WaitCsJobCommand : CloudCmdlet
{
    private readonly List<(JobReference Job, CloudConnection Connection)> _jobs = [];
    private volatile bool _hasEnded;

    /// <summary>The jobs: their ids, what -NoWait gave, or rows of Get-CsAsyncJob. They're followed all at once.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true,
        HelpMessage = "The id of the job to wait for.")]
    [ArgumentCompleter(typeof(JobCompleter))]
    public JobReference[] JobId { get; set; } = [];

    /// <summary>How many seconds to wait in all; without it, until the jobs' end.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue / 1000)]
    public int Timeout { get; set; }

    /// <summary>Ends with the first job that ends; the others go on by themselves.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    // A job names its own connection; it may be one that isn't the default.
    private protected override bool NeedsConnection => Connection is not null;

    private protected override object? ErrorTarget => JobId is [var only] ? only.JobId : null;

    private protected override void Process()
    {
        foreach (var job in JobId)
        {
            if (job.JobId.Length == 0)
            {
                throw new CloudException(ErrorCause.InvalidArgument, "A job without an id can't be waited for.", "Give the job's id.");
            }

            _jobs.AddRange(ConnectionsOf(job).Select(connection => (job, connection)));
        }
    }

    private protected override void Complete() => Run(async (host, token) =>
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(token);
        if (Timeout > 0)
        {
            enough.CancelAfter(TimeSpan.FromSeconds(Timeout));
        }

        var following = _jobs.ConvertAll(pair => FollowAsync(pair.Job, pair.Connection, host, enough, token));
        await Task.WhenAll(following).ConfigureAwait(false);
        return true;
    });

    private IReadOnlyList<CloudConnection> ConnectionsOf(JobReference job) => Connections.Count > 0
        ? Connections
        : Session.Connections.Select(job.Connection is null ? null : [new ConnectionReference(job.Connection)]);

    private async Task FollowAsync(
        JobReference job, CloudConnection connection, PipelineHost host, CancellationTokenSource enough, CancellationToken stopped)
    {
        try
        {
            var results = new WaitedResults(new NotedResults(host, connection.Name), stopped);
            await connection.Runner
                .FollowAsync(job.JobId, job.Command, connection.Provider, results, enough.Token).ConfigureAwait(false);
        }
        catch (CloudException error)
        {
            host.Fail(error, job.JobId);
        }
        catch (OperationCanceledException) when (!stopped.IsCancellationRequested)
        {
            if (!(Any && _hasEnded))
            {
                host.Fail(Late(job), job.JobId);
            }

            return;
        }

        if (Any)
        {
            _hasEnded = true;
            await enough.CancelAsync().ConfigureAwait(false);
        }
    }

    private CloudException Late(JobReference job) => new(
        ErrorCause.TimedOut,
        string.Create(CultureInfo.InvariantCulture, $"The job {job.JobId} hadn't ended after {Timeout} s; it goes on."),
        $"Wait again: Wait-CsJob {job.JobId}.")
    {
        JobId = job.JobId,
    };
}
