namespace CloudStack.Mcp.Stores.Postgres;

/// <summary>Tells when rows that are no longer needed are to be deleted: once a minute is enough.</summary>
/// <param name="time">The clock.</param>
internal sealed class Housekeeping(TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private long _last = time.GetTimestamp();

    /// <summary>True for one caller a minute.</summary>
    public bool IsDue()
    {
        var last = Volatile.Read(ref _last);
        return time.GetElapsedTime(last) >= Pause && Interlocked.CompareExchange(ref _last, time.GetTimestamp(), last) == last;
    }
}
