using System.Diagnostics.Metrics;
using Cloud.Core.Caching;

namespace Cloud.Core.Tests;

public sealed class TimedCacheTests
{
    private readonly Clock _clock = new();
    private int _fetched;

    [Theory]
    [InlineData(CacheKind.List, 5)]
    [InlineData(CacheKind.Infrastructure, 15)]
    [InlineData(CacheKind.Configuration, 30)]
    public async Task Each_kind_is_kept_for_its_own_time(CacheKind kind, int minutes)
    {
        var cache = new TimedCache(new CacheSettings(), _clock);

        await GetAsync(cache, "Zone", "a", kind);
        _clock.Now += TimeSpan.FromMinutes(minutes) - TimeSpan.FromSeconds(1);
        await GetAsync(cache, "Zone", "a", kind);
        Assert.Equal((1, 1, 1), (_fetched, cache.Hits, cache.Misses));

        _clock.Now += TimeSpan.FromSeconds(1);
        await GetAsync(cache, "Zone", "a", kind);
        Assert.Equal((2, 1, 2), (_fetched, cache.Hits, cache.Misses));
    }

    [Fact]
    public async Task A_change_to_a_class_drops_what_tells_of_it_and_nothing_else()
    {
        var cache = new TimedCache(new CacheSettings(), _clock);
        await GetAsync(cache, "Zone", "a");
        await GetAsync(cache, "Host", "a");

        cache.Drop("Zone");

        await GetAsync(cache, "Host", "a");
        Assert.Equal(2, _fetched);
        await GetAsync(cache, "Zone", "a");
        Assert.Equal(3, _fetched);
    }

    [Fact]
    public async Task What_was_fetched_while_something_changed_is_not_kept()
    {
        var cache = new TimedCache(new CacheSettings(), _clock);

        await cache.GetAsync(CacheKind.List, "Zone", "a", () => { cache.Drop("Zone"); return Task.FromResult("old"); }, _ => true);

        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public async Task It_keeps_no_more_than_its_capacity_and_the_oldest_goes_first()
    {
        var cache = new TimedCache(new CacheSettings { Capacity = 2 }, _clock);
        await GetAsync(cache, "Zone", "a");
        await GetAsync(cache, "Zone", "b");
        await GetAsync(cache, "Zone", "c");

        Assert.Equal(2, cache.Count);
        await GetAsync(cache, "Zone", "c");
        Assert.Equal(3, _fetched);
        await GetAsync(cache, "Zone", "a");
        Assert.Equal(4, _fetched);
    }

    [Fact]
    public void It_holds_no_more_objects_than_allowed_and_a_larger_answer_not_at_all()
    {
        var cache = new TimedCache(new CacheSettings { MostObjects = 10 }, _clock);
        Keep(cache, "a", 4);
        Keep(cache, "b", 5);
        Keep(cache, "c", 11);
        Assert.Equal(2, cache.Count);

        Keep(cache, "d", 3);

        Assert.Equal((null, "b", "d"), (Find(cache, "a"), Find(cache, "b"), Find(cache, "d")));
    }

    [Fact]
    public async Task Hits_and_misses_are_counted_by_kind()
    {
        var counted = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "cloud.cache.reads")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var said = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            lock (counted)
            {
                counted.Add($"{said["kind"]} {said["result"]} {value}");
            }
        });
        listener.Start();
        var cache = new TimedCache(new CacheSettings(), _clock);

        await GetAsync(cache, "Zone", "a", CacheKind.Configuration);
        await GetAsync(cache, "Zone", "a", CacheKind.Configuration);

        // Other tests count too, at the same time.
        lock (counted)
        {
            Assert.Contains("configuration miss 1", counted);
            Assert.Contains("configuration hit 1", counted);
        }
    }

    [Fact]
    public async Task Switched_off_it_keeps_nothing()
    {
        var cache = new TimedCache(new CacheSettings { IsOn = false }, _clock);

        await GetAsync(cache, "Zone", "a");
        await GetAsync(cache, "Zone", "a");

        Assert.Equal((2, 0, 0), (_fetched, cache.Count, cache.Hits));
    }

    private static void Keep(TimedCache cache, string key, int objects)
    {
        cache.Find<string>(CacheKind.List, "Zone", key, out var version);
        cache.Keep(version, CacheKind.List, "Zone", key, key, objects);
    }

    private static string? Find(TimedCache cache, string key) => cache.Find<string>(CacheKind.List, "Zone", key, out _);

    private Task<string> GetAsync(TimedCache cache, string entity, string key, CacheKind kind = CacheKind.List) =>
        cache.GetAsync(kind, entity, key, () => { _fetched++; return Task.FromResult("x"); }, _ => true);

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
