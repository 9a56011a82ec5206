using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Images;
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

    /// <summary>Adds an account to a project, or one user of it alone.</summary>
    public static Entity AddMember(CloudState state, Entity project, Entity account, string role, Entity? user = null)
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
        membership["userid"] = user?.Id;
        membership["username"] = user?.Link("username");
        membership.Owner = project.Owner;
        state.Store.Add(membership);
        project.SetAttribute(AttributeNames.Members, MembersOf(project).Union([account]).ToList());
        return membership;
    }

    /// <summary>Ends the membership of one user; the account stays a member where it is one otherwise.</summary>
    public static void RemoveUser(CloudState state, Entity project, Entity membership)
    {
        state.Store.Remove(membership);
        if (Memberships(state, project).All(other => other.Text("accountid") != membership.Text("accountid")))
        {
            project.SetAttribute(
                AttributeNames.Members, MembersOf(project).Where(member => member.Id != membership.Text("accountid")).ToList());
        }
    }

    /// <summary>Ends what a user that goes was member of alone, or invited to.</summary>
    public static void ForgetUser(CloudState state, Entity user)
    {
        foreach (var membership in state.Table(Membership).Where(m => m.Text("userid") == user.Id).ToList())
        {
            RemoveUser(state, state.Store.Find(membership.Text("projectid"))!, membership);
        }

        ProjectInvitations.ForgetUser(state, user);
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
        ProjectInvitations.Forget(state, project);
        ProjectRoles.Forget(state, project);
        ImagePermissions.Forget(state, project);
        OwnedResources.Remove(state, Owner.OfProject(project));
        state.Store.Remove(project);
    }

    public static IReadOnlyList<Entity> MembersOf(Entity project) => project.Attribute<List<Entity>>(AttributeNames.Members) ?? [];

    public static IEnumerable<Entity> Memberships(CloudState state, Entity project) =>
        state.Table(Membership).Where(membership => membership.Text("projectid") == project.Id);
}
