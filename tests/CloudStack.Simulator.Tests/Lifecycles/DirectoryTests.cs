namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>LDAP, and the guest operating systems.</summary>
public sealed class DirectoryTests : Scene
{
    [Fact]
    public async Task Finds_and_imports_people_of_the_directory()
    {
        await Root.RefuseAsync(530, "importLdapUsers");
        await ConfigureAsync();
        Assert.Equal(["agarcia"], (await Root.CallAsync("searchLdap", ("query", "garc*"))).Items.Select(one => Text(one, "username")));
        // A user of the cloud has the same name as one of the directory.
        Assert.DoesNotContain((await Root.CallAsync("listLdapUsers", ("listtype", "new"))).Items, one => Text(one, "username") == "dev");

        var finance = await Root.IdOfAsync("listDomains", "Finance");
        Assert.Equal(2, (await Root.DoAsync("importLdapUsers", ("group", "finance"), ("domainid", finance))).Items.Count);

        var user = (await Root.CallAsync("listUsers", ("username", "dmeyer"), ("listall", "true"))).Items.Single();
        Assert.Equal(("ldap", "Finance", "dmeyer"), (Text(user, "usersource"), Text(user, "domain"), Text(user, "account")));
        await Root.RefuseAsync(431, "ldapCreateAccount", ("username", "dmeyer"), ("domainid", finance));
        await Root.RefuseAsync(431, "ldapCreateAccount", ("username", "nobody"));
        Assert.Equal("agarcia", Text((await Root.DoAsync("ldapCreateAccount", ("username", "agarcia"))).Item, "name"));
    }

    [Fact]
    public async Task Links_domains_and_accounts_to_groups()
    {
        await ConfigureAsync();
        var finance = await Root.IdOfAsync("listDomains", "Finance");

        var link = (await Root.DoAsync("linkDomainToLdap", ("domainid", finance), ("accounttype", "0"), ("type", "GROUP"), ("ldapdomain", "finance"), ("admin", "dmeyer"))).Item;

        Assert.Equal("dmeyer", Text(await LookAsync("listAccounts", Text(link, "accountid")!), "name"));
        await Root.DoAsync("linkAccountToLdap", ("domainid", finance), ("account", "clerks"), ("ldapdomain", "finance"));
        Assert.True((await Root.CallAsync("listAccounts", ("listall", "true"), ("name", "clerks"))).Count == 1);
        await Root.RefuseAsync(431, "linkDomainToLdap", ("domainid", finance), ("accounttype", "0"), ("type", "GROUP"), ("ldapdomain", "nobody"));
        await Root.RefuseAsync(431, "linkDomainToLdap", ("domainid", finance), ("accounttype", "0"), ("type", "TREE"), ("ldapdomain", "finance"));
    }

    [Fact]
    public async Task Keeps_one_configuration_of_each_server()
    {
        await ConfigureAsync();
        await Root.RefuseAsync(431, "addLdapConfiguration", ("hostname", "ldap.example"), ("port", "389"));
        await Root.RefuseAsync(431, "addLdapConfiguration", ("hostname", "ldap.example"), ("port", "70000"));
        Assert.Single((await Root.CallAsync("listLdapConfigurations")).Items);
        await Root.DoAsync("deleteLdapConfiguration", ("hostname", "ldap.example"));
        await Root.RefuseAsync(431, "deleteLdapConfiguration", ("hostname", "ldap.example"));
    }

    [Fact]
    public async Task Takes_guest_systems_and_their_names_on_hypervisors()
    {
        var category = await Root.IdOfAsync("listOsCategories", "Debian");
        var system = Id(await Root.FinishAsync("addGuestOs", ("oscategoryid", category), ("osdisplayname", "Debian 13")));
        await Root.RefuseAsync(431, "addGuestOs", ("oscategoryid", category), ("osdisplayname", "Debian 13"));
        (string, string)[] mapping = [("ostypeid", system), ("hypervisor", "kvm"), ("hypervisorversion", "default"), ("osnameforhypervisor", "debian13")];
        await Root.FinishAsync("addGuestOsMapping", mapping);
        await Root.RefuseAsync(431, "addGuestOsMapping", mapping);
        await Root.FinishAsync("addGuestOsMapping", [.. mapping, ("forced", "true")]);
        Assert.Single((await Root.CallAsync("listGuestOsMapping", ("ostypeid", system))).Items);
        await Root.RefuseAsync(431, "deleteOsCategory", ("id", category));
        await Root.FinishAsync("removeGuestOs", ("id", system));
        Assert.Empty((await Root.CallAsync("listGuestOsMapping", ("ostypeid", system))).Items);
        var debian = (await Root.CallAsync("listOsTypes", ("oscategoryid", category))).Items[0];
        await Root.RefuseAsync(431, "removeGuestOs", ("id", Id(debian)));
    }

    private Task<Support.Reply> ConfigureAsync() => Root.DoAsync("addLdapConfiguration", ("hostname", "ldap.example"), ("port", "389"));
}
