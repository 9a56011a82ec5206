using Cloud.Core.Caching;

namespace CloudStack.Client.Caching;

/// <summary>How fast the objects of a class change, and so for how long they're remembered.</summary>
internal static class CacheKinds
{
    private static readonly HashSet<string> Infrastructure = new(StringComparer.Ordinal)
    {
        "ZoneResponse", "PodResponse", "ClusterResponse", "HostResponse", "StoragePoolResponse", "ImageStoreResponse",
        "PhysicalNetworkResponse", "DomainResponse",
    };

    /// <summary>The kind of a class of object.</summary>
    public static CacheKind Of(string resultClass) =>
        Infrastructure.Contains(resultClass) ? CacheKind.Infrastructure
        : resultClass.EndsWith("OfferingResponse", StringComparison.Ordinal) || resultClass == "ConfigurationResponse" ? CacheKind.Configuration
        : CacheKind.List;
}
