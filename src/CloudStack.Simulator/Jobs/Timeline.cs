using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Jobs;

/// <summary>
/// What is to happen when the clock gets there. Nothing runs by itself: due events happen before the next request is
/// looked at, each at the very time it was due, so that no thread outlives a request and the same requests give the same
/// history each time.
/// </summary>
internal sealed class Timeline(SimulatorClock clock, IdSource ids)
{
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Order)> _events = new();
    private long _order;
    private long _nextDueTicks = long.MaxValue;

    /// <summary>How many events were ever planned; it decides the identifiers that the clock gives out.</summary>
    public long Order
    {
        get => _order;
        set => _order = value;
    }

    /// <summary>True where something is due. May be asked without the lock that all else here needs.</summary>
    public bool IsDue(DateTimeOffset now) => Interlocked.Read(ref _nextDueTicks) <= now.UtcTicks;

    public void At(DateTimeOffset due, Action action)
    {
        _events.Enqueue(action, (due, ++_order));
        NoteNext();
    }

    /// <summary>Lets everything happen that is due, in the order of time, also what comes up meanwhile.</summary>
    public void RunDue(DateTimeOffset now)
    {
        while (_events.TryPeek(out var action, out var at) && at.Due <= now)
        {
            _events.Dequeue();
            // Changes count from 1; what the clock does counts down from -1.
            clock.Hold(at.Due, () => ids.Hold(-at.Order, action));
        }

        NoteNext();
    }

    private void NoteNext() => Interlocked.Exchange(
        ref _nextDueTicks, _events.TryPeek(out _, out var at) ? at.Due.UtcTicks : long.MaxValue);
}
