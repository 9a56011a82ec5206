namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class VpnTests : Scene
{
    private static readonly (string Name, string Value)[] FarEnd =
    [
        ("name", "branch"), ("gateway", "192.0.2.10"), ("cidrlist", "10.70.0.0/16,10.71.0.0/16"), ("ipsecpsk", "not-a-real-key"),
        ("ikepolicy", "aes256-sha256;modp2048"), ("esppolicy", "aes256-sha256"),
    ];

    [Fact]
    public async Task Lets_people_in_by_the_source_address()
    {
        var source = await SourceAsync();
        var vpn = await User.FinishAsync("createRemoteAccessVpn", ("publicipid", source));

        Assert.Equal(("Running", "10.1.2.1-10.1.2.8", 24), (Text(vpn, "state"), Text(vpn, "iprange"), Text(vpn, "presharedkey")!.Length));
        Assert.Equal(3, (await User.CallAsync("listFirewallRules", ("ipaddressid", source))).Count);
        Assert.Single((await User.CallAsync("listRemoteAccessVpns", ("networkid", await NetworkAsync("web-net")))).Items);
        await User.RefuseAsync(431, "createRemoteAccessVpn", ("publicipid", source));
        Assert.Contains("VPN.REMOTE.ACCESS.CREATE", (await User.CallAsync("listEvents")).Body, StringComparison.Ordinal);

        await User.FinishAsync("deleteRemoteAccessVpn", ("publicipid", source));
        Assert.Empty((await User.CallAsync("listFirewallRules", ("ipaddressid", source))).Items);
        await User.RefuseAsync(431, "deleteRemoteAccessVpn", ("publicipid", source));
    }

    [Fact]
    public async Task Refuses_a_vpn_that_cannot_work()
    {
        var source = await SourceAsync();
        Assert.Contains("source NAT", await User.RefuseAsync(431, "createRemoteAccessVpn", ("publicipid", await AddressAsync())), StringComparison.Ordinal);
        await User.RefuseAsync(431, "createRemoteAccessVpn", ("publicipid", source), ("iprange", "10.1.2.8-10.1.2.1"));
        await User.RefuseAsync(431, "createRemoteAccessVpn", ("publicipid", source), ("iprange", "10.1.1.200-10.1.1.210"));
        await Root.As(TheCloud.Credentials.OtherUser).RefuseAsync(531, "createRemoteAccessVpn", ("publicipid", source));
        await User.FinishAsync("createFirewallRule", ("ipaddressid", source), ("protocol", "udp"), ("startport", "400"), ("endport", "600"));
        await User.RefuseAsync(537, "createRemoteAccessVpn", ("publicipid", source));
        Assert.Equal("Running", Text(await User.FinishAsync("createRemoteAccessVpn", ("publicipid", source), ("openfirewall", "false")), "state"));
    }

    [Fact]
    public async Task Knows_its_users_by_name()
    {
        var user = await User.FinishAsync("addVpnUser", ("username", "erin"), ("password", "open-sesame"));
        Assert.Equal(("Active", "web-team"), (Text(user, "state"), Text(user, "account")));
        Assert.DoesNotContain("open-sesame", user.ToString(), StringComparison.Ordinal);
        await User.RefuseAsync(431, "addVpnUser", ("username", "erin"), ("password", "open-sesame"));
        await User.RefuseAsync(431, "addVpnUser", ("username", "e"), ("password", "open-sesame"));
        await User.RefuseAsync(431, "addVpnUser", ("username", "mallory"), ("password", "open sesame"));
        Assert.Empty((await Root.As(TheCloud.Credentials.OtherUser).CallAsync("listVpnUsers", ("listall", "true"))).Items);
        for (var i = 1; i < 8; i++)
        {
            await User.FinishAsync("addVpnUser", ("username", $"user-{i}"), ("password", "open-sesame"));
        }

        await User.RefuseAsync(535, "addVpnUser", ("username", "one-too-many"), ("password", "open-sesame"));
        await User.FinishAsync("removeVpnUser", ("username", "erin"));
        await User.RefuseAsync(431, "removeVpnUser", ("username", "erin"));
    }

    [Theory]
    [InlineData("gateway", "not a host")]
    [InlineData("cidrlist", "10.70.0.0")]
    [InlineData("ikepolicy", "aes256-sha256")]
    [InlineData("esppolicy", "rot13-md5")]
    [InlineData("ikelifetime", "90000")]
    [InlineData("ikeversion", "ikev3")]
    public async Task Refuses_far_ends_that_no_tunnel_can_reach(string name, string value) =>
        await User.RefuseAsync(431, "createVpnCustomerGateway", [.. FarEnd.Where(term => term.Name != name), (name, value)]);

    [Fact]
    public async Task Joins_two_sites()
    {
        var (near, far) = await EndsAsync();
        var tunnel = await User.FinishAsync("createVpnConnection", ("s2svpngatewayid", near), ("s2scustomergatewayid", far));

        Assert.Equal(("Connected", "192.0.2.10", "86400"), (Text(tunnel, "state"), Text(tunnel, "gateway"), Text(tunnel, "ikelifetime")));
        await User.RefuseAsync(431, "createVpnConnection", ("s2svpngatewayid", near), ("s2scustomergatewayid", far));
        await User.FinishAsync("updateVpnCustomerGateway", [.. FarEnd.Where(term => term.Name != "gateway"), ("gateway", "192.0.2.20"), ("id", far)]);
        Assert.Equal("192.0.2.20", Text(await LookAsync("listVpnConnections", Id(tunnel)), "gateway"));
        Assert.Equal("Connected", Text(await User.FinishAsync("resetVpnConnection", ("id", Id(tunnel))), "state"));

        await User.FailAsync(431, "deleteVpnGateway", ("id", near));
        await User.FailAsync(431, "deleteVpnCustomerGateway", ("id", far));
        await User.FinishAsync("deleteVpnConnection", ("id", Id(tunnel)));
        await User.FinishAsync("deleteVpnGateway", ("id", near));
        await User.FinishAsync("deleteVpnCustomerGateway", ("id", far));
    }

    [Fact]
    public async Task Waits_for_the_other_site_where_it_is_passive()
    {
        var (near, far) = await EndsAsync();
        var tunnel = await User.FinishAsync("createVpnConnection", ("s2svpngatewayid", near), ("s2scustomergatewayid", far), ("passive", "true"));

        Assert.Equal("Disconnected", Text(tunnel, "state"));
    }

    [Fact]
    public async Task Refuses_sites_whose_networks_overlap()
    {
        var (near, far) = await EndsAsync();
        await User.FinishAsync("createVpnConnection", ("s2svpngatewayid", near), ("s2scustomergatewayid", far));
        var again = await FarEndAsync(("name", "again"), ("cidrlist", "10.71.5.0/24"));
        var inside = await FarEndAsync(("name", "inside"), ("cidrlist", "10.8.9.0/24"));

        await User.RefuseAsync(431, "createVpnConnection", ("s2svpngatewayid", near), ("s2scustomergatewayid", again));
        await User.RefuseAsync(431, "createVpnConnection", ("s2svpngatewayid", near), ("s2scustomergatewayid", inside));
        await User.RefuseAsync(431, "createVpnCustomerGateway", FarEnd);
        await Root.RefuseAsync(431, "createVpnConnection", ("s2svpngatewayid", near), ("s2scustomergatewayid", Id(await Root.FinishAsync("createVpnCustomerGateway", FarEnd))));
    }

    [Fact]
    public async Task Has_one_gateway_a_vpc_that_goes_with_it()
    {
        var (near, far) = await EndsAsync();
        await User.FinishAsync("createVpnConnection", ("s2svpngatewayid", near), ("s2scustomergatewayid", far));
        var vpc = Text(await LookAsync("listVpnGateways", near), "vpcid")!;
        await User.RefuseAsync(431, "createVpnGateway", ("vpcid", vpc));

        await User.FinishAsync("deleteVPC", ("id", vpc));

        Assert.Empty((await User.CallAsync("listVpnGateways")).Items);
        Assert.Empty((await User.CallAsync("listVpnConnections")).Items);
        Assert.Single((await User.CallAsync("listVpnCustomerGateways")).Items);
    }

    private async Task<string> SourceAsync() => Id((await User.CallAsync("listPublicIpAddresses", ("issourcenat", "true"))).Items.Single());

    private async Task<string> FarEndAsync(params (string Name, string Value)[] odd) => Id(await User.FinishAsync(
        "createVpnCustomerGateway", [.. FarEnd.ExceptBy(odd.Select(term => term.Name), term => term.Name), .. odd]));

    private async Task<(string Near, string Far)> EndsAsync()
    {
        var vpc = Id(await User.FinishAsync(
            "createVPC", ("name", "vpc"), ("cidr", "10.8.0.0/16"), ("zoneid", await ZoneAsync()),
            ("vpcofferingid", await Root.IdOfAsync("listVPCOfferings", "Default VPC offering"))));
        return (Id(await User.FinishAsync("createVpnGateway", ("vpcid", vpc))), await FarEndAsync());
    }
}
