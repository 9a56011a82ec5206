namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class NetworkSharingTests : Scene
{
    [Fact]
    public async Task Lets_others_use_a_network_and_do_nothing_else_to_it()
    {
        var network = await NetworkAsync("data-net");
        (string Name, string Value)[] permission = [("networkid", network), ("accounts", "web-team")];
        await User.RefuseAsync(531, "deployVirtualMachine", await MachineTermsAsync(network));
        await Root.DoAsync("createNetworkPermissions", permission);
        Assert.Equal("web-team", Text((await Root.CallAsync("listNetworkPermissions", ("networkid", network))).Items.Single(), "account"));

        Assert.Equal(["data-net"], (await User.CallAsync("listNetworks", ("networkfilter", "shared"))).Names);
        Assert.DoesNotContain("data-net", (await User.CallAsync("listNetworks", ("networkfilter", "account"))).Names);
        await User.FinishAsync("deployVirtualMachine", await MachineTermsAsync(network));
        await User.RefuseAsync(531, "restartNetwork", ("id", network));
        await User.RefuseAsync(531, "createNetworkPermissions", permission);

        await Root.DoAsync("removeNetworkPermissions", permission);
        Assert.Empty((await User.CallAsync("listNetworks", ("networkfilter", "shared"))).Items);
        await User.RefuseAsync(531, "addNicToVirtualMachine", ("virtualmachineid", await MachineAsync("web-01")), ("networkid", network));
    }

    [Fact]
    public async Task Shares_only_what_is_an_accounts_own_with_accounts_of_its_domain()
    {
        var network = await NetworkAsync("web-net");
        await User.RefuseAsync(431, "createNetworkPermissions", ("networkid", network), ("accounts", "ledger"));
        await User.RefuseAsync(431, "createNetworkPermissions", ("networkid", network), ("accounts", "web-team"));
        await User.RefuseAsync(431, "createNetworkPermissions", ("networkid", network));
        await Root.RefuseAsync(431, "createNetworkPermissions", ("networkid", await NetworkAsync("shared-services")), ("accounts", "admin"));
        await Root.RefuseAsync(431, "createNetworkPermissions", ("networkid", await NetworkAsync("data-loaders")), ("accounts", "web-team"));
        await Root.RefuseAsync(431, "listNetworks", ("networkfilter", "pretty"));

        await User.DoAsync("createNetworkPermissions", ("networkid", network), ("accounts", "data-team"), ("projectids", await Root.IdOfAsync("listProjects", "Storefront")));
        Assert.Equal(2, (await User.CallAsync("listNetworkPermissions", ("networkid", network))).Count);
        await User.DoAsync("resetNetworkPermissions", ("networkid", network));
        Assert.Empty((await User.CallAsync("listNetworkPermissions", ("networkid", network))).Items);
    }

    [Fact]
    public async Task Migrates_a_network_to_an_offering_that_can_do_what_it_uses()
    {
        var network = await NetworkAsync("web-net");
        var poor = await NetworkOfferingAsync("Dhcp,Dns,SourceNat");
        Assert.Contains("lacks the service", await Root.FailAsync(431, "migrateNetwork", ("networkid", network), ("networkofferingid", poor)), StringComparison.Ordinal);
        await Root.FailAsync(431, "migrateNetwork", ("networkid", await NetworkAsync("shared-services")), ("networkofferingid", poor));
        await Root.FailAsync(431, "migrateNetwork", ("networkid", network), ("networkofferingid", await Root.IdOfAsync("listNetworkOfferings", "DefaultIsolatedNetworkOfferingForVpcNetworks")));

        var data = await NetworkAsync("data-net");
        var former = (await Root.CallAsync("listRouters", ("networkid", data), ("listall", "true"))).Items.Single();
        var moved = await Root.FinishAsync("migrateNetwork", ("networkid", data), ("networkofferingid", poor));

        Assert.Equal("Dhcp,Dns,SourceNat", Text(moved, "networkofferingname"));
        Assert.False(await ExistsAsync("listRouters", Id(former)));
        await Root.FailAsync(431, "migrateNetwork", ("networkid", data), ("networkofferingid", poor));
    }

    [Fact]
    public async Task Knows_protocols_by_number()
    {
        var protocols = (await User.CallAsync("listNetworkProtocols", ("option", "protocolnumber"))).Items;
        Assert.Equal("TCP", Text(protocols.Single(protocol => Text(protocol, "index") == "6"), "name"));
        var types = (await User.CallAsync("listNetworkProtocols", ("option", "icmptype"))).Items;
        Assert.Equal("Port unreachable", types.Single(type => Text(type, "index") == "3").GetProperty("details").GetProperty("3").GetString());
        await User.RefuseAsync(431, "listNetworkProtocols", ("option", "colour"));
    }

    [Fact]
    public async Task Puts_a_vpcs_address_before_the_tier_that_its_rules_are_for()
    {
        var (vpc, tier) = (await Root.IdOfAsync("listVPCs", "data-vpc"), await NetworkAsync("data-loaders"));
        var machine = Id(await Root.FinishAsync(
            "deployVirtualMachine", [.. await DeploymentAsync(("name", "loader"), ("networkids", tier)), ("account", "data-team"), ("domainid", await Root.IdOfAsync("listDomains", "Engineering"))]));
        var address = Id(await Root.FinishAsync("associateIpAddress", ("vpcid", vpc)));
        (string Name, string Value)[] rule =
            [("ipaddressid", address), ("virtualmachineid", machine), ("protocol", "tcp"), ("publicport", "22"), ("privateport", "22")];
        await Root.RefuseAsync(431, "createPortForwardingRule", rule);
        await Root.RefuseAsync(431, "createFirewallRule", ("ipaddressid", address), ("protocol", "tcp"), ("startport", "22"));

        var made = await Root.FinishAsync("createPortForwardingRule", [.. rule, ("networkid", tier)]);

        Assert.Equal("data-loaders", Text(await LookAsync("listPublicIpAddresses", address), "associatednetworkname"));
        await Root.FinishAsync("deletePortForwardingRule", ("id", Id(made)));
        Assert.Null(Text(await LookAsync("listPublicIpAddresses", address), "associatednetworkid"));
        await Root.DoAsync("enableStaticNat", ("ipaddressid", address), ("virtualmachineid", machine), ("networkid", tier));
        await Root.FinishAsync("destroyVirtualMachine", ("id", machine), ("expunge", "true"));
        await Root.FinishAsync("deleteNetwork", ("id", tier));
        Assert.Equal(vpc, Text(await LookAsync("listPublicIpAddresses", address), "vpcid"));
    }

    private async Task<string> NetworkOfferingAsync(string services) => Id((await Root.DoAsync(
        "createNetworkOffering", ("name", services), ("displaytext", services), ("guestiptype", "Isolated"), ("traffictype", "Guest"),
        ("enable", "true"), ("supportedservices", services))).Item);

    private async Task<(string Name, string Value)[]> MachineTermsAsync(string network) =>
        await DeploymentAsync(("name", "guest"), ("networkids", network));
}
