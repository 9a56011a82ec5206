using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>Users of accounts, and their API keys.</summary>
internal sealed class Users : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listUsers", call => Listing.Of(call, ResultClass.User));
        commands.Do("createUser", Create);
        commands.Do("updateUser", Update);
        commands.Do("deleteUser", Delete);
        commands.Do("enableUser", call => Enter(call, "enabled"));
        commands.Do("lockUser", call => Enter(call, "locked"));
        commands.Begin("disableUser", call => Work.On(Other(call), () => Other(call)["state"] = "disabled"));
        commands.Do("moveUser", Move);
        commands.Read("getUser", FindByKey);
        commands.Do("registerUserKeys", IssueKeys);
        commands.Read("getUserKeys", ShowKeys);
    }

    private static Answer Create(CommandCall call)
    {
        var account = Scope.NamedAccount(call);
        return Answer.Of(AccessBuilder.CreateUser(call.State, account, UserDetails.Of(call, Owner.OfAccount(account).Domain)));
    }

    private static Answer Update(CommandCall call)
    {
        var user = call.Target("id");
        if (call.Text("username") is { Length: > 0 } name)
        {
            UserDetails.DemandFree(call.State, user.Owner!.Domain, name, user);
        }

        DemandPassword(call, user);
        if (call.Has("userapikey") != call.Has("usersecretkey"))
        {
            throw ApiError.Refused("Please provide a userApiKey/userSecretKey pair");
        }

        KeyAccess.Apply(call, user);
        DemandSecondFactor(call, user);
        call.Apply(user, "username", "firstname", "lastname", "email", "timezone");
        if (call.Text("password") is { Length: > 0 } password)
        {
            user.SetAttribute(AttributeNames.Password, password);
        }

        if (call.Text("userapikey") is { } key)
        {
            call.State.Keys.Set(user, key, call.RequiredText("usersecretkey"));
        }

        return Answer.Of(user);
    }

    private static void DemandPassword(CommandCall call, Entity user)
    {
        if (call.Has("password") && !call.Caller.IsRoot && call.Text("currentpassword") != user.Attribute<string>(AttributeNames.Password))
        {
            throw ApiError.Refused("To set a new password the current password must be provided, and be right.");
        }
    }

    private static void DemandSecondFactor(CommandCall call, Entity user)
    {
        if (call.Flag("mandate2fa") is not { } isMandated)
        {
            return;
        }

        if (isMandated && !SecondFactor.IsOffered(call.State, user.Owner!.Domain))
        {
            throw ApiError.Refused("2FA is not enabled for this domain or at global level");
        }

        user["is2famandated"] = isMandated;
        user["is2faenabled"] = isMandated || SecondFactor.Of(user) is not null;
    }

    private static Answer Delete(CommandCall call)
    {
        var user = Other(call);
        call.State.Keys.Revoke(user);
        AccountOf(user).RemoveItem("user", user);
        ProjectBuilder.ForgetUser(call.State, user);
        call.State.Store.Remove(user);
        return Answer.Done;
    }

    private static Answer Enter(CommandCall call, string state)
    {
        var user = state == "enabled" ? call.Target("id") : Other(call);
        user["state"] = state;
        return Answer.Of(user);
    }

    private static Answer Move(CommandCall call)
    {
        var user = Other(call);
        var account = call.Find("accountid") ?? Scope.NamedAccount(call);
        if (Owner.OfAccount(account).Domain != user.Owner!.Domain)
        {
            throw ApiError.Refused($"The account {account.Name} isn't in the user's domain.");
        }

        AccountOf(user).RemoveItem("user", user);
        user.SetAttribute(AttributeNames.Account, account);
        user.Owner = Owner.OfAccount(account);
        user["accountid"] = account.Id;
        foreach (var (field, source) in (ReadOnlySpan<(string, string)>)
            [("account", "name"), ("accounttype", "accounttype"), ("roleid", "roleid"), ("rolename", "rolename"), ("roletype", "roletype")])
        {
            user[field] = account.Link(source);
        }

        account.AddItem("user", user);
        return Answer.Done;
    }

    private static Answer FindByKey(CommandCall call)
    {
        var user = call.State.Keys.FindUser(call.RequiredText("userapikey"))
            ?? throw ApiError.Refused("Unable to find a user by the API key given.");
        call.DemandSight(user);
        return Answer.Of(user);
    }

    private static Answer IssueKeys(CommandCall call)
    {
        var user = call.Target("id");
        call.State.Keys.Issue(user);
        return Keys(call, user);
    }

    private static Answer ShowKeys(CommandCall call) => Keys(call, call.Target("id"));

    private static Answer Keys(CommandCall call, Entity user)
    {
        var keys = call.New(call.Command.Result);
        keys["apikey"] = user.Attribute<string>(AttributeNames.ApiKey);
        keys["secretkey"] = user.Attribute<string>(AttributeNames.SecretKey);
        keys["apikeyaccess"] = KeyAccess.IsOpen(call.State, user);
        return Answer.Of(keys);
    }

    private static Entity Other(CommandCall call)
    {
        var user = call.Target("id");
        return user != call.Caller.User && !user.Flag("isdefault")
            ? user
            : throw ApiError.NotPermitted($"The user {user.Text("username")} is the caller or a default user; {call.Command.Name} isn't allowed on it.");
    }

    private static Entity AccountOf(Entity user) => user.Attribute<Entity>(AttributeNames.Account)!;
}
