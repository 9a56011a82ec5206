using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>The tree of domains.</summary>
internal sealed class Domains : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listDomains", List);
        commands.Read("listDomainChildren", ListChildren);
        commands.Do("createDomain", Create);
        commands.Do("updateDomain", Update);
        commands.Do("moveDomain", Move);
        commands.Begin("deleteDomain", Delete);
    }

    private static Answer List(CommandCall call) => Answer.List(Listing.Filter(
        call, call.State.Table(ResultClass.Domain),
        domain => call.Caller.MaySee(domain) && (call.IsSet("listall") || call.Has("id") || call.Has("name") || domain == call.Caller.Domain)));

    private static Answer ListChildren(CommandCall call)
    {
        var parent = call.Find("id") ?? call.Caller.Domain;
        var isDeep = call.IsSet("isrecursive");
        return Answer.List(Listing.Filter(
            call, call.State.Table(ResultClass.Domain),
            domain => call.Caller.MaySee(domain) && domain != parent
                && (isDeep ? DomainTree.Contains(parent, domain) : DomainTree.ParentOf(domain) == parent),
            null, "id"));
    }

    private static Answer Create(CommandCall call)
    {
        var parent = call.Find("parentdomainid") ?? call.Caller.Domain;
        var name = call.RequiredText("name");
        DemandName(call, parent, name, null);
        var domain = AccessBuilder.CreateDomain(call.State, parent, name, call.ChosenId("domainid"));
        call.Apply(domain, "networkdomain");
        return Answer.Of(domain);
    }

    private static void DemandName(CommandCall call, Entity parent, string name, Entity? self)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            throw ApiError.Refused($"Unable to name a domain {name}: the name must not contain a slash.");
        }

        if (ChildrenOf(call.State, parent).Any(child => child != self && child.Name == name))
        {
            throw ApiError.Refused($"Domain with name {name} already exists for the parent id={parent.Id}");
        }
    }

    private static Answer Update(CommandCall call)
    {
        var domain = call.Target("id");
        if (call.Text("name") is { Length: > 0 } name && name != domain.Name)
        {
            var parent = DomainTree.ParentOf(domain) ?? throw ApiError.NotPermitted("ROOT domain can not be edited");
            DemandName(call, parent, name, domain);
            domain["name"] = name;
            WritePaths(call.State, domain, parent);
        }

        call.Apply(domain, "networkdomain");
        return Answer.Of(domain);
    }

    private static Answer Move(CommandCall call)
    {
        var domain = call.Target("domainid");
        var parent = call.Target("parentdomainid");
        var former = DomainTree.ParentOf(domain) ?? throw ApiError.NotPermitted("The ROOT domain can't be moved.");
        if (DomainTree.Contains(domain, parent))
        {
            throw ApiError.Refused($"The domain {domain.Name} can't be moved below itself.");
        }

        DemandName(call, parent, domain.Name!, null);
        domain.SetAttribute(AttributeNames.Parent, parent);
        domain["parentdomainid"] = parent.Id;
        domain["parentdomainname"] = parent.Link("name");
        parent["haschild"] = true;
        former["haschild"] = ChildrenOf(call.State, former).Any();
        WritePaths(call.State, domain, parent);
        return Answer.Of(domain);
    }

    private static void WritePaths(CloudState state, Entity domain, Entity parent)
    {
        domain["path"] = $"{parent.Text("path")}/{domain.Name}";
        domain["level"] = parent.Number("level") + 1;
        foreach (var child in ChildrenOf(state, domain))
        {
            WritePaths(state, child, domain);
        }
    }

    private static Work Delete(CommandCall call)
    {
        var domain = call.Target("id");
        var parent = DomainTree.ParentOf(domain) ?? throw ApiError.NotPermitted("Can't delete ROOT domain");
        if (DomainTree.Contains(domain, call.Caller.Domain))
        {
            throw ApiError.NotPermitted("The caller's own domain can't be deleted by the caller.");
        }

        return new Work(domain, () =>
        {
            Remove(call.State, domain);
            parent["haschild"] = ChildrenOf(call.State, parent).Any();
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                if (!call.IsSet("cleanup") && (ChildrenOf(call.State, domain).Any() || AccountsOf(call.State, domain).Any()))
                {
                    throw ApiError.StillInUse($"Failed to delete domain {domain.Name}: it has accounts or child domains. Delete them first, or specify cleanup=true.");
                }

                OwnedResources.DemandAlone(call.State, owner => DomainTree.Contains(domain, owner.Domain));
            },
        };
    }

    private static void Remove(CloudState state, Entity domain)
    {
        foreach (var child in ChildrenOf(state, domain).ToList())
        {
            Remove(state, child);
        }

        foreach (var account in AccountsOf(state, domain).ToList())
        {
            Accounts.Remove(state, account);
        }

        foreach (var project in state.Table(ResultClass.Project).Where(p => p.Owner!.Domain == domain).ToList())
        {
            ProjectBuilder.Remove(state, project);
        }

        foreach (var limit in state.Table(ResourceLimits.Class).Where(limit => limit.Owner == domain.Owner).ToList())
        {
            state.Store.Remove(limit);
        }

        Dedications.Forget(state, domain);
        state.Store.Remove(domain);
    }

    private static IEnumerable<Entity> ChildrenOf(CloudState state, Entity domain) =>
        state.Table(ResultClass.Domain).Where(child => DomainTree.ParentOf(child) == domain);

    private static IEnumerable<Entity> AccountsOf(CloudState state, Entity domain) =>
        state.Table(ResultClass.Account).Where(account => Owner.OfAccount(account).Domain == domain);
}
