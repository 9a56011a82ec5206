namespace CloudStack.Simulator.Store;

/// <summary>Whose an object is: an account of a domain, or a project of a domain.</summary>
internal sealed class Owner(Entity domain, Entity? account, Entity? project)
{
    public Entity Domain { get; } = domain;

    /// <summary>The account, or null for what a project owns.</summary>
    public Entity? Account { get; } = account;

    public Entity? Project { get; } = project;

    /// <summary>The account or project.</summary>
    public Entity Holder => (Project ?? Account)!;

    public static Owner OfAccount(Entity account) => Cached(account, () =>
        new Owner(account.Attribute<Entity>(AttributeNames.Domain)!, account, null));

    public static Owner OfProject(Entity project) => Cached(project, () =>
        new Owner(project.Attribute<Entity>(AttributeNames.Domain)!, null, project));

    /// <summary>Makes an object the owner's, and shows that in the fields its class has for it.</summary>
    public void Claim(Entity entity)
    {
        entity.Owner = this;
        entity.TrySet("account", Account?.Link("name"));
        entity.TrySet("accountid", Account?.Id);
        entity.TrySet("project", Project?.Link("name"));
        entity.TrySet("projectid", Project?.Id);
        entity.TrySet("domainid", Domain.Id);
        entity.TrySet("domain", Domain.Link("name"));
        entity.TrySet("domainname", Domain.Link("name"));
        entity.TrySet("domainpath", Domain.Link("path"));
    }

    private static Owner Cached(Entity holder, Func<Owner> make)
    {
        if (holder.Attribute<Owner>(AttributeNames.Owner) is not { } owner)
        {
            holder.SetAttribute(AttributeNames.Owner, owner = make());
        }

        return owner;
    }
}
