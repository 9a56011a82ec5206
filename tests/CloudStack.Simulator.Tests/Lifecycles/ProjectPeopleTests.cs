namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class ProjectPeopleTests : Scene
{
    [Fact]
    public async Task Asks_people_before_they_join_where_the_settings_say_so()
    {
        var project = await StorefrontAsync();
        var dana = Root.As(TheCloud.Credentials.DomainAdmin);
        await Root.DoAsync("updateConfiguration", ("name", "project.invite.required"), ("value", "true"));
        await User.FinishAsync("addAccountToProject", ("projectid", project), ("account", "data-team"));
        Assert.Single((await Root.CallAsync("listProjectAccounts", ("projectid", project))).Items);
        await User.FailAsync(431, "addAccountToProject", ("projectid", project), ("account", "data-team"));
        Assert.Equal("Pending", Text((await User.CallAsync("listProjectInvitations", ("projectid", project))).Items.Single(), "state"));

        await dana.FinishAsync("updateProjectInvitation", ("projectid", project), ("account", "data-team"));

        Assert.Equal(2, (await Root.CallAsync("listProjectAccounts", ("projectid", project))).Count);
        await dana.RefuseAsync(431, "updateProjectInvitation", ("projectid", project), ("account", "data-team"));
        await Root.As(TheCloud.Credentials.OtherUser).RefuseAsync(531, "updateProjectInvitation", ("projectid", project));
    }

    [Fact]
    public async Task Lets_invitations_be_declined_expire_and_deleted()
    {
        var project = await StorefrontAsync();
        await Root.DoAsync("updateConfiguration", ("name", "project.invite.required"), ("value", "true"));
        await User.FinishAsync("addAccountToProject", ("projectid", project), ("account", "data-team"));
        await Root.FinishAsync("updateProjectInvitation", ("projectid", project), ("account", "data-team"), ("accept", "false"));
        await User.FinishAsync("addUserToProject", ("projectid", project), ("username", "dana"));
        TheCloud.Clock.Step(TimeSpan.FromDays(2));

        var states = (await User.CallAsync("listProjectInvitations", ("projectid", project))).Items;
        Assert.Equal(["Declined", "Expired"], states.Select(one => Text(one, "state")));
        await User.FinishAsync("deleteProjectInvitation", ("id", Id(states[0])));
        Assert.Single((await User.CallAsync("listProjectInvitations", ("projectid", project))).Items);
    }

    [Fact]
    public async Task Adds_a_user_alone_and_takes_the_user_out_again()
    {
        var project = await StorefrontAsync();
        await User.FinishAsync("addUserToProject", ("projectid", project), ("username", "dana"), ("roletype", "Regular"));
        await User.RefuseAsync(431, "addUserToProject", ("projectid", project), ("username", "dana"));
        await User.RefuseAsync(431, "addUserToProject", ("projectid", project), ("username", "fin"));
        await User.RefuseAsync(431, "addUserToProject", ("projectid", project), ("username", "erika"), ("roletype", "Boss"));
        var user = Id((await Root.CallAsync("listUsers", ("username", "dana"), ("listall", "true"))).Items.Single());
        Assert.Contains((await User.CallAsync("listProjectAccounts", ("projectid", project))).Items, one => Text(one, "username") == "dana");

        await User.FinishAsync("deleteUserFromProject", ("projectid", project), ("userid", user));

        Assert.Single((await User.CallAsync("listProjectAccounts", ("projectid", project))).Items);
        await User.RefuseAsync(431, "deleteUserFromProject", ("projectid", project), ("userid", user));
    }

    [Fact]
    public async Task Keeps_a_projects_roles_and_their_rules_in_order()
    {
        var project = await StorefrontAsync();
        var role = Id((await User.DoAsync("createProjectRole", ("projectid", project), ("name", "tester"))).Item);
        await User.RefuseAsync(431, "createProjectRole", ("projectid", project), ("name", "tester"));
        await RuleAsync("list*", "allow");
        var second = await RuleAsync("*", "deny");
        await User.RefuseAsync(431, "createProjectRolePermission", ("projectid", project), ("projectroleid", role), ("rule", "*"), ("permission", "deny"));
        await User.RefuseAsync(431, "createProjectRolePermission", ("projectid", project), ("projectroleid", role), ("rule", "x"), ("permission", "maybe"));
        await User.DoAsync("updateProjectRolePermission", ("projectid", project), ("projectroleid", role), ("ruleorder", second));
        Assert.Equal(["*", "list*"], (await User.CallAsync("listProjectRolePermissions", ("projectid", project), ("projectroleid", role))).Items.Select(rule => Text(rule, "rule")));

        await User.FinishAsync("addAccountToProject", ("projectid", project), ("account", "data-team"), ("projectroleid", role));
        await User.RefuseAsync(536, "deleteProjectRole", ("projectid", project), ("id", role));
        await User.FinishAsync("deleteAccountFromProject", ("projectid", project), ("account", "data-team"));
        await User.DoAsync("deleteProjectRole", ("projectid", project), ("id", role));
        Assert.Empty((await User.CallAsync("listProjectRoles", ("projectid", project))).Items);
        await Root.As(TheCloud.Credentials.OtherUser).RefuseAsync(531, "createProjectRole", ("projectid", project), ("name", "mine"));

        async Task<string> RuleAsync(string rule, string permission) => Id((await User.DoAsync(
            "createProjectRolePermission", ("projectid", project), ("projectroleid", role), ("rule", rule), ("permission", permission))).Item);
    }

    private Task<string> StorefrontAsync() => Root.IdOfAsync("listProjects", "Storefront");
}
