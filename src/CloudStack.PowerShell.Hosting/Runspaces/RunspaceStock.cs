using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Hosting.Runspaces;

/// <summary>The runspaces of a server: made when needed, up to a limit, and used again after they were reset.</summary>
/// <param name="state">Makes what a new runspace knows.</param>
internal sealed class RunspaceStock(Func<InitialSessionState> state) : IDisposable
{
    // A call keeps its runspace until its job's end, which may be long after its answer.
    private const int Most = 64;
    private const int MostIdle = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _free = new(Most);
    private readonly ConcurrentBag<HostedRunspace> _idle = [];
    private volatile bool _disposed;

    /// <summary>Takes a runspace for one call.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.Unavailable"/>: all are in use for a long time.</exception>
    public async Task<HostedRunspace> TakeAsync(CancellationToken cancellationToken) =>
        await _free.WaitAsync(Patience, cancellationToken).ConfigureAwait(false) ? Open() : throw AllBusy();

    /// <summary>Takes a runspace and waits for it on this thread.</summary>
    /// <exception cref="CloudException"><see cref="ErrorCause.Unavailable"/>: all are in use for a long time.</exception>
    public HostedRunspace Take() => _free.Wait(Patience) ? Open() : throw AllBusy();

    /// <summary>Gives a runspace back.</summary>
    /// <param name="runspace">The runspace.</param>
    public void Return(HostedRunspace runspace)
    {
        if (!_disposed && _idle.Count < MostIdle && runspace.Reset())
        {
            _idle.Add(runspace);
        }
        else
        {
            runspace.Dispose();
        }

        _free.Release();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var runspace))
        {
            runspace.Dispose();
        }
    }

    private HostedRunspace Open()
    {
        try
        {
            return _idle.TryTake(out var idle) ? idle : new HostedRunspace(state());
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    private static CloudException AllBusy() => new(
        ErrorCause.Unavailable,
        $"All {Most} runspaces are busy; nothing was sent.",
        "Call again when some of the running jobs have ended.");
}
