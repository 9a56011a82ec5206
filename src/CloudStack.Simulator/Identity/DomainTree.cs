using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Identity;

/// <summary>Domains and the domains below them.</summary>
internal static class DomainTree
{
    /// <summary>True where <paramref name="domain"/> is <paramref name="root"/> or below it.</summary>
    public static bool Contains(Entity root, Entity domain)
    {
        for (var d = domain; d is not null; d = ParentOf(d))
        {
            if (d == root)
            {
                return true;
            }
        }

        return false;
    }

    public static Entity? ParentOf(Entity domain) => domain.Attribute<Entity>(AttributeNames.Parent);
}
