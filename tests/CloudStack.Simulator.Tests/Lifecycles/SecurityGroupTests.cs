namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class SecurityGroupTests : Scene
{
    [Fact]
    public async Task Has_a_name_of_its_own_and_one_owner()
    {
        var id = await NewAsync("web");

        await User.RefuseAsync(431, "createSecurityGroup", ("name", "web"));
        await Root.As(TheCloud.Credentials.OtherUser).RefuseAsync(531, "deleteSecurityGroup", ("id", id));
        await Root.DoAsync("updateSecurityGroup", ("id", id), ("name", "front"));
        Assert.Equal("front", Text((await User.CallAsync("listSecurityGroups", ("securitygroupname", "front"))).Items.Single(), "name"));
        Assert.Empty((await Root.As(TheCloud.Credentials.OtherUser).CallAsync("listSecurityGroups", ("listall", "true"))).Items);
    }

    [Fact]
    public async Task Lets_in_what_its_rules_say_until_they_are_revoked()
    {
        var id = await NewAsync("web");
        (string, string)[] rule = [("securitygroupid", id), ("protocol", "tcp"), ("startport", "80"), ("endport", "81"), ("cidrlist", "192.0.2.0/24,198.51.100.0/24")];
        var group = await User.FinishAsync("authorizeSecurityGroupIngress", rule);
        Assert.Equal(2, group.GetProperty("ingressrule").GetArrayLength());
        Assert.Contains("SG.AUTH.INGRESS", (await Root.CallAsync("listEvents", ("type", "SG.AUTH.INGRESS"), ("listall", "true"))).Body, StringComparison.Ordinal);

        await User.RefuseAsync(431, "authorizeSecurityGroupIngress", rule);
        await User.RefuseAsync(431, "revokeSecurityGroupEgress", ("id", Text(group.GetProperty("ingressrule")[0], "ruleid")!));
        await User.FinishAsync("revokeSecurityGroupIngress", ("id", Text(group.GetProperty("ingressrule")[0], "ruleid")!));
        Assert.Single((await LookAsync("listSecurityGroups", id)).GetProperty("ingressrule").EnumerateArray());
    }

    [Theory]
    [InlineData("tcp", "startport", "0")]
    [InlineData("tcp", "startport", "90")]
    [InlineData("all", "startport", "80")]
    [InlineData("icmp", "icmptype", "256")]
    [InlineData("bogus", "startport", "80")]
    public async Task Refuses_ports_that_are_none(string protocol, string field, string value)
    {
        var id = await NewAsync("web");
        await User.RefuseAsync(
            431, "authorizeSecurityGroupEgress", ("securitygroupid", id), ("protocol", protocol), (field, value), ("endport", "80"), ("cidrlist", "192.0.2.0/24"));
    }

    [Fact]
    public async Task Stays_while_another_group_lets_it_in()
    {
        var (web, data) = (await NewAsync("web"), await NewAsync("data"));
        await User.RefuseAsync(431, "authorizeSecurityGroupIngress", ("securitygroupid", data), ("protocol", "all"));
        await User.FinishAsync(
            "authorizeSecurityGroupIngress", ("securitygroupid", data), ("protocol", "all"),
            ("usersecuritygrouplist[0].account", "web-team"), ("usersecuritygrouplist[0].group", "web"));

        await User.RefuseAsync(536, "deleteSecurityGroup", ("id", web));
        await User.DoAsync("deleteSecurityGroup", ("id", data));
        await User.DoAsync("deleteSecurityGroup", ("id", web));
    }

    [Fact]
    public async Task Stays_while_machines_are_in_it()
    {
        var id = await NewAsync("web");
        await User.RefuseAsync(431, "deployVirtualMachine", await DeploymentAsync(("name", "open"), ("securitygroupids", id)));
        var zone = await ZoneAsync();
        TheCloud.Store.Find(zone)!["securitygroupsenabled"] = true;
        var machine = await User.FinishAsync("deployVirtualMachine", await DeploymentAsync(("name", "guarded"), ("securitygroupids", id)));

        Assert.Equal(Id(machine), (await LookAsync("listSecurityGroups", id)).GetProperty("virtualmachineids")[0].GetString());
        await User.RefuseAsync(536, "deleteSecurityGroup", ("id", id));
        await Root.FinishAsync("destroyVirtualMachine", ("id", Id(machine)), ("expunge", "true"));
        await User.DoAsync("deleteSecurityGroup", ("id", id));
    }

    private async Task<string> NewAsync(string name) => Id((await User.DoAsync("createSecurityGroup", ("name", name))).Item);
}
