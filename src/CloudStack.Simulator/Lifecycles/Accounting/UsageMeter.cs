using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Accounting;

/// <summary>The time during which an owner had something.</summary>
internal readonly record struct UsageSpan(Entity Resource, Owner Owner, UsageKind Kind, DateTimeOffset From, DateTimeOffset To);

/// <summary>
/// How long everything metered was there. What still is there tells by itself since when; only what ended is written down,
/// so that a hundred thousand machines cost nothing until they stop.
/// </summary>
internal sealed class UsageMeter(CloudState state)
{
    private readonly List<UsageSpan> _ended = [];
    private readonly SortedSet<DateTimeOffset> _cuts = [];
    // For classes that don't show when an object was made.
    private readonly Dictionary<Entity, DateTimeOffset> _since = [];

    /// <summary>When usage was last counted: at the last midnight, or later where it was asked for.</summary>
    public DateTimeOffset CountedUntil => _cuts.Count > 0 && _cuts.Max > Midnight ? _cuts.Max : Midnight;

    private DateTimeOffset Midnight => new(state.Clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>Notes that something is there.</summary>
    public void Began(Entity entity)
    {
        if (entity.Owner is not null && UsageKind.Of(entity) is not null && !ShowsBeginning(entity))
        {
            _since[entity] = state.Clock.GetUtcNow();
        }
    }

    /// <summary>Notes that something is gone.</summary>
    public void Ended(Entity entity)
    {
        if (UsageKind.Of(entity) is { } kind && entity.Owner is not null)
        {
            StoppedRunning(entity);
            End(entity, kind, BeginningOf(entity));
            _since.Remove(entity);
        }
    }

    /// <summary>Notes that a machine enters another state; one that ran has then run.</summary>
    public void StoppedRunning(Entity machine)
    {
        if (machine.Class.Name == ResultClass.VirtualMachine && UsageKind.IsRunning(machine))
        {
            End(machine, UsageKind.Find(UsageKind.RunningMachine)!, machine["lastupdated"] as DateTimeOffset?);
        }
    }

    /// <summary>Counts usage up to now rather than at the next midnight.</summary>
    public void CountNow() => _cuts.Add(state.Clock.GetUtcNow());

    /// <summary>Forgets what ended before a time.</summary>
    public void Forget(DateTimeOffset before)
    {
        _ended.RemoveAll(span => span.To < before);
        _cuts.RemoveWhere(cut => cut < before);
    }

    /// <summary>The periods that are counted by themselves, as far as they lie between two times and were counted.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Periods(DateTimeOffset from, DateTimeOffset to)
    {
        var end = to < CountedUntil ? to : CountedUntil;
        for (var day = new DateTimeOffset(from.UtcDateTime.Date, TimeSpan.Zero); day < end; day = day.AddDays(1))
        {
            var start = day;
            foreach (var cut in _cuts.GetViewBetween(day, day.AddDays(1)).Append(day.AddDays(1)))
            {
                if (cut > start && start >= from && cut <= end)
                {
                    yield return (start, cut);
                }

                start = cut;
            }
        }
    }

    /// <summary>What was there in a period, each span cut to it.</summary>
    public IEnumerable<UsageSpan> In(DateTimeOffset from, DateTimeOffset to, Func<Entity, bool> isShown)
    {
        foreach (var span in _ended.Concat(Present()).Where(span => span.From < to && span.To > from && isShown(span.Resource)))
        {
            yield return span with { From = span.From > from ? span.From : from, To = span.To < to ? span.To : to };
        }
    }

    private static bool ShowsBeginning(Entity entity) => entity.Class.Has("created") || entity.Class.Has("allocated");

    private IEnumerable<UsageSpan> Present()
    {
        foreach (var entity in UsageKind.Classes.SelectMany(state.Table).Where(entity => entity.Owner is not null))
        {
            if (BeginningOf(entity) is { } from)
            {
                yield return new UsageSpan(entity, entity.Owner!, UsageKind.Of(entity)!, from, DateTimeOffset.MaxValue);
            }

            if (entity.Class.Name == ResultClass.VirtualMachine && UsageKind.IsRunning(entity) && entity["lastupdated"] is DateTimeOffset since)
            {
                yield return new UsageSpan(entity, entity.Owner!, UsageKind.Find(UsageKind.RunningMachine)!, since, DateTimeOffset.MaxValue);
            }
        }
    }

    private DateTimeOffset? BeginningOf(Entity entity) => entity.Class.Has("created")
        ? entity["created"] as DateTimeOffset?
        : entity.Class.Has("allocated") ? entity["allocated"] as DateTimeOffset? : _since.TryGetValue(entity, out var since) ? since : null;

    private void End(Entity entity, UsageKind kind, DateTimeOffset? from)
    {
        var now = state.Clock.GetUtcNow();
        if (from < now)
        {
            _ended.Add(new UsageSpan(entity, entity.Owner!, kind, from.Value, now));
        }
    }
}
