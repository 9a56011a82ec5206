namespace CloudStack.Simulator.Tests.Lifecycles;

public sealed class NetworkTests : Scene
{
    [Fact]
    public async Task Comes_to_life_with_its_first_machine()
    {
        var network = (await User.DoAsync("createNetwork", ("name", "new"), ("zoneid", await ZoneAsync()), ("networkofferingid", await IsolatedAsync()))).Item;
        Assert.Equal(("Allocated", "10.1.1.0/24", "10.1.1.1"), (Text(network, "state"), Text(network, "cidr"), Text(network, "gateway")));
        await User.FailAsync(431, "restartNetwork", ("id", Id(network)));

        await User.FinishAsync("deployVirtualMachine", await DeploymentAsync(("name", "first"), ("networkids", Id(network))));

        var live = await LookAsync("listNetworks", Id(network));
        Assert.Equal("Implemented", Text(live, "state"));
        Assert.StartsWith("vlan://", Text(live, "broadcasturi"), StringComparison.Ordinal);
        Assert.Equal("True", Text((await Root.CallAsync("listPublicIpAddresses", ("associatednetworkid", Id(network)), ("listall", "true"))).Items.Single(), "issourcenat"));
        Assert.Single((await Root.CallAsync("listRouters", ("listall", "true"))).Items, router => Text(router, "guestnetworkid") == Id(network));
        await User.FinishAsync("restartNetwork", ("id", Id(network)), ("cleanup", "true"));
    }

    [Fact]
    public async Task Is_deleted_with_its_addresses_once_no_machine_is_on_it()
    {
        var id = await NetworkAsync("web-net");
        Assert.Contains("not all user vms are expunged", await User.FailAsync(431, "deleteNetwork", ("id", id)), StringComparison.Ordinal);
        foreach (var machine in (await User.CallAsync("listVirtualMachines")).Items)
        {
            await Root.FinishAsync("destroyVirtualMachine", ("id", Id(machine)), ("expunge", "true"));
        }

        await User.FinishAsync("deleteNetwork", ("id", id));

        Assert.False(await ExistsAsync("listNetworks", id));
        Assert.Empty((await User.CallAsync("listPublicIpAddresses")).Items);
        Assert.Empty((await User.CallAsync("listFirewallRules")).Items);
        Assert.Empty((await User.CallAsync("listEgressFirewallRules")).Items);
    }

    [Fact]
    public async Task Takes_addresses_of_its_own()
    {
        var network = (await User.DoAsync(
            "createNetwork", ("name", "own"), ("zoneid", await ZoneAsync()), ("networkofferingid", await IsolatedAsync()),
            ("gateway", "192.168.5.1"), ("netmask", "255.255.255.0"))).Item;

        Assert.Equal("192.168.5.0/24", Text(network, "cidr"));
        await User.RefuseAsync(
            431, "createNetwork", ("name", "bad"), ("zoneid", await ZoneAsync()), ("networkofferingid", await IsolatedAsync()),
            ("gateway", "192.168.5"), ("netmask", "255.255.0.255"));
    }

    [Fact]
    public async Task Lets_only_administrators_make_shared_networks_and_everybody_use_them()
    {
        (string, string)[] shared =
        [
            ("name", "more"), ("zoneid", await ZoneAsync()), ("networkofferingid", await Root.IdOfAsync("listNetworkOfferings", "DefaultSharedNetworkOffering")),
            ("gateway", "172.17.0.1"), ("netmask", "255.255.255.0"), ("startip", "172.17.0.10"), ("endip", "172.17.0.200"), ("vlan", "1777"),
        ];
        await User.RefuseAsync(531, "createNetwork", shared);
        var made = (await Root.DoAsync("createNetwork", shared)).Item;
        await Root.RefuseAsync(431, "createNetwork", shared);

        Assert.Equal(("Setup", "Shared"), (Text(made, "state"), Text(made, "type")));
        Assert.Contains("more", (await User.CallAsync("listNetworks")).Names);
    }

