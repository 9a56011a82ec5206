using Cloud.Core.Catalog;
using Cloud.Core.Search;

namespace CloudStack.Client;

/// <summary>The catalog of CloudStack's API that this assembly embeds.</summary>
public static class CloudStackCatalog
{
    /// <summary>Opens the catalog; commands are parsed when they're first asked for.</summary>
    /// <returns>The catalog.</returns>
    public static CommandCatalog Load() => CommandCatalog.FromResources(typeof(CloudStackCatalog).Assembly);

    /// <summary>Opens the index by which commands are found.</summary>
    /// <returns>The index.</returns>
    public static SearchIndex OpenSearch() => SearchIndex.FromResources(typeof(CloudStackCatalog).Assembly);
}
