using System.Globalization;
using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>
/// Stops a pipeline that takes too much memory. What it allocates is counted on its own thread, with what it takes from the
/// cloud: too much of that ends it, garbage or not. What it holds .NET can't tell, only how much the whole process does; so
/// where that has grown too much, the pipelines end whose own part is large enough to be the cause.
/// </summary>
internal sealed class MemoryWatch : IDisposable
{
    // What is held of an object from the cloud takes a few times the bytes of its JSON.
    private const int LeastShare = 8;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan BetweenCollections = TimeSpan.FromSeconds(1);

    private readonly long _mostHeld;
    private readonly long _mostAllocated;
    private readonly long _begun = GC.GetTotalMemory(forceFullCollection: false);
    private readonly CancellationTokenSource _exceeded = new();
    private readonly Timer _timer;
    private long _taken;
    private long _allocated;
    private long _collected;

    /// <summary>Begins to watch.</summary>
    /// <param name="limits">How much is too much.</param>
    public MemoryWatch(PipelineLimits limits)
    {
        (_mostHeld, _mostAllocated) = (limits.Memory, limits.Allocated);
        _timer = new Timer(static watch => ((MemoryWatch)watch!).Look(), this, Interval, Interval);
    }

    /// <summary>Is cancelled when it's too much.</summary>
    public CancellationToken Exceeded => _exceeded.Token;

    /// <summary>Counts what was taken from the cloud.</summary>
    /// <param name="bytes">The bytes of an object's JSON.</param>
    public void Take(long bytes) => Interlocked.Add(ref _taken, bytes);

    /// <summary>Counts what the calling thread has allocated, which is the pipeline's own, made for it.</summary>
    public void Note()
    {
        Volatile.Write(ref _allocated, GC.GetAllocatedBytesForCurrentThread());
        if (Own > _mostAllocated)
        {
            _exceeded.Cancel();
        }
    }

    /// <summary>What to tell whose pipeline was stopped.</summary>
    public CloudException Error() => new(
        ErrorCause.OutOfResources,
        string.Create(
            CultureInfo.InvariantCulture,
            $"The pipeline took too much of the server's memory ({Own / 1024 / 1024} MB allocated by itself), and was stopped."),
        "Narrow the first cmdlet by its own parameters, such as -State, -ZoneId or -First.");

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer.Dispose();
        _exceeded.Dispose();
    }

    private long Own => Volatile.Read(ref _allocated) + Volatile.Read(ref _taken);

    private void Look()
    {
        try
        {
            if (Own > _mostHeld / LeastShare && Growth() > _mostHeld && MayCollect() && GrowthWithoutGarbage() > _mostHeld)
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
