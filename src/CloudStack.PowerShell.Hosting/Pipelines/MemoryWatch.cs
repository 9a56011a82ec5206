using System.Globalization;
using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>
/// Stops a pipeline when the process's heap has grown too much while it ran. .NET counts memory by process and not by runspace, so
/// what others hold at the same time counts too: a pipeline is what can be stopped without harm.
/// </summary>
internal sealed class MemoryWatch : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BetweenCollections = TimeSpan.FromSeconds(1);

    private readonly long _most;
    private readonly long _begun = GC.GetTotalMemory(forceFullCollection: false);
    private readonly CancellationTokenSource _exceeded = new();
    private readonly Timer _timer;
    private long _collected;

    /// <summary>Begins to watch.</summary>
    /// <param name="most">How many bytes the heap may grow.</param>
    public MemoryWatch(long most)
    {
        _most = most;
        _timer = new Timer(static watch => ((MemoryWatch)watch!).Look(), this, Interval, Interval);
    }

    /// <summary>Is cancelled when it's too much.</summary>
    public CancellationToken Exceeded => _exceeded.Token;

    /// <summary>What to tell whose pipeline was stopped.</summary>
    public CloudException Error() => new(
        ErrorCause.OutOfResources,
        string.Create(CultureInfo.InvariantCulture, $"The server's memory grew by more than {_most / 1024 / 1024} MB while the pipeline ran, and it was stopped."),
        "Narrow the first cmdlet by its own parameters, such as -State, -ZoneId or -First; where others run large pipelines now, call again later.");

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _exceeded.Dispose();
    }

    private void Look()
    {
        try
        {
            if (Growth() > _most && MayCollect() && GrowthWithoutGarbage() > _most)
            {
                _exceeded.Cancel();
            }
        }
        catch (ObjectDisposedException)
        {
            // The pipeline ended during the look.
        }
    }

    private long Growth() => GC.GetTotalMemory(forceFullCollection: false) - _begun;

    // A full collection stops the server for a moment, so it happens where memory seems to be short, and not often.
    private bool MayCollect()
    {
        if (_collected != 0 && TimeProvider.System.GetElapsedTime(_collected) < BetweenCollections)
        {
            return false;
        }

        _collected = TimeProvider.System.GetTimestamp();
        return true;
    }

    private long GrowthWithoutGarbage()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);
        return Growth();
    }
}
