namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>What a project role lets a member do in the project.</summary>
public sealed class ProjectAccessTests : Scene
{
    [Fact]
    public async Task Lets_a_member_do_what_the_rules_say_in_their_order()
    {
        var (project, dana) = (await Root.IdOfAsync("listProjects", "Storefront"), await KnownUserAsync("dana"));
        var role = await RoleAsync(project, ("listVirtualMachines", "allow"), ("list*", "deny"), ("createVolume", "deny"));
        await User.FinishAsync("addAccountToProject", ("projectid", project), ("account", "data-team"), ("projectroleid", role));

        Assert.Equal(["shop-01"], (await dana.CallAsync("listVirtualMachines", ("projectid", project))).Names);
        Assert.Contains("Storefront", await dana.RefuseAsync(432, "listNetworks", ("projectid", project)), StringComparison.Ordinal);
        await dana.RefuseAsync(
            432, "createVolume", ("projectid", project), ("name", "v"), ("zoneid", await ZoneAsync()),
            ("diskofferingid", await Root.IdOfAsync("listDiskOfferings", "Disk 20 GB")));
        // What no rule names is allowed, and outside of the project the rules don't count.
        await dana.DoAsync("createInstanceGroup", ("projectid", project), ("name", "theirs"));
        Assert.Equal(200, (await dana.CallAsync("listNetworks")).Status);
    }

    [Fact]
    public async Task Binds_no_administrator_of_the_project_or_above()
    {
        var project = await Root.IdOfAsync("listProjects", "Storefront");
        var role = await RoleAsync(project, ("*", "deny"));
        var dana = await KnownUserAsync("dana");
        await User.FinishAsync("addAccountToProject", ("projectid", project), ("account", "data-team"), ("projectroleid", role), ("roletype", "Admin"));

        foreach (var caller in new[] { Root, Root.As(TheCloud.Credentials.DomainAdmin), User, dana })
        {
            Assert.Equal(200, (await caller.CallAsync("listNetworks", ("projectid", project))).Status);
        }
    }

    [Fact]
    public async Task Keeps_users_out_whose_account_has_another_user_in_the_project()
    {
        var project = await Root.IdOfAsync("listProjects", "Storefront");
        await Root.DoAsync(
            "createUser", ("account", "data-team"), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")), ("username", "dirk"),
            ("password", "p"), ("firstname", "D"), ("lastname", "K"), ("email", "dirk@engineering.example"));
        await User.FinishAsync("addUserToProject", ("projectid", project), ("username", "dana"));

        Assert.Equal(200, (await (await KnownUserAsync("dana")).CallAsync("listVirtualMachines", ("projectid", project))).Status);
        await (await KnownUserAsync("dirk")).RefuseAsync(432, "listVirtualMachines", ("projectid", project));
    }

    private async Task<string> RoleAsync(string project, params (string Rule, string Permission)[] rules)
    {
        var role = Id((await User.DoAsync("createProjectRole", ("projectid", project), ("name", "tester"))).Item);
        foreach (var (rule, permission) in rules)
        {
            await User.DoAsync(
                "createProjectRolePermission", ("projectid", project), ("projectroleid", role), ("rule", rule), ("permission", permission));
        }

        return role;
    }
}
