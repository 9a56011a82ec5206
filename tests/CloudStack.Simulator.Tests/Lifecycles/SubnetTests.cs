using System.Text.Json;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>Subnets and IPv6 prefixes of zones, and the networks that are carved from them.</summary>
public sealed class SubnetTests : Scene
{
    [Fact]
    public async Task Carves_a_routed_network_from_the_zones_subnet_until_it_goes()
    {
        var network = await Recipes.RoutedNetworkAsync(Root);

        Assert.Equal(("172.16.0.0/26", "172.16.0.1"), (Text(await LookAsync("listNetworks", network), "cidr"), Text(await LookAsync("listNetworks", network), "gateway")));
        var part = (await Root.CallAsync("listIpv4SubnetsForGuestNetwork", ("networkid", network))).Items.Single();
        Assert.Equal(("Allocated", "172.16.0.0/16"), (Text(part, "state"), Text(part, "parentsubnet")));
        await Root.FailAsync(431, "deleteIpv4SubnetForGuestNetwork", ("id", Id(part)));
        await Root.FailAsync(431, "deleteIpv4SubnetForZone", ("id", Text(part, "parentid")!));
        await Root.FailAsync(431, "updateIpv4SubnetForZone", ("id", Text(part, "parentid")!), ("subnet", "172.17.0.0/16"));

        await Root.FinishAsync("deleteNetwork", ("id", network));
        Assert.Empty((await Root.CallAsync("listIpv4SubnetsForGuestNetwork")).Items);
        await Root.FinishAsync("deleteIpv4SubnetForZone", ("id", Text(part, "parentid")!));
        Assert.Empty((await Root.CallAsync("listIpv4SubnetsForZone")).Items);
    }

    [Fact]
    public async Task Puts_new_subnets_into_the_smallest_gap()
    {
        var parent = await Recipes.SubnetAsync(Root, "172.16.0.99/24");
        Assert.Equal("172.16.0.0/24", Text(await LookAsync("listIpv4SubnetsForZone", parent), "subnet"));

        Assert.Equal("172.16.0.0/26", await CarveAsync(parent, "26"));
        Assert.Equal("172.16.0.64/27", await CarveAsync(parent, "27"));
        Assert.Equal("172.16.0.128/25", await CarveAsync(parent, "25"));
        Assert.Equal("172.16.0.96/28", await CarveAsync(parent, "28"));
        await Root.FailAsync(431, "createIpv4SubnetForGuestNetwork", ("parentid", parent), ("cidrsize", "26"));
        await Root.FailAsync(431, "createIpv4SubnetForGuestNetwork", ("parentid", parent), ("cidrsize", "33"));
        await Root.FailAsync(431, "createIpv4SubnetForGuestNetwork", ("parentid", parent), ("subnet", "172.16.0.64/28"));
        await Root.FailAsync(431, "createIpv4SubnetForGuestNetwork", ("parentid", parent), ("subnet", "172.16.1.0/28"));
        await Root.FailAsync(431, "createIpv4SubnetForGuestNetwork", ("parentid", parent), ("subnet", "172.16.0.112/28"), ("cidrsize", "28"));
        await Root.FailAsync(431, "createIpv4SubnetForGuestNetwork", ("parentid", parent));
        Assert.Equal("172.16.0.112/28", Text(await Root.FinishAsync("createIpv4SubnetForGuestNetwork", ("parentid", parent), ("subnet", "172.16.0.112/28")), "subnet"));
    }

