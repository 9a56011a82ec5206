using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Images;
using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>Accounts: made with their first user, disabled (which stops their machines), locked, deleted with all they own.</summary>
internal sealed class Accounts : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listAccounts", call => Listing.Of(call, ResultClass.Account));
        commands.Do("createAccount", Create);
        commands.Do("updateAccount", Update);
        commands.Do("enableAccount", Enable);
        commands.Do("lockAccount", Lock);
        commands.Begin("disableAccount", Disable);
        commands.Begin("deleteAccount", Delete);
        commands.Begin("markDefaultZoneForAccount", MarkZone);
    }

    private static Answer Create(CommandCall call)
    {
        var domain = call.Find("domainid") ?? call.Caller.Domain;
        if (!call.Caller.IsRoot && !DomainTree.Contains(call.Caller.Domain, domain))
        {
            throw ApiError.NotPermitted($"Account {call.Caller.Account.Name} may not create accounts in domain {domain.Name}.");
        }

        var role = RoleOf(call);
        var user = UserDetails.Of(call, domain);
        var name = call.Text("account") is { Length: > 0 } given ? given : user.UserName;
        if (FindIn(call.State, domain, name) is not null)
        {
            throw ApiError.Refused($"The specified account: {name} already exists");
        }

        var account = AccessBuilder.CreateAccount(call.State, domain, name, role, call.ChosenId("accountid"));
        call.Apply(account, "networkdomain");
        AccessBuilder.CreateUser(call.State, account, user);
        return Answer.Of(account);
    }

    private static Entity RoleOf(CommandCall call)
    {
        var wanted = call.Find("roleid");
        var type = call.Number("accounttype") switch
        {
            0 => RoleType.User,
            1 => RoleType.Admin,
            2 => RoleType.DomainAdmin,
            3 => RoleType.ResourceAdmin,
            null => (RoleType?)null,
            _ => throw ApiError.BadValue(call.Command.Name, "accounttype", $"{call.Number("accounttype")}"),
        };
        if (wanted is null && type is null)
        {
            throw ApiError.Refused("Both account type and role ID are not provided");
        }

        var role = wanted ?? call.State.Table(ResultClass.Role).First(r => r.Flag("isdefault") && r.Text("type") == type.ToString());
        return role.Text("type") != nameof(RoleType.Admin) || call.Caller.IsRoot
            ? role
            : throw ApiError.NotPermitted("Only root administrators may make root administrators.");
    }

    private static Answer Update(CommandCall call)
    {
        var account = Named(call);
        if (call.Text("newname") is { Length: > 0 } name && name != account.Name)
        {
            if (FindIn(call.State, Owner.OfAccount(account).Domain, name) is not null)
            {
                throw ApiError.Refused($"There already exists an account with the name: {name} in the domain");
            }

            account["name"] = name;
        }

        KeyAccess.Apply(call, account);
        call.Apply(account, "networkdomain");
        if (call.Find("roleid") is { } role)
        {
            AccessBuilder.SetRole(account, role);
        }

        return Answer.Of(account);
    }

    private static Answer Enable(CommandCall call) => Enter(Named(call), "enabled");

    private static Answer Lock(CommandCall call)
    {
        var account = Named(call);
        DemandOther(call, account, "lock");
        return Enter(account, "locked");
    }

    private static Work Disable(CommandCall call)
    {
        var account = Named(call);
        DemandOther(call, account, "disable");
        return Work.On(account, () =>
        {
            account["state"] = call.IsSet("lock") ? "locked" : "disabled";
            foreach (var machine in OwnedResources.Of(call.State, ResultClass.VirtualMachine, Owner.OfAccount(account))
                .Where(machine => machine.State == MachineState.Running && !call.IsSet("lock")))
            {
                MachineBuilder.Stop(call.State, machine);
            }
        });
    }

    private static Work MarkZone(CommandCall call)
    {
        var account = call.Target("account");
        var zone = call.Target("zoneid");
        return Work.On(account, () => account["defaultzoneid"] = zone.Id);
    }

    private static Work Delete(CommandCall call)
    {
        var account = call.Target("id");
        DemandOther(call, account, "delete");
        return new Work(account, () =>
        {
            Remove(call.State, account);
            return Answer.Done;
        })
        {
            Begin = () => OwnedResources.DemandAlone(call.State, owner => owner.Account == account),
        };
    }

    /// <summary>Takes an account away with its users and all it owns.</summary>
    public static void Remove(CloudState state, Entity account)
    {
        foreach (var user in account.Items("user"))
        {
            state.Keys.Revoke(user);
        }

        Dedications.Forget(state, account);
        ImagePermissions.Forget(state, account);
        OwnedResources.Remove(state, Owner.OfAccount(account));
        foreach (var project in state.Table(ResultClass.Project).Where(p => ProjectBuilder.MembersOf(p).Contains(account)).ToList())
        {
            ProjectBuilder.RemoveMember(state, project, account);
        }

        state.Store.Remove(account);
    }

    public static Entity? FindIn(CloudState state, Entity domain, string name) =>
        state.Table(ResultClass.Account).FirstOrDefault(a => a.Name == name && Owner.OfAccount(a).Domain == domain);

    private static void DemandOther(CommandCall call, Entity account, string what)
    {
        if (account == call.Caller.Account || account.Flag("isdefault"))
        {
            throw ApiError.NotPermitted($"Unable to {what} the account {account.Name}: it is the caller's own or a default account.");
        }
    }

    private static Answer Enter(Entity account, string state)
    {
        account["state"] = state;
        return Answer.Of(account);
    }

    private static Entity Named(CommandCall call) =>
        call.Find("id") ?? (call.Text("account") is { Length: > 0 } ? Scope.NamedAccount(call) : throw ApiError.Missing(call.Command.Name, "id"));
}
