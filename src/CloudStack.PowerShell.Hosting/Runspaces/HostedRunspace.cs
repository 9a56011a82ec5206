using System.Management.Automation;
using System.Management.Automation.Runspaces;
using CloudStack.PowerShell.Connections;
using CloudStack.PowerShell.Hosting.Calls;

namespace CloudStack.PowerShell.Hosting.Runspaces;

/// <summary>One runspace. It serves one call at a time and knows no connection but that call's.</summary>
internal sealed class HostedRunspace : IDisposable
{
    private readonly ServingHost _host = new();
    private readonly Runspace _runspace;

    /// <summary>Opens a runspace.</summary>
    /// <param name="state">What it knows.</param>
    public HostedRunspace(InitialSessionState state)
    {
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
    }

    /// <summary>Runs a pipeline for a call.</summary>
    /// <param name="operations">The call's operations.</param>
    /// <param name="pipeline">Adds the pipeline's commands.</param>
    /// <param name="take">Takes each object that comes out, on PowerShell's thread.</param>
    /// <param name="cancellationToken">Stops the pipeline.</param>
    /// <exception cref="Cloud.Core.Errors.CloudException">A cmdlet failed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task RunAsync(
        HostedOperations operations, Action<PowerShellCall> pipeline, Action<PSObject> take, CancellationToken cancellationToken)
    {
        var call = operations.Call;
        using var connection = new CloudConnection(call.Profile, call.Caller, call.Provider, operations, resource: null);
        var connections = Session.Of(_runspace);
        connections.Add(connection);
        _host.Serve(operations);
        try
        {
            using var shell = PowerShellCall.Create();
            shell.Runspace = _runspace;
            pipeline(shell);
            await InvokeAsync(shell, take, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _host.Serve(null);
            connections.Remove(connection);
        }
    }

    /// <summary>Runs a pipeline for nobody, so that what it needs is loaded.</summary>
    /// <param name="pipeline">Adds the pipeline's commands.</param>
    public void Warm(Action<PowerShellCall> pipeline)
    {
        using var shell = PowerShellCall.Create();
        shell.Runspace = _runspace;
        pipeline(shell);
        shell.Invoke();
    }

    /// <summary>Forgets what a call left behind.</summary>
    /// <returns>False where it can't; such a runspace serves no more.</returns>
    public bool Reset()
    {
        try
        {
            _runspace.ResetRunspaceState();
            return true;
        }
        catch (Exception error) when (error is PSInvalidOperationException or InvalidRunspaceStateException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _runspace.Dispose();

    private static async Task InvokeAsync(PowerShellCall shell, Action<PSObject> take, CancellationToken cancellationToken)
    {
        using var input = new PSDataCollection<PSObject>();
        input.Complete();
        using var output = new PSDataCollection<PSObject>();
        output.DataAdding += (_, added) => take((PSObject)added.ItemAdded);
        using var stop = cancellationToken.UnsafeRegister(static state => ((PowerShellCall)state!).BeginStop(null, null), shell);
        try
        {
            await Task.Factory.FromAsync(shell.BeginInvoke(input, output), shell.EndInvoke).ConfigureAwait(false);
        }
        catch (PipelineStoppedException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RuntimeException error)
        {
            throw EngineError.Of(error, error.ErrorRecord);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (shell.Streams.Error is [var first, ..])
        {
            throw EngineError.Of(first.Exception, first);
        }
    }
}
