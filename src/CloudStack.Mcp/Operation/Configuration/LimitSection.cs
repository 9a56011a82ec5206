using CloudStack.Client;
using CloudStack.Mcp.Operation.Access;

namespace CloudStack.Mcp.Operation.Configuration;

/// <summary>Reads <c>readOnly</c>, <c>allow</c> and <c>deny</c>, which the whole server, a cloud and a role have alike.</summary>
internal static class LimitSection
{
    public static LimitRule Read(ConfigSection section)
    {
        var rule = new LimitRule(section.Flag("readOnly"), section.Texts("allow"), section.Texts("deny"));
        foreach (var (name, one) in new[] { ("allow", rule with { Deny = [] }), ("deny", rule with { Allow = [] }) })
        {
            section.Try(name, () => one.Read(CloudStackCatalog.Load));
        }

        return rule;
    }
}
