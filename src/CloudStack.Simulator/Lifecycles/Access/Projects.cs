using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>Projects: active, suspended (their machines stopped), deleted with all they own.</summary>
internal sealed class Projects : ICommandFamily
{
    private const string Active = "Active";
    private const string Suspended = "Suspended";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listProjects", List);
        commands.Begin("createProject", Create);
        commands.Begin("updateProject", Update);
        commands.Begin("activateProject", Activate);
        commands.Begin("suspendProject", Suspend);
        commands.Begin("deleteProject", Delete);
        commands.Begin("addAccountToProject", AddAccount);
        commands.Begin("deleteAccountFromProject", RemoveAccount);
        commands.Begin("addUserToProject", AddUser);
        commands.Begin("deleteUserFromProject", RemoveUser);
        commands.Read("listProjectAccounts", ListAccounts);
    }

    private static Answer List(CommandCall call)
    {
        var isAll = call.IsSet("listall") || call.Has("id") || call.Has("domainid");
        return Answer.List(Listing.Filter(
            call, call.State.Table(ResultClass.Project),
            project => isAll ? call.Caller.MaySee(project) : call.Caller.IsMember(project)));
    }

    private static Work Create(CommandCall call)
    {
        var account = call.Find("accountid") ?? (call.Has("account") ? Scope.NamedAccount(call) : call.Caller.Account);
        var name = call.RequiredText("name");
        if (call.State.Table(ResultClass.Project).Any(p => p.Name == name && p.Owner!.Domain == Owner.OfAccount(account).Domain))
        {
            throw ApiError.Refused($"Project with name {name} already exists in domain id={account.Text("domainid")}");
        }

        ResourceLimits.Demand(call.State, Owner.OfAccount(account), LimitedResource.Project);
        var project = ProjectBuilder.Create(call.State, account, name, call.Text("displaytext") ?? name);
        return new Work(project, () => Answer.Of(project)) { Abandon = () => ProjectBuilder.Remove(call.State, project) };
    }

    private static Work Update(CommandCall call)
    {
        var project = Administered(call);
        return Work.On(project, () => call.Apply(project, "name", "displaytext"));
    }

    private static Work Activate(CommandCall call)
    {
        var project = Administered(call);
        return Work.On(project, () => project["state"] = Active) with
        {
            Begin = () =>
            {
                if (project.State != Suspended && project.State != Active)
                {
                    throw ApiError.Refused($"Can't activate the project {project.Name} in {project.State} state");
                }
            },
        };
    }

    private static Work Suspend(CommandCall call)
    {
        var project = Administered(call);
        return Work.On(project, () =>
        {
            foreach (var machine in OwnedResources.Of(call.State, ResultClass.VirtualMachine, Owner.OfProject(project))
                .Where(machine => machine.State == MachineState.Running))
            {
                MachineBuilder.Stop(call.State, machine);
            }

            project["state"] = Suspended;
        });
    }

    private static Work Delete(CommandCall call)
    {
        var project = Administered(call);
        return new Work(project, () =>
        {
            ProjectBuilder.Remove(call.State, project);
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                OwnedResources.DemandAlone(call.State, owner => owner.Project == project);
                if (!call.IsSet("cleanup")
                    && (OwnedResources.Of(call.State, ResultClass.VirtualMachine, Owner.OfProject(project)).Count > 0
                        || OwnedResources.Of(call.State, ResultClass.Volume, Owner.OfProject(project)).Count > 0))
                {
                    throw ApiError.StillInUse($"Failed to delete project {project.Name}: it has resources. Delete them first, or specify cleanup=true.");
                }
            },
        };
    }

    private static Work AddAccount(CommandCall call)
    {
        var project = Administered(call);
        var account = Accounts.FindIn(call.State, project.Owner!.Domain, call.RequiredText("account"))
            ?? throw ApiError.Refused($"Unable to find account name={call.Text("account")} in domain id={project.Text("domainid")}");
        if (ProjectBuilder.MembersOf(project).Contains(account))
        {
            throw ApiError.Refused($"Account {account.Name} already added to the project {project.Name}");
        }

        return Join(call, project, account, null);
    }

    private static Work AddUser(CommandCall call)
    {
        var project = Administered(call);
        var user = call.State.Table(ResultClass.User).FirstOrDefault(u =>
                u.Text("username") == call.RequiredText("username") && DomainTree.Contains(project.Owner!.Domain, u.Owner!.Domain))
            ?? throw ApiError.Refused($"Unable to find the user {call.Text("username")} in the domain of the project {project.Name}.");
        var account = user.Attribute<Entity>(AttributeNames.Account)!;
        if (ProjectBuilder.Memberships(call.State, project).Any(m => m.Text("userid") == user.Id || (m.Text("accountid") == account.Id && m.Text("userid") is null)))
        {
            throw ApiError.Refused($"User {user.Text("username")} or its account is in the project {project.Name} already.");
        }

        return Join(call, project, account, user);
    }

    // Where people are to be asked, the job makes an invitation instead of a member.
    private static Work Join(CommandCall call, Entity project, Entity account, Entity? user)
    {
        var role = RoleType(call);
        var projectRole = call.Find("projectroleid");
        if (projectRole is not null && projectRole.Text("projectid") != project.Id)
        {
            throw ApiError.Refused($"The project role {projectRole.Name} isn't of the project {project.Name}.");
        }

        return new Work(project, () =>
        {
            if (ProjectInvitations.AreRequired(call.State, project))
            {
                ProjectInvitations.Invite(call.State, project, account, user, role);
                return Answer.Done;
            }

            var membership = ProjectBuilder.AddMember(call.State, project, account, role, user);
            membership["projectroleid"] = projectRole?.Id;
            return Answer.Done;
        });
    }

    private static string RoleType(CommandCall call) => call.Text("roletype") switch
    {
        null or "" => "Regular",
        var type when type.Equals("Admin", StringComparison.OrdinalIgnoreCase) => "Admin",
        var type when type.Equals("Regular", StringComparison.OrdinalIgnoreCase) => "Regular",
        var type => throw ApiError.Refused($"Invalid project role type {type}: it's Admin or Regular."),
    };

    private static Work RemoveUser(CommandCall call)
    {
        var project = Administered(call);
        var user = call.State.Store.Find(ResultClass.User, call.RequiredText("userid"))!;
        if (ProjectBuilder.Memberships(call.State, project).FirstOrDefault(m => m.Text("userid") == user.Id) is not { } membership)
        {
            throw ApiError.Refused($"User {user.Text("username")} isn't in the project {project.Name} for itself.");
        }

        if (membership.Text("role") == "Admin" && ProjectBuilder.Memberships(call.State, project).Count(m => m.Text("role") == "Admin") == 1)
        {
            throw ApiError.Refused($"User {user.Text("username")} is the last administrator of the project {project.Name}.");
        }

        return new Work(project, () =>
        {
            ProjectBuilder.RemoveUser(call.State, project, membership);
            return Answer.Done;
        });
    }

    private static Work RemoveAccount(CommandCall call)
    {
        var project = Administered(call);
        var account = ProjectBuilder.MembersOf(project).FirstOrDefault(a => a.Name == call.RequiredText("account"))
            ?? throw ApiError.Refused($"Account {call.Text("account")} is not assigned to the project {project.Name}");
        var isLastAdmin = ProjectBuilder.Memberships(call.State, project).Where(m => m.Text("role") == "Admin").All(m => m.Text("accountid") == account.Id);
        if (isLastAdmin)
        {
            throw ApiError.Refused($"Unable to delete account {account.Name} from the project {project.Name} as the account is the owner of the project");
        }

        return new Work(project, () =>
        {
            ProjectBuilder.RemoveMember(call.State, project, account);
            return Answer.Done;
        });
    }

    private static Answer ListAccounts(CommandCall call)
    {
        var project = call.Target("projectid");
        return Answer.List(Listing.Filter(
            call, call.State.Table(ProjectBuilder.Membership), membership => membership.Text("projectid") == project.Id));
    }

    private static Entity Administered(CommandCall call)
    {
        var project = call.Find("id") ?? call.Target("projectid");
        DemandAdministrator(call, project);
        return project;
    }

    /// <summary>True for whom a project is to administer.</summary>
    public static bool IsAdministrator(CommandCall call, Entity project) => call.Caller.Role switch
    {
        Identity.RoleType.User => ProjectBuilder.Memberships(call.State, project).Any(m =>
            m.Text("accountid") == call.Caller.Account.Id && m.Text("role") == "Admin" && (m.Text("userid") is not { } user || user == call.Caller.User.Id)),
        _ => call.Caller.MaySee(project),
    };

    /// <exception cref="ApiError">The caller doesn't administer the project.</exception>
    public static void DemandAdministrator(CommandCall call, Entity project)
    {
        if (!IsAdministrator(call, project))
        {
            throw ApiError.NotPermitted($"Account {call.Caller.Account.Name} isn't an administrator of the project {project.Name}.");
        }
    }
}
