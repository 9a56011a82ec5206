using System.Management.Automation;
using Cloud.Core.Binding;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.PowerShell.Commands;
using CloudStack.PowerShell.Hosting.Calls;
using CloudStack.PowerShell.Hosting.Runspaces;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Hosting;

/// <summary>Carries calls out by the module's cmdlets, in runspaces of the installed PowerShell.</summary>
internal sealed class HostedPowerShell : IDisposable
{
    private readonly RunspaceStock _stock = new(SessionStates.ForCalls);

    /// <summary>Opens the first runspace and runs a cmdlet in it, on this thread, so that the first call waits for neither.</summary>
    public void Warm()
    {
        var runspace = _stock.Take();
        try
        {
            runspace.Warm(shell => shell.AddCommand(Cmdlet<GetCsConnectionCommand>("Get-CsConnection")));
        }
        finally
        {
            _stock.Return(runspace);
        }
    }

    /// <summary>Runs the cmdlet of an operation.</summary>
    /// <param name="request">The operation. Its arguments are checked before PowerShell sees them, so that they are refused in the same words.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops waiting; a job already started goes on.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">It failed.</exception>
    public async Task<OperationOutcome> RunAsync(OperationRequest request, HostedCall call, CancellationToken cancellationToken)
    {
        var catalog = call.Provider.Catalog;
        var bound = CommandBinder.Bind(catalog, CommandBinder.FindCommand(catalog, request.Command), request.Arguments);
        var line = CmdletLine.For(bound, request.NoWait);
        var operations = await RunAsync(call, line.AddTo, cancellationToken).ConfigureAwait(false);
        return operations.Outcome
            ?? throw new InvalidOperationException($"{line.Name} ended without an operation.");
    }

    /// <summary>Follows a job by <c>Wait-CsJob</c>.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="command">The API name of the command that started it, or null.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops the wait; the job goes on.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">The job failed, or can't be asked about.</exception>
    public async Task<JobSnapshot> FollowAsync(string jobId, string? command, HostedCall call, CancellationToken cancellationToken)
    {
        object job = command is null ? jobId : new StartedJob(jobId, command, null, call.Profile);
        var operations = await RunAsync(
            call,
            shell => shell.AddCommand(Cmdlet<WaitCsJobCommand>("Wait-CsJob")).AddParameter("JobId", job),
            cancellationToken).ConfigureAwait(false);
        return operations.Job ?? throw new InvalidOperationException("Wait-CsJob ended without a job.");
    }

    /// <inheritdoc/>
    public void Dispose() => _stock.Dispose();

    private async Task<HostedOperations> RunAsync(HostedCall call, Action<PowerShellCall> pipeline, CancellationToken cancellationToken)
    {
        var results = new List<CloudObject>();
        var operations = new HostedOperations(call, cancellationToken);
        var runspace = await _stock.TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await runspace.RunAsync(operations, pipeline, Take, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _stock.Return(runspace);
        }

        foreach (var result in results)
        {
            await call.Face.EmitAsync(result, cancellationToken).ConfigureAwait(false);
        }

        return operations;

        // Beside results cmdlets write what people want to see of a success or a started job; the outcome has it.
        void Take(PSObject written)
        {
            if (written.BaseObject is CloudObject result)
            {
                results.Add(result);
            }
        }
    }

    private static CmdletInfo Cmdlet<T>(string name) where T : PSCmdlet => new(name, typeof(T));
}
