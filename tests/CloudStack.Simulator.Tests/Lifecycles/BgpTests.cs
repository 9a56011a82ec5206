using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Lifecycles;

/// <summary>AS numbers, BGP peers, and the networks and VPCs that use them.</summary>
public sealed class BgpTests : Scene
{
    [Fact]
    public async Task Gives_a_routed_network_an_AS_number_until_it_goes()
    {
        var network = await Recipes.RoutedNetworkAsync(Root);

        Assert.Equal(("64512", "Dynamic"), (Text(await LookAsync("listNetworks", network), "asnumber"), Text(await LookAsync("listNetworks", network), "ip4routing")));
        var number = (await Root.CallAsync("listASNumbers", ("networkid", network))).Items.Single();
        Assert.Equal(("Allocated", "web-team", "routed"), (Text(number, "allocationstate"), Text(number, "account"), Text(number, "associatednetworkname")));
        var range = (await Root.CallAsync("listASNRanges")).Items.Single();
        Assert.Contains("1", await Root.RefuseAsync(530, "deleteASNRange", ("id", Id(range))), StringComparison.Ordinal);

        await Root.FinishAsync("deleteNetwork", ("id", network));
        Assert.Empty((await Root.CallAsync("listASNumbers", ("isallocated", "true"))).Items);
        Assert.Equal(10, (await Root.CallAsync("listASNumbers", ("isallocated", "false"), ("asnrangeid", Id(range)))).Count);
        await Root.DoAsync("deleteASNRange", ("id", Id(range)));
        Assert.Empty((await Root.CallAsync("listASNumbers")).Items);
    }

    [Fact]
    public async Task Shows_a_tier_with_the_AS_number_of_its_VPC()
    {
        var vpc = await Recipes.RoutedVpcAsync(Root);

        Assert.Equal("172.16.0.0/22", Text(await LookAsync("listVPCs", vpc), "cidr"));
        Assert.Equal("64512", Text((await Root.CallAsync("listASNumbers", ("vpcid", vpc))).Items.Single(), "asnumber"));
        await Root.DoAsync("releaseASNumber", ("asnumber", "64512"), ("zoneid", await ZoneAsync()));
        Assert.Empty((await Root.CallAsync("listASNumbers", ("vpcid", vpc))).Items);
        Assert.Null(Text(await LookAsync("listVPCs", vpc), "asnumber"));
        await Root.RefuseAsync(530, "releaseASNumber", ("asnumber", "1"), ("zoneid", await ZoneAsync()));
    }

    [Fact]
    public async Task Takes_the_AS_number_named_where_the_offering_wants_one_and_keeps_it()
    {
        await Root.DoAsync("createASNRange", await Recipes.NumbersAsync(Root));
        await Recipes.SubnetAsync(Root);
        (string, string)[] network =
        [
            ("name", "chosen"), ("zoneid", await ZoneAsync()), ("cidrsize", "26"), ("networkofferingid", await Recipes.RoutedOfferingAsync(Root, ("specifyasnumber", "true"))),
        ];
        await Root.RefuseAsync(431, "createNetwork", network);
        await Root.RefuseAsync(431, "createNetwork", [.. network, ("asnumber", "1")]);

        Assert.Equal("64515", Text((await Root.DoAsync("createNetwork", [.. network, ("asnumber", "64515")])).Item, "asnumber"));
        await Root.RefuseAsync(431, "createNetwork", [.. network, ("asnumber", "64515")]);
        await Root.RefuseAsync(530, "releaseASNumber", ("asnumber", "64515"), ("zoneid", await ZoneAsync()));
    }

    [Theory]
    [InlineData("64520", "64530")]
    [InlineData("5", "4")]
    [InlineData("0", "4")]
    [InlineData("4294967295", "4294967296")]
    [InlineData("1", "4294967295")]
    public async Task Refuses_a_range_of_AS_numbers_that_overlaps_or_is_none(string first, string last)
    {
        await Root.DoAsync("createASNRange", await Recipes.NumbersAsync(Root));

        await Root.RefuseAsync(530, "createASNRange", ("startasn", first), ("endasn", last), ("zoneid", await ZoneAsync()));
    }

