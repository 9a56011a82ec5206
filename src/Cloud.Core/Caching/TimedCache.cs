using Cloud.Core.Telemetry;

namespace Cloud.Core.Caching;

/// <summary>
/// Keeps answers for a while, each under the class of object it tells of, so that a change to that class drops it. One
/// cache serves one connection and caller. Safe to use from many threads.
/// </summary>
/// <param name="settings">How long and how much.</param>
/// <param name="time">The clock.</param>
public sealed class TimedCache(CacheSettings settings, TimeProvider time)
{
    private readonly object _lock = new();
    private readonly Dictionary<(string Entity, string Key), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byAge = new();
    private long _changes;

    /// <summary>How often an answer was at hand.</summary>
    public long Hits { get; private set; }

    /// <summary>How often an answer had to be fetched.</summary>
    public long Misses { get; private set; }

    /// <summary>How many answers are kept.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Gives what is kept, or fetches it.</summary>
    /// <typeparam name="T">What is kept; it must not change afterwards.</typeparam>
    /// <param name="kind">Its kind.</param>
    /// <param name="entity">The class of object it tells of.</param>
    /// <param name="key">What tells it from others of the class.</param>
    /// <param name="fetch">Fetches it; a failure isn't kept.</param>
    /// <param name="isKept">Tells whether what was fetched may be kept.</param>
    public async Task<T> GetAsync<T>(CacheKind kind, string entity, string key, Func<Task<T>> fetch, Predicate<T> isKept)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(fetch);
        ArgumentNullException.ThrowIfNull(isKept);
        if (!settings.IsOn || settings.Capacity < 1)
        {
            return await fetch().ConfigureAwait(false);
        }

        long changes;
        lock (_lock)
        {
            if (Find<T>(entity, key) is { } kept)
            {
                Hits++;
                OperationTelemetry.CacheRead(hit: true);
                return kept;
            }

            Misses++;
            OperationTelemetry.CacheRead(hit: false);
            changes = _changes;
        }

        var fetched = await fetch().ConfigureAwait(false);
        lock (_lock)
        {
            // What was fetched while something changed may tell of the time before.
            if (changes == _changes && isKept(fetched))
            {
                Keep(new Entry(entity, key, fetched, time.GetUtcNow() + settings.TimeOf(kind)));
            }
        }

        return fetched;
    }

    /// <summary>Drops what tells of a class of object.</summary>
    /// <param name="entity">The class.</param>
    public void Drop(string entity)
    {
        lock (_lock)
        {
            _changes++;
            for (var node = _byAge.First; node is not null;)
            {
                var next = node.Next;
                if (node.Value.Entity == entity)
                {
                    Remove(node);
                }

                node = next;
            }
        }
    }

    /// <summary>Drops everything.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _changes++;
            _entries.Clear();
            _byAge.Clear();
        }
    }

    private T? Find<T>(string entity, string key)
        where T : class
    {
        if (!_entries.TryGetValue((entity, key), out var node))
        {
            return null;
        }

        if (node.Value.Until > time.GetUtcNow())
        {
            return node.Value.Value as T;
        }

        Remove(node);
        return null;
    }

    private void Keep(Entry entry)
    {
        if (_entries.TryGetValue((entry.Entity, entry.Key), out var former))
        {
            Remove(former);
        }

        while (_entries.Count >= settings.Capacity)
        {
            Remove(_byAge.First!);
        }

        _entries[(entry.Entity, entry.Key)] = _byAge.AddLast(entry);
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _entries.Remove((node.Value.Entity, node.Value.Key));
        _byAge.Remove(node);
    }

    private sealed record Entry(string Entity, string Key, object Value, DateTimeOffset Until);
}