    [Fact]
    public async Task Uses_a_free_subnet_of_the_size_before_it_carves_one()
    {
        var parent = await Recipes.SubnetAsync(Root, "172.20.0.0/16");
        await CarveAsync(parent, "20");
        Assert.Equal("172.20.16.0/26", await CarveAsync(parent, "26"));
        await Root.FinishAsync("dedicateIpv4SubnetForZone", ("id", parent), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")), ("account", "web-team"));

        Assert.Equal("172.20.16.0/26", Text(await LookAsync("listNetworks", await Recipes.RoutedNetworkAsync(Root)), "cidr"));
    }

    [Fact]
    public async Task Keeps_a_dedicated_subnet_from_others()
    {
        var parent = await Recipes.SubnetAsync(Root);
        await Root.FinishAsync("dedicateIpv4SubnetForZone", ("id", parent), ("domainid", await Root.IdOfAsync("listDomains", "Finance")));
        (string, string)[] network = [("name", "n"), ("zoneid", await ZoneAsync()), ("networkofferingid", await Recipes.RoutedOfferingAsync(Root, ("routingmode", "Static")))];

        await User.RefuseAsync(431, "createNetwork", [.. network, ("cidrsize", "26")]);
        await User.RefuseAsync(431, "createNetwork", [.. network, ("gateway", "172.16.5.1"), ("netmask", "255.255.255.0")]);
        await User.RefuseAsync(431, "createNetwork", network);
        await Root.FinishAsync("releaseIpv4SubnetForZone", ("id", parent));
        await User.DoAsync("createNetwork", [.. network, ("gateway", "172.16.5.1"), ("netmask", "255.255.255.0")]);
        await User.RefuseAsync(431, "createNetwork", [.. network, ("gateway", "172.16.5.129"), ("netmask", "255.255.255.128")]);
        await Root.FailAsync(431, "dedicateIpv4SubnetForZone", ("id", parent), ("domainid", await Root.IdOfAsync("listDomains", "Finance")));
    }

    [Theory]
    [InlineData("172.16.5.0/24")]
    [InlineData("172.0.0.0/8")]
    [InlineData("172.16.5.0")]
    [InlineData("::/0")]
    public async Task Refuses_a_zones_subnet_that_overlaps_or_is_none(string subnet)
    {
        await Recipes.SubnetAsync(Root);

        await Root.FailAsync(431, "createIpv4SubnetForZone", ("zoneid", await ZoneAsync()), ("subnet", subnet));
        Assert.Single((await Root.CallAsync("listIpv4SubnetsForZone")).Items);
    }

    [Fact]
    public async Task Gives_a_network_with_IPv6_a_part_of_the_zones_prefix()
    {
        var offering = await Recipes.RoutedOfferingAsync(Root, ("networkmode", "NATTED"), ("internetprotocol", "DualStack"), ("routingmode", "Static"));
        (string, string)[] network = [("name", "six"), ("zoneid", await ZoneAsync()), ("networkofferingid", offering)];
        await User.RefuseAsync(530, "createNetwork", network);
        var prefix = await Root.FinishAsync("createGuestNetworkIpv6Prefix", ("zoneid", await ZoneAsync()), ("prefix", "2001:db8:7:ff::/63"));
        Assert.Equal(("2001:db8:7:fe::/63", "2"), (Text(prefix, "prefix"), Text(prefix, "availablesubnets")));

        var (one, other) = ((await User.DoAsync("createNetwork", network)).Item, (await User.DoAsync("createNetwork", network)).Item);
        Assert.Equal(("2001:db8:7:fe::/64", "2001:db8:7:fe::1"), (Text(one, "ip6cidr"), Text(one, "ip6gateway")));
        Assert.Equal("2001:db8:7:ff::/64", Text(other, "ip6cidr"));
        await User.RefuseAsync(530, "createNetwork", network);
        await Root.FailAsync(431, "deleteGuestNetworkIpv6Prefix", ("id", Id(prefix)));

        var machine = await User.FinishAsync("deployVirtualMachine", await DeploymentAsync(("networkids", Id(other))));
        var nic = machine.GetProperty("nic")[0];
        Assert.StartsWith("2001:db8:7:ff:", Text(nic, "ip6address"), StringComparison.Ordinal);
        await User.FinishAsync("deleteNetwork", ("id", Id(one)));
        Assert.Equal("1", Text((await Root.CallAsync("listGuestNetworkIpv6Prefixes")).Items.Single(), "usedsubnets"));
        Assert.Equal("2001:db8:7:fe::/64", Text((await User.DoAsync("createNetwork", network)).Item, "ip6cidr"));
    }

    [Theory]
    [InlineData("2001:db8:7:1::/65")]
    [InlineData("2001:db8::/32")]
    [InlineData("2001:db8:7:1::/64")]
    [InlineData("10.0.0.0/8")]
    [InlineData("2001:db8:8::")]
    public async Task Refuses_a_prefix_that_is_too_long_overlaps_or_is_none(string prefix)
    {
        await Root.FinishAsync("createGuestNetworkIpv6Prefix", ("zoneid", await ZoneAsync()), ("prefix", "2001:db8:7::/48"));

        await Root.FailAsync(431, "createGuestNetworkIpv6Prefix", ("zoneid", await ZoneAsync("ams1")), ("prefix", prefix));
    }

    private async Task<string?> CarveAsync(string parent, string size)
    {
        JsonElement part = await Root.FinishAsync("createIpv4SubnetForGuestNetwork", ("parentid", parent), ("cidrsize", size));
        return Text(part, "subnet");
    }
}
