namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class AccessTests : Scene
{
    private static readonly (string, string)[] Person = [("password", "p"), ("email", "e@x.example"), ("firstname", "F"), ("lastname", "L")];

    [Fact]
    public async Task Makes_an_account_with_its_first_user()
    {
        var domain = await Root.IdOfAsync("listDomains", "Engineering");
        var account = (await Root.DoAsync("createAccount", [.. Person, ("username", "nia"), ("accounttype", "0"), ("domainid", domain)])).Item;

        Assert.Equal(("nia", "User", "ROOT/Engineering"), (Text(account, "name"), Text(account, "rolename"), Text(account, "domainpath")));
        Assert.Equal("nia", Text(account.GetProperty("user")[0], "username"));
        Assert.DoesNotContain("password", account.GetRawText(), StringComparison.Ordinal);
        await Root.RefuseAsync(431, "createAccount", [.. Person, ("username", "nia"), ("accounttype", "0"), ("domainid", domain)]);
        await Root.RefuseAsync(431, "createAccount", [.. Person, ("username", "other")]);
        await Root.As(TheCloud.Credentials.DomainAdmin).RefuseAsync(531, "createAccount", [.. Person, ("username", "evil"), ("accounttype", "1"), ("domainid", domain)]);
    }

    [Fact]
    public async Task Stops_a_disabled_accounts_machines()
    {
        var account = await Root.FinishAsync("disableAccount", ("id", await Root.IdOfAsync("listAccounts", "data-team")), ("lock", "false"));

        Assert.Equal(("disabled", "0", "4"), (Text(account, "state"), Text(account, "vmrunning"), Text(account, "vmstopped")));
        await Root.RefuseAsync(531, "disableAccount", ("id", await Root.IdOfAsync("listAccounts", "admin")), ("lock", "true"));
    }

    [Fact]
    public async Task Deletes_an_account_with_all_it_owns()
    {
        var id = await Root.IdOfAsync("listAccounts", "web-team");
        await Root.FinishAsync("deleteAccount", ("id", id));

        foreach (var list in (string[])["listAccounts", "listUsers", "listVirtualMachines", "listVolumes", "listNetworks", "listPublicIpAddresses", "listAffinityGroups", "listTags", "listRouters"])
        {
            Assert.DoesNotContain("web-team", (await Root.CallAsync(list, ("listall", "true"))).Body, StringComparison.Ordinal);
        }

        Assert.Equal(401, (await User.CallAsync("listZones")).Status);
    }

    [Fact]
    public async Task Moves_disables_and_deletes_users()
    {
        var ops = Id((await Root.CallAsync("listUsers", ("username", "ops"), ("listall", "true"))).Items.Single());
        await Root.DoAsync("moveUser", ("id", ops), ("accountid", await Root.IdOfAsync("listAccounts", "data-team")));
        Assert.Equal("data-team", Text(await LookAsync("listUsers", ops), "account"));
        Assert.Equal("disabled", Text(await Root.FinishAsync("disableUser", ("id", ops)), "state"));
        await Root.DoAsync("deleteUser", ("id", ops));
        Assert.False(await ExistsAsync("listUsers", ops));
        await Root.RefuseAsync(431, "moveUser", ("id", Id((await Root.CallAsync("listUsers", ("username", "fin"), ("listall", "true"))).Items.Single())), ("accountid", await Root.IdOfAsync("listAccounts", "data-team")));
    }

    [Fact]
    public async Task Wants_the_present_password_of_a_user_who_changes_it()
    {
        var id = Id((await User.CallAsync("listUsers", ("username", "dev"))).Items.Single());

        await User.RefuseAsync(431, "updateUser", ("id", id), ("password", "new"));
        await User.RefuseAsync(431, "updateUser", ("id", id), ("password", "new"), ("currentpassword", "wrong"));
        await User.DoAsync("updateUser", ("id", id), ("password", "new"), ("currentpassword", "password"));
        await Root.RefuseAsync(431, "updateUser", ("id", id), ("username", "ops"));
    }

    [Fact]
    public async Task Moves_renames_and_deletes_domains_with_those_below()
    {
        var engineering = await Root.IdOfAsync("listDomains", "Engineering");
        var lab = Id((await Root.DoAsync("createDomain", ("name", "Lab"), ("parentdomainid", engineering))).Item);
        await Root.DoAsync("updateDomain", ("id", engineering), ("name", "Technik"));
        Assert.Equal(("ROOT/Technik/Lab", "2"), await PathAsync(lab));
        await Root.RefuseAsync(431, "moveDomain", ("domainid", engineering), ("parentdomainid", lab));
        await Root.DoAsync("moveDomain", ("domainid", lab), ("parentdomainid", await Root.IdOfAsync("listDomains", "Finance")));
        Assert.Equal(("ROOT/Finance/Lab", "2"), await PathAsync(lab));
        await Root.RefuseAsync(431, "createDomain", ("name", "Finance"));

        var finance = await Root.IdOfAsync("listDomains", "Finance");
        await Root.FailAsync(536, "deleteDomain", ("id", finance));
        await Root.FinishAsync("deleteDomain", ("id", finance), ("cleanup", "true"));

        Assert.False(await ExistsAsync("listDomains", lab));
        Assert.DoesNotContain("ledger", (await Root.CallAsync("listVirtualMachines", ("listall", "true"))).Body, StringComparison.Ordinal);

        async Task<(string?, string?)> PathAsync(string id) => (Text(await LookAsync("listDomains", id), "path"), Text(await LookAsync("listDomains", id), "level"));
    }

    [Fact]
    public async Task Shares_a_project_suspends_and_deletes_it()
    {
        var project = await Root.IdOfAsync("listProjects", "Storefront");
        var dana = Root.As(TheCloud.Credentials.DomainAdmin);
        await User.FinishAsync("addAccountToProject", ("projectid", project), ("account", "data-team"));
        await User.RefuseAsync(431, "addAccountToProject", ("projectid", project), ("account", "data-team"));
        await User.RefuseAsync(431, "addAccountToProject", ("projectid", project), ("account", "ledger"));
        Assert.Equal(2, (await User.CallAsync("listProjectAccounts", ("projectid", project))).Count);
        await User.RefuseAsync(431, "deleteAccountFromProject", ("projectid", project), ("account", "web-team"));
        await User.FinishAsync("deleteAccountFromProject", ("projectid", project), ("account", "data-team"));

        Assert.Equal(("Suspended", "0"), await SuspendAsync());
        await User.RefuseAsync(531, "deployVirtualMachine", await DeploymentAsync(("projectid", project)));
        await dana.FinishAsync("activateProject", ("id", project));
        await User.FailAsync(536, "deleteProject", ("id", project));
        await User.FinishAsync("deleteProject", ("id", project), ("cleanup", "true"));
        Assert.Empty((await Root.CallAsync("listVirtualMachines", ("projectid", "-1"))).Items);

        async Task<(string?, string?)> SuspendAsync()
        {
            var suspended = await User.FinishAsync("suspendProject", ("id", project));
            return (Text(suspended, "state"), Text(suspended, "vmrunning"));
        }
    }

    [Fact]
    public async Task Protects_default_roles_and_those_in_use()
    {
        var user = await Root.IdOfAsync("listRoles", "User");
        await Root.RefuseAsync(531, "updateRole", ("id", user), ("name", "x"));
        await Root.RefuseAsync(531, "createRolePermission", ("roleid", user), ("rule", "*"), ("permission", "allow"));
        var copy = Id((await Root.DoAsync("createRole", ("name", "Copy"), ("roleid", user))).Item);
        await Root.DoAsync("createRolePermission", ("roleid", copy), ("rule", "a*"), ("permission", "allow"));
        var second = (await Root.DoAsync("createRolePermission", ("roleid", copy), ("rule", "b*"), ("permission", "deny"))).Item;
        await Root.DoAsync("updateRolePermission", ("roleid", copy), ("ruleorder", Id(second)));
        Assert.Equal(["b*", "a*"], (await Root.CallAsync("listRolePermissions", ("roleid", copy))).Items.Select(rule => Text(rule, "rule")));
        await Root.RefuseAsync(431, "createRolePermission", ("roleid", copy), ("rule", "c*"), ("permission", "maybe"));

        await Root.DoAsync("updateAccount", ("id", await Root.IdOfAsync("listAccounts", "ledger")), ("roleid", copy));
        await Root.RefuseAsync(536, "deleteRole", ("id", copy));
    }
}