    [Fact]
    public async Task Has_no_addresses_on_layer_2()
    {
        var network = (await User.DoAsync(
            "createNetwork", ("name", "l2"), ("zoneid", await ZoneAsync()), ("networkofferingid", await Root.IdOfAsync("listNetworkOfferings", "DefaultL2NetworkOffering")))).Item;
        var machine = await User.FinishAsync("deployVirtualMachine", await DeploymentAsync(("name", "flat"), ("networkids", Id(network))));

        Assert.Null(Text(machine.GetProperty("nic")[0], "ipaddress"));
        Assert.Null(Text(network, "cidr"));
    }

    [Fact]
    public async Task Associates_and_releases_public_addresses()
    {
        var address = await User.FinishAsync("associateIpAddress", ("networkid", await NetworkAsync("web-net")));
        Assert.Equal(("Allocated", "web-net"), (Text(address, "state"), Text(address, "associatednetworkname")));
        await User.FinishAsync("disassociateIpAddress", ("id", Id(address)));
        Assert.False(await ExistsAsync("listPublicIpAddresses", Id(address)));

        var again = await User.FinishAsync("associateIpAddress", ("networkid", await NetworkAsync("web-net")), ("ipaddress", Text(address, "ipaddress")!));
        await User.RefuseAsync(431, "associateIpAddress", ("networkid", await NetworkAsync("web-net")), ("ipaddress", Text(again, "ipaddress")!));
        var sourceNat = (await User.CallAsync("listPublicIpAddresses", ("issourcenat", "true"))).Items.Single();
        await User.FailAsync(431, "disassociateIpAddress", ("id", Id(sourceNat)));
        await User.RefuseAsync(431, "associateIpAddress", ("networkid", await NetworkAsync("shared-services")));
    }

    [Fact]
    public async Task Opens_the_firewall_and_refuses_overlapping_rules()
    {
        var address = await AddressAsync();
        (string, string)[] rule = [("ipaddressid", address), ("protocol", "tcp"), ("startport", "8000"), ("endport", "8010"), ("cidrlist", "10.0.0.0/8,192.0.2.0/24")];
        var made = await User.FinishAsync("createFirewallRule", rule);
        Assert.Equal(("8000", "8010", "10.0.0.0/8,192.0.2.0/24"), (Text(made, "startport"), Text(made, "endport"), Text(made, "cidrlist")));

        await User.RefuseAsync(537, "createFirewallRule", ("ipaddressid", address), ("protocol", "tcp"), ("startport", "8010"));
        await User.RefuseAsync(431, "createFirewallRule", ("ipaddressid", address), ("protocol", "tcp"), ("startport", "70000"));
        await User.RefuseAsync(431, "createFirewallRule", ("ipaddressid", address), ("protocol", "tcp"), ("startport", "20"), ("endport", "10"));
        await User.RefuseAsync(431, "createFirewallRule", ("ipaddressid", address), ("protocol", "bogus"));
        await User.RefuseAsync(431, "createFirewallRule", ("ipaddressid", address), ("protocol", "icmp"), ("startport", "1"));
        await User.RefuseAsync(431, "createFirewallRule", ("ipaddressid", address), ("protocol", "udp"), ("cidrlist", "everywhere"));
        await User.FinishAsync("deleteFirewallRule", ("id", Id(made)));
        await User.FinishAsync("createFirewallRule", rule);
    }

    [Fact]
    public async Task Keeps_egress_rules_apart_from_ingress_rules()
    {
        var egress = (await User.CallAsync("listEgressFirewallRules")).Items.Single();

        Assert.DoesNotContain(Id(egress), (await User.CallAsync("listFirewallRules")).Body, StringComparison.Ordinal);
        await User.RefuseAsync(431, "deleteFirewallRule", ("id", Id(egress)));
        await User.FinishAsync("deleteEgressFirewallRule", ("id", Id(egress)));
    }

