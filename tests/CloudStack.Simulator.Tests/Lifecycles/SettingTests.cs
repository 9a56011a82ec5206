namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>Settings, their scopes and groups, and what hypervisors can do.</summary>
public sealed class SettingTests : Scene
{
    private const string Factor = "storage.overprovisioning.factor";

    [Fact]
    public async Task Keeps_a_value_for_each_scope_that_a_setting_has()
    {
        (string, string)[] store = [("storageid", await Root.IdOfAsync("listStoragePools", "fra1-nfs-primary-1"))];
        await SetAsync(Factor, "3.5", ("zoneid", await ZoneAsync()));
        await SetAsync(Factor, "1", store);

        Assert.Equal("2.0", await ValueAsync(Factor));
        Assert.Equal("3.5", await ValueAsync(Factor, ("zoneid", await ZoneAsync())));
        Assert.Equal("2.0", await ValueAsync(Factor, ("zoneid", await ZoneAsync("ams1"))));
        Assert.Equal("1", await ValueAsync(Factor, store));
        await Root.DoAsync("resetConfiguration", [("name", Factor), .. store]);
        Assert.Equal("2.0", await ValueAsync(Factor, store));
        await SetAsync(Factor, "4");
        await Root.DoAsync("resetConfiguration", ("name", Factor));
        Assert.Equal("2.0", await ValueAsync(Factor));
    }

    [Fact]
    public async Task Lists_for_a_place_or_an_owner_what_can_be_set_for_it()
    {
        (string Name, string Value)[] scopes =
        [
            ("zoneid", await ZoneAsync()), ("clusterid", await Root.IdOfAsync("listClusters", "fra1-kvm-1")),
            ("storageid", await Root.IdOfAsync("listStoragePools", "fra1-nfs-primary-1")),
            ("imagestoreuuid", await Root.IdOfAsync("listImageStores", "fra1-secondary-1")),
            ("accountid", await Root.IdOfAsync("listAccounts", "web-team")), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")),
        ];
        foreach (var (scope, expected) in scopes.Zip((string[])["Zone", "Cluster", "StoragePool", "ImageStore", "Account", "Domain"]))
        {
            var listed = (await Root.CallAsync("listConfigurations", scope)).Items;
            Assert.NotEmpty(listed);
            Assert.All(listed, setting => Assert.Contains(expected, Text(setting, "scope")!.Split(',')));
        }

        await Root.RefuseAsync(431, "listConfigurations", scopes[0], scopes[1]);
    }

