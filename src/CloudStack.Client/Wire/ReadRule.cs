using Cloud.Core.Catalog;

namespace CloudStack.Client.Wire;

/// <summary>Which commands may travel by GET, and which may be sent again (protocol note, sections 1 and 10).</summary>
internal static class ReadRule
{
    private static readonly string[] Prefixes = ["get", "list", "query", "find"];

    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "isAccountAllowedToCreateOfferingsWithTags", "readyForShutdown", "cloudianIsEnabled", "quotaBalance", "quotaSummary",
        "quotaTariffList", "quotaIsEnabled", "quotaStatement", "verifyOAuthCodeAndGetUser",
    };

    /// <summary>True where a repeated call does no harm.</summary>
    public static bool IsRepeatable(CommandSpec spec) =>
        spec.IsRead && !spec.IsAsync && !spec.IsAuthenticator
        && !spec.Name.StartsWith("getUploadParamsFor", StringComparison.OrdinalIgnoreCase);

    /// <summary>True where a server that insists on POST for changes still takes the command by GET.</summary>
    public static bool MayUseGet(CommandSpec spec) =>
        IsRepeatable(spec) && !spec.Mutates
        && (Names.Contains(spec.Name)
            || Prefixes.Any(prefix => spec.Name.Length > prefix.Length && spec.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
}
