using Cloud.Core.Catalog;

namespace CloudStack.Mcp.Server.Resources;

/// <summary>A kind of object that has an address of its own.</summary>
/// <param name="Name">Its name in addresses: the model's name in lower case.</param>
/// <param name="Class">Its result class.</param>
/// <param name="Finder">How it's found.</param>
internal sealed record EntityKind(string Name, ResultSpec Class, FinderSpec Finder);

/// <summary>The kinds of objects that have addresses.</summary>
/// <param name="catalog">Opens the catalog.</param>
internal sealed class EntityKinds(Func<CommandCatalog> catalog)
{
    private readonly Lazy<IReadOnlyDictionary<string, EntityKind>> _kinds = new(() => Read(catalog()));

    /// <summary>Finds a kind by its name in addresses.</summary>
    /// <param name="name">The name.</param>
    public EntityKind? Find(string name) => _kinds.Value.GetValueOrDefault(name);

    private static Dictionary<string, EntityKind> Read(CommandCatalog catalog)
    {
        var kinds = new Dictionary<string, EntityKind>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in catalog.ResultClasses.Select(name => catalog.FindResult(name)!))
        {
            if (type.Finder is { } finder && catalog.FindCommand(finder.Command)?.FindParameter("id") is not null)
            {
                kinds.TryAdd(type.Model.ToLowerInvariant(), new EntityKind(type.Model.ToLowerInvariant(), type, finder));
            }
        }

        return kinds;
    }
}