    [Fact]
    public async Task Refuses_a_scope_that_a_setting_doesnt_have()
    {
        var text = await Root.RefuseAsync(431, "updateConfiguration", ("name", "expunge.delay"), ("value", "60"), ("zoneid", await ZoneAsync()));

        Assert.Contains("scope", text, StringComparison.Ordinal);
        await Root.RefuseAsync(431, "resetConfiguration", ("name", Factor), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")));
    }

    [Theory]
    [InlineData("expunge.delay", "soon")]
    [InlineData("expunge.delay", "1.5")]
    [InlineData("expunge.delay", "-1")]
    [InlineData("expunge.delay", "3000000000")]
    [InlineData("expunge.delay", "")]
    [InlineData("expunge.interval", "0")]
    [InlineData("cpu.overprovisioning.factor", "0.5")]
    [InlineData("cpu.overprovisioning.factor", "NaN")]
    [InlineData("pool.storage.capacity.disablethreshold", "1.01")]
    [InlineData("integration.api.port", "65536")]
    [InlineData("enable.user.2fa", "yes")]
    [InlineData("user.2fa.default.provider", "carrier pigeon")]
    [InlineData("no.such.setting", "1")]
    public async Task Refuses_a_value_that_a_setting_cant_have(string name, string value) =>
        await Root.RefuseAsync(431, "updateConfiguration", ("name", name), ("value", value));

    [Fact]
    public async Task Leaves_a_setting_alone_without_a_value_and_says_which_changes_wait_for_a_restart()
    {
        await Root.DoAsync("updateConfiguration", ("name", "expunge.delay"));
        Assert.Equal("86400", await ValueAsync("expunge.delay"));

        var setting = (await Root.DoAsync("updateConfiguration", ("name", "session.timeout"), ("value", " 60 "))).Item;
        Assert.Equal(("60", "False"), (Text(setting, "value"), Text(setting, "isdynamic")));
    }

    [Fact]
    public async Task Lets_domains_inherit_where_the_cloud_says_so()
    {
        const string Inherited = "user.2fa.issuer";
        await SetAsync(Inherited, "Cloud", ("domainid", await Root.IdOfAsync("listDomains", "ROOT")));
        (string, string)[] domain = [("domainid", await Root.IdOfAsync("listDomains", "Engineering"))];

        Assert.Equal("CloudStack", await ValueAsync(Inherited, domain));
        await SetAsync("enable.domain.settings.for.child.domain", "true");
        Assert.Equal("Cloud", await ValueAsync(Inherited, domain));
    }

    [Fact]
    public async Task Lets_accounts_inherit_from_their_domain_where_the_cloud_says_so()
    {
        const string Inherited = "allow.user.expunge.recover.vm";
        var domain = ("domainid", await Root.IdOfAsync("listDomains", "Engineering"));
        await Root.RefuseAsync(431, "updateConfiguration", ("name", Inherited), ("value", "true"), domain);

        await SetAsync("enable.account.settings.for.domain", "true");
        await SetAsync(Inherited, "true", domain);

        Assert.Equal("true", await ValueAsync(Inherited, ("accountid", await Root.IdOfAsync("listAccounts", "web-team"))));
    }

    [Fact]
    public async Task Groups_the_settings_there_are()
    {
        var groups = (await Root.CallAsync("listConfigurationGroups")).Items;

        Assert.Equal(["Access", "Compute", "Storage", "Network", "Management Server", "Infrastructure", "Usage Server"], groups.Select(group => Text(group, "name")));
        Assert.Contains("Account", groups[0].GetProperty("subgroup").EnumerateArray().Select(subgroup => Text(subgroup, "name")));
        Assert.Equal(["Network"], (await Root.CallAsync("listConfigurationGroups", ("group", "Network"))).Names);
        Assert.All(
            (await Root.CallAsync("listConfigurations", ("group", "Network"), ("subgroup", "DNS"))).Items, setting => Assert.Equal("DNS", Text(setting, "subgroup")));
    }

    [Fact]
    public async Task Changes_what_a_hypervisor_can_do()
    {
        (string, string)[] kvm = [("hypervisor", "KVM"), ("hypervisorversion", "default")];
        var known = (await Root.CallAsync("listHypervisorCapabilities", kvm[0])).Items.Single();

        Assert.Equal("200", Text((await Root.DoAsync("updateHypervisorCapabilities", [.. kvm, ("maxguestslimit", "200")])).Item, "maxguestslimit"));
        await Root.DoAsync("updateHypervisorCapabilities", ("id", Id(known)), ("securitygroupenabled", "false"));
        Assert.Equal("False", Text(await LookAsync("listHypervisorCapabilities", Id(known)), "securitygroupenabled"));
        Assert.Equal(2, (await Root.CallAsync("listHypervisorCapabilities", ("keyword", "vmware"))).Count);
        await Root.RefuseAsync(431, "updateHypervisorCapabilities", [("id", Id(known)), .. kvm]);
        await Root.RefuseAsync(431, "updateHypervisorCapabilities", kvm[0]);
        await Root.RefuseAsync(431, "updateHypervisorCapabilities", kvm[0], ("hypervisorversion", "99"));
        await Root.RefuseAsync(431, "updateHypervisorCapabilities", ("id", Id(known)), ("maxdatavolumeslimit", "-1"));
    }

    [Fact]
    public async Task Says_who_the_cloud_is_and_how_it_places_machines()
    {
        var users = (await Root.CallAsync("listUsers", ("listall", "true"))).Items;
        var (one, again) = ((await Root.CallAsync("getCloudIdentifier", ("userid", Id(users[0])))).Item, (await Root.CallAsync("getCloudIdentifier", ("userid", Id(users[1])))).Item);

        Assert.Equal(Text(one, "cloudidentifier"), Text(again, "cloudidentifier"));
        Assert.NotEqual(Text(one, "signature"), Text(again, "signature"));
        Assert.Contains("FirstFitPlanner", (await Root.CallAsync("listDeploymentPlanners")).Names);
    }

    private async Task SetAsync(string name, string value, params (string, string)[] scope) =>
        await Root.DoAsync("updateConfiguration", [("name", name), ("value", value), .. scope]);

    private async Task<string?> ValueAsync(string name, params (string, string)[] scope) =>
        Text((await Root.CallAsync("listConfigurations", [("name", name), .. scope])).Items.Single(), "value");
}
