using Cloud.Core.Caching;
using Cloud.Core.Catalog;

namespace CloudStack.Client.Caching;

/// <summary>Forgets what a change may have touched.</summary>
internal static class ChangedClasses
{
    /// <summary>Drops the classes of a change's result, its arguments and the lists that belong with it.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="catalog">The catalog.</param>
    /// <param name="change">The change, or null where it isn't known which one it was.</param>
    public static void Drop(TimedCache cache, CommandCatalog catalog, CommandSpec? change)
    {
        if (change is null || (!change.IsRead && change.Parameters.Any(ActsOnAnything)))
        {
            cache.Clear();
            return;
        }

        if (change.IsRead)
        {
            return;
        }

        var classes = change.Parameters.Select(parameter => parameter.Entity).OfType<string>()
            .Concat(change.Related.Select(catalog.FindCommand).OfType<CommandSpec>().Where(related => related.IsList).Select(list => list.Result))
            .Append(change.Result);
        foreach (var entity in classes.Distinct(StringComparer.Ordinal))
        {
            cache.Drop(entity);
        }
    }

    // Tags and icons are put on objects of any class.
    private static bool ActsOnAnything(ParameterSpec parameter) =>
        parameter is { Entity: null } && parameter.Name.Equals("resourceids", StringComparison.OrdinalIgnoreCase);
}
