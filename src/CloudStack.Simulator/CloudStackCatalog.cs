using Cloud.Core.Catalog;

namespace CloudStack.Simulator;

/// <summary>The catalog of CloudStack's API that this assembly embeds.</summary>
public static class CloudStackCatalog
{
    /// <summary>Opens the catalog; commands are parsed when they're first asked for.</summary>
    /// <returns>The catalog.</returns>
    public static CommandCatalog Load() => CommandCatalog.FromResources(typeof(CloudStackCatalog).Assembly);
}
