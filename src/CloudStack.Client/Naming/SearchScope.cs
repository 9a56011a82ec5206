using Cloud.Core.Catalog;
using Cloud.Core.Operations;

namespace CloudStack.Client.Naming;

/// <summary>Narrows a search for a name to where the command that needs it works.</summary>
internal static class SearchScope
{
    // The account and project of a new machine say nothing about who owns its template: these commands filter by themselves.
    private static readonly string[] OwnFilters = ["templatefilter", "isofilter"];

    /// <summary>The scope arguments of a command that a list command understands in the same sense.</summary>
    /// <param name="list">The list command.</param>
    /// <param name="found">The class it lists.</param>
    /// <param name="context">The command the search is for.</param>
    public static Dictionary<string, object> For(CommandSpec list, ResultSpec found, BoundCommand context)
    {
        var scope = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
        Copy("zoneid");
        // Offerings and the like belong to no account: there, these parameters mean who may use them.
        var isOwned = found.Fields.Any(field => field.Name == "account");
        if (isOwned && Has(list, "account") && Has(list, "domainid") && !OwnFilters.Any(filter => Has(list, filter)))
        {
            // The server refuses an account beside a project, and takes an account only with its domain.
            if (!(Has(list, "projectid") && Copy("projectid")) && Copy("domainid"))
            {
                Copy("account");
            }
        }

        return scope;

        bool Copy(string name)
        {
            if (!Has(list, name) || !context.Arguments.TryGetValue(name, out var value) || value is not string { Length: > 0 } text)
            {
                return false;
            }

            // An identifier that is itself still a name can't narrow anything yet.
            if (name != "account" && !Guid.TryParse(text, out _))
            {
                return false;
            }

            scope[name] = text;
            return true;
        }
    }

    /// <summary>Takes owner, domain and project out of a scope.</summary>
    /// <returns>True where the scope is wider for it.</returns>
    public static bool RemoveOwner(Dictionary<string, object> scope) =>
        scope.Remove("account") | scope.Remove("domainid") | scope.Remove("projectid");

    /// <summary>True where a command has a parameter.</summary>
    public static bool Has(CommandSpec spec, string parameter) =>
        spec.Parameters.Any(p => p.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase));
}
