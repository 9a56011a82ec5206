using Cloud.Core.Catalog;

namespace CloudStack.PowerShell.Pipeline;

/// <summary>Which lists look for their keyword in names too, among other fields. What such a list gives holds every name that has the word in it.</summary>
internal static class NameKeyword
{
    /// <summary>The parameter.</summary>
    public const string Parameter = "keyword";

    // Read in the server's source (its QueryManagerImpl). A list that isn't named here may look elsewhere and would leave rows out.
    private static readonly HashSet<string> Lists = new(StringComparer.Ordinal)
    {
        "listAccounts", "listDiskOfferings", "listDomains", "listHosts", "listImageStores", "listInternalLoadBalancerVMs", "listIsos",
        "listProjects", "listRouters", "listServiceOfferings", "listTemplates", "listVirtualMachines", "listVolumes", "listZones",
    };

    /// <summary>Tells whether a list looks for its keyword in the names of what it lists.</summary>
    /// <param name="list">The list.</param>
    public static bool Covers(CommandSpec list) => Lists.Contains(list.Name);
}
