namespace Cloud.Core.Caching;

/// <summary>What kind of thing is kept, which decides for how long.</summary>
public enum CacheKind
{
    /// <summary>What people make and delete all day, such as machines and volumes.</summary>
    List,

    /// <summary>Zones, hosts, clusters and the like.</summary>
    Infrastructure,

    /// <summary>Offerings and settings.</summary>
    Configuration,
}

/// <summary>How a cache works.</summary>
public sealed record CacheSettings
{
    /// <summary>False to keep nothing.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>How long lists are kept.</summary>
    public TimeSpan ListTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long infrastructure is kept.</summary>
    public TimeSpan InfrastructureTime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long configuration is kept.</summary>
    public TimeSpan ConfigurationTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The most answers; the oldest goes first.</summary>
    public int Capacity { get; init; } = 1000;

    /// <summary>The most objects that all answers may hold together; a list of more isn't kept at all.</summary>
    public int MostObjects { get; init; } = 20_000;

    internal TimeSpan TimeOf(CacheKind kind) => kind switch
    {
        CacheKind.Infrastructure => InfrastructureTime,
        CacheKind.Configuration => ConfigurationTime,
        _ => ListTime,
    };
}