    [Fact]
    public async Task Forwards_ports_that_nothing_else_has()
    {
        (string, string)[] rule =
            [("ipaddressid", await AddressAsync()), ("virtualmachineid", await MachineAsync("web-02")), ("protocol", "tcp"), ("publicport", "2223"), ("privateport", "22")];
        var made = await User.FinishAsync("createPortForwardingRule", rule);
        Assert.Equal(("2223", "22", "web-02"), (Text(made, "publicport"), Text(made, "privateport"), Text(made, "virtualmachinename")));

        await User.RefuseAsync(537, "createPortForwardingRule", rule);
        await User.RefuseAsync(537, "createPortForwardingRule", [.. rule.Where(a => a.Item1 != "publicport"), ("publicport", "80")]);
        await User.RefuseAsync(431, "createPortForwardingRule", [.. rule, ("publicendport", "2230")]);
        await Root.RefuseAsync(431, "createPortForwardingRule", [.. rule.Where(a => a.Item1 != "virtualmachineid"), ("virtualmachineid", await MachineAsync("db-01"))]);
        await User.FinishAsync("deletePortForwardingRule", ("id", Id(made)));
        await User.FinishAsync("createPortForwardingRule", rule);
    }

    [Fact]
    public async Task Gives_a_machine_a_whole_address_by_static_nat()
    {
        var address = Id(await User.FinishAsync("associateIpAddress", ("networkid", await NetworkAsync("web-net"))));
        var machine = await MachineAsync("web-02");
        await User.DoAsync("enableStaticNat", ("ipaddressid", address), ("virtualmachineid", machine));

        Assert.Equal("web-02", Text(await LookAsync("listPublicIpAddresses", address), "virtualmachinename"));
        Assert.Equal(address, Text(await LookAsync("listVirtualMachines", machine), "publicipid"));
        await User.RefuseAsync(431, "enableStaticNat", ("ipaddressid", address), ("virtualmachineid", await MachineAsync("web-03")));
        await User.RefuseAsync(431, "enableStaticNat", ("ipaddressid", await AddressAsync()), ("virtualmachineid", machine));
        await User.FinishAsync("disableStaticNat", ("ipaddressid", address));
        await User.FailAsync(431, "disableStaticNat", ("ipaddressid", address));
        Assert.Null(Text(await LookAsync("listVirtualMachines", machine), "publicip"));
    }

    [Fact]
    public async Task Balances_load_over_machines_of_the_network()
    {
        var rule = await Root.IdOfAsync("listLoadBalancerRules", "web");
        await User.FinishAsync("assignToLoadBalancerRule", ("id", rule), ("virtualmachineids", await MachineAsync("web-02")));
        await User.RefuseAsync(431, "assignToLoadBalancerRule", ("id", rule), ("virtualmachineids", await MachineAsync("web-02")));
        await Root.RefuseAsync(431, "assignToLoadBalancerRule", ("id", rule), ("virtualmachineids", await MachineAsync("db-01")));
        Assert.Equal(2, (await User.CallAsync("listLoadBalancerRuleInstances", ("id", rule))).Count);

        await User.FinishAsync("removeFromLoadBalancerRule", ("id", rule), ("virtualmachineids", await MachineAsync("web-01")));
        await User.RefuseAsync(431, "removeFromLoadBalancerRule", ("id", rule), ("virtualmachineids", await MachineAsync("web-01")));
        await User.RefuseAsync(431, "updateLoadBalancerRule", ("id", rule), ("algorithm", "luck"));
        await User.FinishAsync("deleteLoadBalancerRule", ("id", rule));
    }

    private Task<string> IsolatedAsync() => Root.IdOfAsync("listNetworkOfferings", "DefaultIsolatedNetworkOfferingWithSourceNatService");
}
