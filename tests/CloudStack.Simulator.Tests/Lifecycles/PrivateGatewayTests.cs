namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class PrivateGatewayTests : Scene
{
    [Fact]
    public async Task Leads_out_of_a_vpc_as_long_as_routes_need_it()
    {
        var gateway = await CreateAsync();
        Assert.Equal(("Ready", "data-team", "default_deny"), (Text(gateway, "state"), Text(gateway, "account"), Text(gateway, "aclname")));
        var route = await Root.FinishAsync("createStaticRoute", ("gatewayid", Id(gateway)), ("cidr", "172.20.0.0/16"));
        Assert.Equal(("Active", "10.99.0.1"), (Text(route, "state"), Text(route, "nexthop")));

        Assert.Contains("1 static routes", await Root.FailAsync(530, "deletePrivateGateway", ("id", Id(gateway))), StringComparison.Ordinal);
        await Root.FinishAsync("deleteStaticRoute", ("id", Id(route)));
        await Root.FinishAsync("deletePrivateGateway", ("id", Id(gateway)));
        Assert.Empty((await Root.CallAsync("listPrivateGateways", ("listall", "true"))).Items);
    }

    [Theory]
    [InlineData("ipaddress", "10.99.1.2")]
    [InlineData("gateway", "10.99")]
    [InlineData("netmask", "255.0.255.0")]
    [InlineData("vlan", "")]
    public async Task Is_refused_where_it_leads_nowhere(string name, string value) =>
        await Root.RefuseAsync(431, "createPrivateGateway", await TermsAsync((name, value)));

    [Fact]
    public async Task Takes_each_address_once_and_another_list()
    {
        var gateway = await CreateAsync();
        await Root.RefuseAsync(431, "createPrivateGateway", await TermsAsync());
        var open = await Root.IdOfAsync("listNetworkACLLists", "default_allow");

        await Root.FinishAsync("replaceNetworkACLList", ("aclid", open), ("gatewayid", Id(gateway)));

        Assert.Equal("default_allow", Text(await LookAsync("listPrivateGateways", Id(gateway)), "aclname"));
    }

    [Fact]
    public async Task Routes_only_where_nothing_else_does()
    {
        var gateway = Id(await CreateAsync());
        var vpc = await Root.IdOfAsync("listVPCs", "data-vpc");
        await Root.FinishAsync("createStaticRoute", ("vpcid", vpc), ("nexthop", "10.20.1.9"), ("cidr", "172.20.0.0/16"));

        await Root.RefuseAsync(537, "createStaticRoute", ("gatewayid", gateway), ("cidr", "172.20.5.0/24"));
        await Root.RefuseAsync(431, "createStaticRoute", ("gatewayid", gateway), ("cidr", "10.20.5.0/24"));
        await Root.RefuseAsync(431, "createStaticRoute", ("gatewayid", gateway), ("cidr", "169.254.3.0/24"));
        await Root.RefuseAsync(431, "createStaticRoute", ("cidr", "172.21.0.0/16"));
        await Root.RefuseAsync(431, "createStaticRoute", ("gatewayid", gateway), ("nexthop", "10.20.1.9"), ("cidr", "172.21.0.0/16"));
        Assert.Empty((await User.CallAsync("listStaticRoutes", ("listall", "true"))).Items);
    }

    private async Task<System.Text.Json.JsonElement> CreateAsync() => await Root.FinishAsync("createPrivateGateway", await TermsAsync());

    private async Task<(string Name, string Value)[]> TermsAsync(params (string Name, string Value)[] odd)
    {
        (string Name, string Value)[] usual =
        [
            ("vpcid", await Root.IdOfAsync("listVPCs", "data-vpc")), ("gateway", "10.99.0.1"), ("ipaddress", "10.99.0.2"),
            ("netmask", "255.255.255.0"), ("vlan", "900"),
        ];
        return [.. usual.ExceptBy(odd.Select(term => term.Name), term => term.Name), .. odd];
    }
}
