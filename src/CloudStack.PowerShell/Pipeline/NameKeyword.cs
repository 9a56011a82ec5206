using Cloud.Core.Catalog;

namespace CloudStack.PowerShell.Pipeline;

/// <summary>Which lists look for their keyword in names too, among other fields. What such a list gives holds every name that has the word in it.</summary>
internal static class NameKeyword
{
    /// <summary>The parameter.</summary>
    public const string Parameter = "keyword";

    private const string NameField = "name";

    // Read in the server's source (its QueryManagerImpl). A list that isn't named here may look elsewhere and would leave rows out.
    private static readonly HashSet<string> Lists = new(StringComparer.Ordinal)
    {
        "listAccounts", "listDiskOfferings", "listDomains", "listHosts", "listImageStores", "listInternalLoadBalancerVMs", "listIsos",
        "listProjects", "listRouters", "listServiceOfferings", "listTemplates", "listVirtualMachines", "listVolumes", "listZones",
    };

    /// <summary>Tells whether a list looks for its keyword in the names of what it lists.</summary>
    /// <param name="list">The list.</param>
    /// <param name="catalog">The catalog; how it finds a class by name says the same of some lists.</param>
    public static bool Covers(CommandSpec list, CommandCatalog catalog) => list.FindParameter(Parameter) is not null
        && (Lists.Contains(list.Name)
            || (catalog.FindResult(list.Result)?.Finder is { FilterParameter: Parameter, NameField: NameField } finder && finder.Command == list.Name));
}
