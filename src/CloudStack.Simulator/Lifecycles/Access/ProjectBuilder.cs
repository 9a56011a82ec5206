using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>Makes projects and keeps their members.</summary>
internal static class ProjectBuilder
{
    public const string Membership = "ProjectAccountResponse";

    public static Entity Create(CloudState state, Entity account, string name, string text)
    {
        var project = state.New(ResultClass.Project);
        var domain = Owner.OfAccount(account).Domain;
        project.SetAttribute(AttributeNames.Domain, domain);
        project["name"] = name;
        project["displaytext"] = text;
        project["state"] = "Active";
        project["created"] = state.Clock.GetUtcNow();
        project["domainid"] = domain.Id;
        project["domain"] = domain.Link("name");
        project["projectaccountname"] = $"PrjAcct-{name}";
        AccountCounts.Follow(state, project);
        project.Owner = Owner.OfProject(project);
        state.Store.Add(project);
        AddMember(state, project, account, "Admin");
        return project;
    }

    public static void AddMember(CloudState state, Entity project, Entity account, string role)
    {
        var membership = state.New(Membership);
        membership["accountid"] = account.Id;
        membership["account"] = account.Link("name");
        membership["accounttype"] = account.Link("accounttype");
        membership["domainid"] = account.Text("domainid");
        membership["domain"] = account.Link("domain");
        membership["domainpath"] = account.Link("domainpath");
        membership["projectid"] = project.Id;
        membership["project"] = project.Link("name");
        membership["role"] = role;
        membership.Owner = project.Owner;
        state.Store.Add(membership);
        project.SetAttribute(AttributeNames.Members, MembersOf(project).Append(account).ToList());
    }

    public static void RemoveMember(CloudState state, Entity project, Entity account)
    {
        foreach (var membership in Memberships(state, project).Where(m => m.Text("accountid") == account.Id).ToList())
        {
            state.Store.Remove(membership);
        }

        project.SetAttribute(AttributeNames.Members, MembersOf(project).Where(member => member != account).ToList());
    }

    /// <summary>Takes a project away with its memberships and all it owns.</summary>
    public static void Remove(CloudState state, Entity project)
    {
        OwnedResources.Remove(state, Owner.OfProject(project));
        state.Store.Remove(project);
    }

    public static IReadOnlyList<Entity> MembersOf(Entity project) => project.Attribute<List<Entity>>(AttributeNames.Members) ?? [];

    public static IEnumerable<Entity> Memberships(CloudState state, Entity project) =>
        state.Table(Membership).Where(membership => membership.Text("projectid") == project.Id);
}
