using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Commands;

/// <summary>Whose objects a list shows, and whose a new object becomes (protocol note, section 6.4).</summary>
internal static class Scope
{
    private const string AnyProject = "-1";

    /// <summary>The rule that an object must meet to be listed.</summary>
    /// <exception cref="ApiError">The arguments contradict each other, or name what the caller can't see.</exception>
    public static Func<Entity, bool> Of(CommandCall call)
    {
        var caller = call.Caller;
        if (call.Text("projectid") is { } project)
        {
            return OfProject(call, project);
        }

        if (call.Text("account") is { Length: > 0 } && call.Command.FindParameter("domainid") is not null)
        {
            var owner = Owner.OfAccount(NamedAccount(call));
            return entity => entity.Owner is null || entity.Owner.Account == owner.Account;
        }

        if (call.Find("domainid") is { } domain)
        {
            DemandDomain(call, domain);
            var isRecursive = call.IsSet("isrecursive");
            return entity => entity.Owner is not { } owner || (owner.Project is null && caller.MaySee(entity)
                && (isRecursive ? DomainTree.Contains(domain, owner.Domain) : owner.Domain == domain));
        }

        if (call.Has("id") || call.Has("ids") || call.Command.FindParameter("listall") is null)
        {
            return caller.MaySee;
        }

        return call.IsSet("listall")
            ? entity => entity.Owner is null || (entity.Owner.Project is null && caller.MaySee(entity))
            : entity => entity.Owner is null || entity.Owner.Account == caller.Account;
    }

    /// <summary>Whose a new object becomes: the named project's or account's, else the caller's own.</summary>
    /// <exception cref="ApiError">The named one isn't known, or the caller may not act for it.</exception>
    public static Owner NewOwner(CommandCall call)
    {
        if (call.Find("projectid") is { } project)
        {
            DemandMember(call, project);
            if (project.State != "Active")
            {
                throw ApiError.NotPermitted($"Can't add resources to the project {project.Name} in state {project.State}.");
            }

            return Owner.OfProject(project);
        }

        return call.Text("account") is { Length: > 0 } ? Owner.OfAccount(NamedAccount(call)) : call.Caller.Owner;
    }

    /// <summary>The account that <c>account</c> names in <c>domainid</c>, or in the caller's domain.</summary>
    public static Entity NamedAccount(CommandCall call)
    {
        var name = call.RequiredText("account");
        var domain = call.Find("domainid") ?? call.Caller.Domain;
        DemandDomain(call, domain);
        var account = call.State.Table(ResultClass.Account)
            .FirstOrDefault(a => a.Name == name && Owner.OfAccount(a).Domain == domain)
            ?? throw ApiError.Refused($"Unable to find account {name} in domain {domain.Id}");
        return call.Caller.Role != RoleType.User || account == call.Caller.Account
            ? account
            : throw ApiError.NotPermitted($"Account {call.Caller.Account.Name} may not act for account {name}.");
    }

    private static Func<Entity, bool> OfProject(CommandCall call, string projectId)
    {
        if (call.Has("account"))
        {
            throw ApiError.Refused("Account and projectId can't be specified together");
        }

        if (projectId == AnyProject)
        {
            var isAll = call.IsSet("listall");
            return entity => entity.Owner is not { } owner || (call.Caller.MaySee(entity) && (isAll || owner.Project is not null));
        }

        var project = call.Target("projectid");
        DemandMember(call, project);
        return entity => entity.Owner is null || entity.Owner.Project == project;
    }

    private static void DemandMember(CommandCall call, Entity project)
    {
        if (!call.Caller.IsMember(project) && !call.Caller.MaySee(project))
        {
            throw ApiError.NotPermitted($"Account {call.Caller.Account.Name} can't access the project {project.Id}.");
        }
    }

    private static void DemandDomain(CommandCall call, Entity domain)
    {
        if (!call.Caller.IsRoot && !DomainTree.Contains(call.Caller.Domain, domain))
        {
            throw ApiError.NotPermitted($"Account {call.Caller.Account.Name} may not see the domain {domain.Id}.");
        }
    }
}
