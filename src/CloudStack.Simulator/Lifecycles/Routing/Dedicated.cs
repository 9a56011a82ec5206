using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Routing;

/// <summary>Peers and subnets that serve one domain, account or project only. They stay the administrators' to see.</summary>
internal static class Dedicated
{
    private static readonly string[] Fields = ["account", "domainid", "domain", "projectid", "project"];

    /// <summary>For whom a call wants something: the named account or project, the domain alone, or nobody in particular.</summary>
    public static (Entity? Domain, Owner? Owner) Wanted(CommandCall call)
    {
        var owner = call.Has("account") || call.Text("projectid") is { } project and not "-1" ? call.NewOwner() : null;
        return (owner?.Domain ?? call.Find("domainid"), owner);
    }

    public static void Describe(Entity entity, (Entity? Domain, Owner? Owner) wanted)
    {
        Release(entity);
        entity["domainid"] = wanted.Domain?.Id;
        entity["domain"] = wanted.Domain?.Link("name");
        entity["account"] = wanted.Owner?.Account?.Link("name");
        entity["projectid"] = wanted.Owner?.Project?.Id;
        entity["project"] = wanted.Owner?.Project?.Link("name");
    }

    public static void Release(Entity entity) => Array.ForEach(Fields, field => entity[field] = null);

    public static bool IsFor(Entity entity, Owner owner) =>
        (entity.Text("domainid") ?? owner.Domain.Id) == owner.Domain.Id
        && (entity.Text("account") ?? owner.Account?.Name) == owner.Account?.Name
        && (entity.Text("projectid") ?? owner.Project?.Id) == owner.Project?.Id;

    /// <summary>True where something goes with a domain, account or project that goes.</summary>
    public static bool GoesWith(Entity entity, Entity gone) => gone.Class.Name switch
    {
        ResultClass.Domain => entity.Text("domainid") == gone.Id,
        ResultClass.Project => entity.Text("projectid") == gone.Id,
        ResultClass.Account => entity.Text("account") == gone.Name && entity.Text("domainid") == Owner.OfAccount(gone).Domain.Id,
        _ => false,
    };

    /// <summary>Dedicates what isn't in use by others.</summary>
    /// <exception cref="ApiError">It is.</exception>
    public static void DemandUnusedByOthers(Entity? domain, Owner? owner, IEnumerable<Entity> users)
    {
        var count = users.Count(user => (domain is not null && user.Owner?.Domain != domain) || (owner is not null && user.Owner != owner));
        if (count > 0)
        {
            throw ApiError.Refused($"It can't be dedicated: {count} networks or VPCs of others use it.");
        }
    }
}