    [Fact]
    public async Task Keeps_a_peers_password_to_itself()
    {
        var zone = ("zoneid", await ZoneAsync());
        var peer = await Root.FinishAsync(
            "createBgpPeer", zone, ("asnumber", "65000"), ("ip6address", "2001:db8::1"), ("password", "hush-hush"), ("details[0].EBGP_MultiHop", "2"));
        Assert.DoesNotContain("hush-hush", (await Root.CallAsync("listBgpPeers")).Body, StringComparison.Ordinal);
        Assert.Equal("2", Text(peer.GetProperty("details"), "EBGP_MultiHop"));

        var changed = await Root.FinishAsync("updateBgpPeer", ("id", Id(peer)), ("ipaddress", "192.0.2.9"), ("cleanupdetails", "true"));
        Assert.Equal(("192.0.2.9", "2001:db8::1", null), (Text(changed, "ipaddress"), Text(changed, "ip6address"), Text(changed, "details")));
        await Root.FailAsync(431, "createBgpPeer", zone, ("asnumber", "65000"), ("ipaddress", "192.0.2.9"));
        await Root.FailAsync(431, "createBgpPeer", zone, ("asnumber", "65000"));
        await Root.FailAsync(431, "createBgpPeer", zone, ("asnumber", "0"), ("ipaddress", "192.0.2.10"));
        await Root.FailAsync(431, "createBgpPeer", zone, ("asnumber", "65000"), ("ipaddress", "192.0.2"));
        await Root.FailAsync(431, "createBgpPeer", zone, ("asnumber", "65000"), ("ip6address", "fe80::1%3"));
        await Root.FailAsync(431, "updateBgpPeer", ("id", Id(peer)), ("details[0].Color", "red"));
        await Root.FailAsync(431, "updateBgpPeer", ("id", Id(peer)), ("ipaddress", ""), ("ip6address", ""));
    }

    [Fact]
    public async Task Refuses_to_delete_or_give_to_others_a_peer_in_use()
    {
        var (network, peer) = (await Recipes.RoutedNetworkAsync(Root), await Recipes.PeerAsync(Root));
        await Root.FinishAsync("changeBgpPeersForNetwork", ("networkid", network), ("bgppeerids", peer));
        Assert.Equal(peer, Id((await LookAsync("listNetworks", network)).GetProperty("bgppeers").EnumerateArray().Single()));

        await Root.FailAsync(431, "deleteBgpPeer", ("id", peer));
        await Root.FailAsync(431, "dedicateBgpPeer", ("id", peer), ("domainid", await Root.IdOfAsync("listDomains", "Finance")));
        await Root.FinishAsync("dedicateBgpPeer", ("id", peer), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")), ("account", "web-team"));
        await Root.FinishAsync("changeBgpPeersForNetwork", ("networkid", network));
        Assert.False((await LookAsync("listNetworks", network)).TryGetProperty("bgppeers", out _));
        await Root.FinishAsync("deleteBgpPeer", ("id", peer));
    }

    [Fact]
    public async Task Lets_only_those_use_a_peer_whom_it_is_dedicated_to()
    {
        var (vpc, peer) = (await Recipes.RoutedVpcAsync(Root), await Recipes.PeerAsync(Root));
        await Root.FinishAsync("dedicateBgpPeer", ("id", peer), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")), ("account", "data-team"));
        await Root.FailAsync(431, "changeBgpPeersForVpc", ("vpcid", vpc), ("bgppeerids", peer));
        Assert.Single((await Root.CallAsync("listBgpPeers", ("isdedicated", "true"))).Items);

        Assert.Null(Text(await Root.FinishAsync("releaseBgpPeer", ("id", peer)), "account"));
        await Root.FinishAsync("changeBgpPeersForVpc", ("vpcid", vpc), ("bgppeerids", peer));
        await Root.FailAsync(431, "changeBgpPeersForNetwork", ("networkid", await NetworkAsync("web-net")), ("bgppeerids", peer));
        await Root.RefuseAsync(431, "listBgpPeers", ("account", "web-team"), ("domainid", await Root.IdOfAsync("listDomains", "Engineering")));
    }

    [Fact]
    public async Task Takes_an_accounts_peers_away_with_the_account()
    {
        var account = (await Root.DoAsync("createAccount", ("accounttype", "0"), ("username", "guest"), ("password", "p"), ("firstname", "G"), ("lastname", "G"), ("email", "g@example.com"))).Item;
        var peer = await Recipes.PeerAsync(Root);
        await Root.FinishAsync("dedicateBgpPeer", ("id", peer), ("account", Text(account, "name")!), ("domainid", Text(account, "domainid")!));

        await Root.FinishAsync("deleteAccount", ("id", Id(account)));

        Assert.Empty((await Root.CallAsync("listBgpPeers")).Items);
    }
}
