using CloudStack.Simulator.Store;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Commands.Invariants;

/// <summary>AS numbers, BGP peers, subnets and prefixes, and what hangs on resources.</summary>
internal sealed class RoutingInvariants : IInvariants
{
    private const string Peer = "BgpPeerResponse";
    private const string ZoneSubnet = "DataCenterIpv4SubnetResponse";
    private const string Subnet = "Ipv4SubnetForGuestNetworkResponse";

    private const string Engineering = "DomainResponse?name=Engineering";

    private static (string Name, string Wish)[] Routed =>
    [
        ("_subnet", ZoneSubnet), ("name", "*routed"), ("zoneid", "<_subnet.zoneid"), ("networkofferingid", "NetworkOfferingResponse?networkmode=ROUTED"),
        ("account", "=web-team"), ("domainid", Engineering),
    ];

    public IReadOnlyList<(string Command, (string Name, string Wish)[] Arguments)> Moves { get; } =
    [
        ("createASNRange", [("zoneid", "ZoneResponse"), ("startasn", "=64512"), ("endasn", "=64514")]),
        ("createASNRange", [("zoneid", "ZoneResponse"), ("startasn", "=64514"), ("endasn", "=64516")]),
        ("deleteASNRange", [("id", "ASNRangeResponse")]),
        ("releaseASNumber", [("asnumber", "=64512"), ("zoneid", "ZoneResponse")]),
        ("createBgpPeer", [("zoneid", "ZoneResponse"), ("asnumber", "=65000"), ("ipaddress", "=192.0.2.1")]),
        ("createBgpPeer", [("zoneid", "ZoneResponse"), ("asnumber", "=65000"), ("ip6address", "=2001:db8::1"), ("domainid", "DomainResponse")]),
        ("deleteBgpPeer", [("id", Peer)]),
        ("dedicateBgpPeer", [("id", Peer), ("domainid", Engineering), ("account", "=web-team")]),
        ("releaseBgpPeer", [("id", Peer)]),
        ("changeBgpPeersForNetwork", [("networkid", "NetworkResponse?ip4routing=Dynamic"), ("bgppeerids", ">BgpPeerResponse.zoneid=networkid.zoneid")]),
        ("changeBgpPeersForNetwork", [("networkid", "NetworkResponse?ip4routing=Dynamic")]),
        ("changeBgpPeersForVpc", [("vpcid", "VpcResponse")]),
        ("createNetworkOffering", [("name", "*routed"), ("guestiptype", "=Isolated"), ("traffictype", "=Guest"), ("enable", "=true"), ("networkmode", "=ROUTED"), ("routingmode", "=Dynamic")]),
        ("createNetworkOffering", [("name", "*six"), ("guestiptype", "=Isolated"), ("traffictype", "=Guest"), ("enable", "=true"), ("internetprotocol", "=DualStack")]),
        ("createNetwork", [.. Routed, ("cidrsize", "=26")]),
        ("createNetwork", [.. Routed, ("gateway", "=172.16.1.1"), ("netmask", "=255.255.255.0")]),
        ("createNetwork", [("name", "*six"), ("zoneid", "ZoneResponse"), ("networkofferingid", "NetworkOfferingResponse?internetprotocol=DualStack")]),
        ("deleteNetwork", [("id", "NetworkResponse?asnumberid")]),
        ("deleteNetwork", [("id", "NetworkResponse?ip6cidr")]),
        ("createIpv4SubnetForZone", [("zoneid", "ZoneResponse"), ("subnet", "=172.16.0.0/22")]),
        ("createIpv4SubnetForZone", [("zoneid", "ZoneResponse"), ("subnet", "=172.16.8.0/24")]),
        ("updateIpv4SubnetForZone", [("id", ZoneSubnet), ("subnet", "=172.16.0.0/23")]),
        ("deleteIpv4SubnetForZone", [("id", ZoneSubnet)]),
        ("dedicateIpv4SubnetForZone", [("id", ZoneSubnet), ("domainid", Engineering), ("account", "=web-team")]),
        ("releaseIpv4SubnetForZone", [("id", ZoneSubnet)]),
        ("createIpv4SubnetForGuestNetwork", [("parentid", ZoneSubnet), ("cidrsize", "=25")]),
        ("createIpv4SubnetForGuestNetwork", [("parentid", "DataCenterIpv4SubnetResponse?subnet=172.16.0.0/22"), ("subnet", "=172.16.1.0/24")]),
        ("deleteIpv4SubnetForGuestNetwork", [("id", Subnet)]),
        ("createGuestNetworkIpv6Prefix", [("zoneid", "ZoneResponse"), ("prefix", "=2001:db8:7::/63")]),
        ("createGuestNetworkIpv6Prefix", [("zoneid", "ZoneResponse"), ("prefix", "=2001:db8:8::/64")]),
        ("deleteGuestNetworkIpv6Prefix", [("id", "DataCenterGuestIpv6PrefixResponse")]),
        ("addResourceDetail", [("resourcetype", "=UserVm"), ("resourceid", "UserVmResponse"), ("details[0].key", "=k"), ("details[0].value", "=v")]),
        ("removeResourceDetail", [("resourcetype", "=UserVm"), ("resourceid", "UserVmResponse")]),
        ("uploadResourceIcon", [("resourcetype", "=Network"), ("resourceids", "NetworkResponse"), ("base64image", "=" + Recipes.Dot)]),
        ("deleteResourceIcon", [("resourcetype", "=Network"), ("resourceids", "NetworkResponse")]),
        ("updateConfiguration", [("name", "=use.external.dns"), ("value", "=true"), ("zoneid", "ZoneResponse")]),
        ("createGuiTheme", [("name", "=theme"), ("css", "=a{}"), ("domainids", "DomainResponse")]),
        ("createGuiTheme", [("name", "=theme"), ("css", "=a{}")]),
        ("removeGuiTheme", [("id", "GuiThemeResponse")]),
    ];

