using System.Management.Automation;
using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Http;
using CloudStack.PowerShell.Connections;
using CloudStack.PowerShell.Errors;
using CloudStack.PowerShell.Pipeline;

namespace CloudStack.PowerShell.Commands;

/// <summary>A cmdlet that works with a cloud: it finds its connections, waits without holding up Ctrl+C, and reports errors one way.</summary>
public abstract class CloudCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>The connection to use, by name or as an object; several are worked through one after the other.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(Completion.ConnectionCompleter))]
    public virtual ConnectionReference[]? Connection { get; set; }

    /// <summary>The names of the parameters bound before any pipeline input.</summary>
    private protected IReadOnlySet<string> FromCommandLine { get; private set; } = new HashSet<string>();

    /// <summary>The connections this cmdlet works on.</summary>
    private protected IReadOnlyList<CloudConnection> Connections { get; private set; } = [];

    /// <summary>
    /// The connections to work on for this input: those that were named, else those that its objects came from, else the one
    /// that was the default when the pipeline began.
    /// </summary>
    private IReadOnlyList<CloudConnection> ConnectionsOfInput =>
        new Binding.BoundArguments(Unwrap).Origins(MyInvocation.BoundParameters) is { Count: > 0 } origins
            ? Session.Connections.Select(Connection is null ? null : Connections, origins)
            : Connections;

    /// <summary>True where the user said <c>-Force</c>.</summary>
    private protected virtual bool IsForced => false;

    /// <summary>True where what is asked follows each command's effect and not the cmdlet's impact.</summary>
    private protected virtual bool AsksByEffect => false;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing()
    {
        FromCommandLine = new HashSet<string>(MyInvocation.BoundParameters.Keys, StringComparer.OrdinalIgnoreCase);
        try
        {
            Connections = NeedsConnection ? Session.Connections.Select(Connection) : [];
        }
        catch (CloudException error)
        {
            ThrowTerminatingError(CloudErrorRecord.Of(error, null));
        }
    }

    /// <summary>Works on one input; an error ends this input's work and not the pipeline.</summary>
    protected sealed override void ProcessRecord()
    {
        try
        {
            Attempt(Process);
        }
        finally
        {
            // The engine takes a value that came from the pipeline back from the property but not from this table.
            foreach (var name in MyInvocation.BoundParameters.Keys.Where(name => !FromCommandLine.Contains(name)).ToArray())
            {
                MyInvocation.BoundParameters.Remove(name);
            }
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Attempt(Complete);

    /// <summary>Stops waiting at once; what a server has begun goes on.</summary>
    protected sealed override void StopProcessing() => _stop.Cancel();

    /// <summary>Lets go of what the cmdlet holds.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Does the cmdlet's work for one input.</summary>
    private protected abstract void Process();

    /// <summary>Does what is left when all inputs have come.</summary>
    private protected virtual void Complete()
    {
    }

    /// <summary>False for a cmdlet that works without a connection.</summary>
    private protected virtual bool NeedsConnection => true;

    /// <summary>What an error is about.</summary>
    private protected virtual object? ErrorTarget => null;

    /// <summary>What to do next, where the cmdlet knows better than the error; else null.</summary>
    private protected virtual string? BetterStep(CloudException error) => null;

    /// <summary>Runs an asynchronous operation while this thread serves its calls.</summary>
    private protected T Run<T>(CloudConnection connection, Func<IOperationHost, CancellationToken, Task<T>> operation) =>
        Run((host, token) => operation(new NotedResults(host, connection.Name), token));

    /// <summary>Runs an asynchronous operation that belongs to no connection, or to several.</summary>
    private protected T Run<T>(Func<PipelineHost, CancellationToken, Task<T>> operation)
    {
        var showsDebug = ShowsDebug;
        return new PipelineHost(WarnAfterStop).Run(
            (host, token) =>
            {
                // Nothing is made ready for lines that nobody sees.
                if (showsDebug)
                {
                    ExchangeTrace.Watch(host.Debug);
                }

                return operation(host, token);
            },
            new CmdletPipeline(this, IsForced, AsksByEffect),
            _stop.Token);
    }

    /// <summary>Works on this input over each of its connections; one that fails is an error and doesn't stop the others.</summary>
    private protected void ForEachConnection(Action<CloudConnection> work)
    {
        var connections = ConnectionsOfInput;
        foreach (var connection in connections)
        {
            Attempt(() => connection.WhileOpen(work), connections.Count > 1 ? connection.Name : null);
        }
    }

    private bool ShowsDebug => MyInvocation.BoundParameters.TryGetValue("Debug", out var asked)
        ? LanguagePrimitives.IsTrue(asked)
        : GetVariableValue("DebugPreference")?.ToString() is { } preference
            && !preference.Equals("SilentlyContinue", StringComparison.OrdinalIgnoreCase)
            && !preference.Equals("Ignore", StringComparison.OrdinalIgnoreCase);

    private void Attempt(Action work, string? connection = null)
    {
        try
        {
            work();
        }
        catch (CloudException error)
        {
            WriteError(CloudErrorRecord.Of(error, ErrorTarget, connection, BetterStep(error)));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Takes the engine's wrapper off a value.</summary>
    private protected static object Unwrap(object value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <remarks>A stopped pipeline takes no warnings any more; the console still does.</remarks>
    private void WarnAfterStop(string message)
    {
        try
        {
            Host.UI.WriteWarningLine($"{message} (Wait-CsJob)");
        }
        catch (Exception error) when (error is InvalidOperationException or NotSupportedException)
        {
            // A host without a console has nowhere to show it.
        }
    }
}
