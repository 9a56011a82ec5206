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
    private long _objects;
    private long _hits;
    private long _misses;

    /// <summary>The most objects that are kept.</summary>
    public int MostObjects => settings.MostObjects;

    /// <summary>How often an answer was at hand.</summary>
    public long Hits => Interlocked.Read(ref _hits);

    /// <summary>How often an answer had to be fetched.</summary>
    public long Misses => Interlocked.Read(ref _misses);

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
        if (Find<T>(kind, entity, key, out var version) is { } kept)
        {
            return kept;
        }

        var fetched = await fetch().ConfigureAwait(false);
        if (isKept(fetched))
        {
            Keep(version, kind, entity, key, fetched, objects: 1);
        }

        return fetched;
    }

    /// <summary>Looks for what is kept, and counts whether it was there.</summary>
    /// <typeparam name="T">What is kept.</typeparam>
    /// <param name="kind">Its kind.</param>
    /// <param name="entity">The class of object it tells of.</param>
    /// <param name="key">What tells it from others of the class.</param>
    /// <param name="version">How the cache stood, to be given to <see cref="Keep"/> with what is fetched instead.</param>
    /// <returns>What is kept, or null.</returns>
    public T? Find<T>(CacheKind kind, string entity, string key, out long version)
        where T : class
    {
        T? kept = null;
        lock (_lock)
        {
            version = _changes;
            if (!settings.IsOn)
            {
                return null;
            }

            if (_entries.TryGetValue((entity, key), out var node))
            {
                kept = node.Value.Until > time.GetUtcNow() ? node.Value.Value as T : null;
                if (kept is null)
                {
                    Remove(node);
                }
            }
        }

        Interlocked.Increment(ref kept is null ? ref _misses : ref _hits);
        OperationTelemetry.CacheRead(hit: kept is not null, kind);
        return kept;
    }

    /// <summary>Keeps what was fetched, unless something changed meanwhile or it's too large.</summary>
    /// <param name="version">How the cache stood before it was fetched.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="entity">The class of object it tells of.</param>
    /// <param name="key">What tells it from others of the class.</param>
    /// <param name="value">What was fetched.</param>
    /// <param name="objects">How many objects it holds.</param>
    public void Keep(long version, CacheKind kind, string entity, string key, object value, long objects)
    {
        lock (_lock)
        {
            // What was fetched while something changed may tell of the time before.
            if (version != _changes || !settings.IsOn || settings.Capacity < 1 || objects > settings.MostObjects)
            {
                return;
            }

            if (_entries.TryGetValue((entity, key), out var former))
            {
                Remove(former);
            }

            while (_entries.Count >= settings.Capacity || (_objects + objects > settings.MostObjects && _entries.Count > 0))
            {
                Remove(_byAge.First!);
            }

            _objects += objects;
            _entries[(entity, key)] = _byAge.AddLast(new Entry(entity, key, value, objects, time.GetUtcNow() + settings.TimeOf(kind)));
        }
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
            _objects = 0;
            _entries.Clear();
            _byAge.Clear();
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        _objects -= node.Value.Objects;
        _entries.Remove((node.Value.Entity, node.Value.Key));
        _byAge.Remove(node);
    }

    private sealed record Entry(string Entity, string Key, object Value, long Objects, DateTimeOffset Until);
}