    public IReadOnlyList<(string Class, string Field)> References { get; } =
    [
        ("ASNumberResponse", "asnrangeid"), ("ASNumberResponse", "associatednetworkid"), ("ASNumberResponse", "vpcid"), ("NetworkResponse", "asnumberid"),
        (Peer, "domainid"), (Peer, "projectid"), (ZoneSubnet, "domainid"), (ZoneSubnet, "projectid"),
        (Subnet, "parentid"), (Subnet, "networkid"), (Subnet, "vpcid"),
    ];

    public IEnumerable<string> Problems(CloudStore store)
    {
        foreach (var number in store.Table("ASNumberResponse"))
        {
            var user = store.Find(number.Text("vpcid") ?? number.Text("associatednetworkid"));
            if ((number.Text("allocationstate") == "Allocated") != (user is not null) || (user is not null && user.Text("asnumberid") != number.Id))
            {
                yield return $"The AS number {number.Text("asnumber")} is {number.Text("allocationstate")} and {user?.Name ?? "nobody"}'s.";
            }
        }

        foreach (var network in store.Table("NetworkResponse").Where(network => network.Items("bgppeers").Any(peer => peer.Table is null)))
        {
            yield return $"{network} has a BGP peer that is gone.";
        }

        foreach (var part in store.Table(Subnet))
        {
            if ((part.State == "Allocated") != ((part.Text("networkid") ?? part.Text("vpcid")) is not null))
            {
                yield return $"The subnet {part.Text("subnet")} is {part.State}.";
            }
        }

        foreach (var (className, field) in ((string, string)[])[(Subnet, "subnet"), (ZoneSubnet, "subnet"), ("NetworkResponse", "ip6cidr")])
        {
            foreach (var twice in store.Table(className).Where(e => e.Text(field) is not null).GroupBy(e => (e.Text("zoneid"), e.Text(field))).Where(g => g.Count() > 1))
            {
                yield return $"{twice.Key} is there twice.";
            }
        }
    }
}
