using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Tests.Commands.Invariants;

/// <summary>Physical networks with their VLANs and providers, ranges of addresses, and balancers that aren't public.</summary>
internal sealed class WireInvariants : IInvariants
{
    private const string Physical = "PhysicalNetworkResponse";
    private const string Setting = "=public.ip.address.quarantine.duration";

    public IReadOnlyList<(string Command, (string Name, string Wish)[] Arguments)> Moves { get; } =
    [
        ("updateZone", [("id", "ZoneResponse?name=ams1"), ("allocationstate", "=Disabled")]),
        ("updateZone", [("id", "ZoneResponse?allocationstate=Disabled"), ("allocationstate", "=Enabled")]),
        ("createPhysicalNetwork", [("zoneid", "ZoneResponse?allocationstate=Disabled"), ("name", "=more"), ("vlan", "=100-101")]),
        ("updatePhysicalNetwork", [("id", Physical), ("vlan", "=200-999,1100-1110")]),
        ("updatePhysicalNetwork", [("id", Physical), ("vlan", "=200-999")]),
        ("updatePhysicalNetwork", [("id", Physical + "?name=more"), ("vlan", "=200-203")]),
        ("deletePhysicalNetwork", [("id", Physical + "?name=more")]),
        ("addTrafficType", [("physicalnetworkid", Physical), ("traffictype", "=Control")]),
        ("deleteTrafficType", [("id", "TrafficTypeResponse?traffictype=Control")]),
        ("addNetworkServiceProvider", [("physicalnetworkid", Physical), ("name", "=Netscaler")]),
        ("deleteNetworkServiceProvider", [("id", "ProviderResponse?name=Netscaler|ConfigDrive")]),
        ("addTrafficMonitor", [("zoneid", "ZoneResponse"), ("url", "=http://10.20.0.91")]),
        ("deleteTrafficMonitor", [("id", "TrafficMonitorResponse")]),
        ("dedicateGuestVlanRange", [("physicalnetworkid", Physical), ("projectid", "ProjectResponse"), ("vlanrange", "=1100-1105")]),
        ("dedicateGuestVlanRange", [("physicalnetworkid", Physical), ("projectid", "ProjectResponse"), ("vlanrange", "=1106-1110")]),
        ("releaseDedicatedGuestVlanRange", [("id", "GuestVlanRangeResponse")]),
        ("createNetwork", [("name", "=flat"), ("zoneid", "ZoneResponse"), ("networkofferingid", "NetworkOfferingResponse?guestiptype=L2")]),
        ("createNetwork", [("name", "=flat"), ("projectid", "ProjectResponse"), ("zoneid", "ZoneResponse"), ("networkofferingid", "NetworkOfferingResponse?guestiptype=L2"), ("physicalnetworkid", ">PhysicalNetworkResponse.zoneid=zoneid.id")]),
        ("deleteNetwork", [("id", "NetworkResponse?name=flat|inside")]),
        ("updateConfiguration", [("name", Setting), ("value", "=60")]),
        ("updateConfiguration", [("name", Setting), ("value", "=0")]),
        ("disassociateIpAddress", [("id", "IPAddressResponse?issourcenat=false")]),
        ("associateIpAddress", [("networkid", "NetworkResponse?type=Isolated"), ("isportable", "=true")]),
        ("removeQuarantinedIp", [("id", "IpQuarantineResponse?!removed"), ("removalreason", "=drawn")]),
        ("createPortableIpRange", [("regionid", "=1"), ("gateway", "=198.18.0.1"), ("netmask", "=255.255.255.0"), ("startip", "=198.18.0.10"), ("endip", "=198.18.0.12")]),
        ("deletePortableIpRange", [("id", "PortableIpRangeResponse")]),
        ("acquirePodIpAddress", [("podid", "PodResponse"), ("zoneid", "<podid.zoneid")]),
        ("releasePodIpAddress", [("id", "=1")]),
        ("createManagementNetworkIpRange", [("podid", "PodResponse?gateway=10.20.0.1"), ("gateway", "=10.20.0.1"), ("netmask", "=255.255.0.0"), ("startip", "=10.20.3.10"), ("endip", "=10.20.3.20"), ("vlan", "=7")]),
        ("deleteManagementNetworkIpRange", [("podid", "PodResponse?gateway=10.20.0.1"), ("startip", "=10.20.3.10"), ("endip", "=10.20.3.20"), ("vlan", "=7")]),
        ("createNetworkOffering", [("name", "=inside"), ("guestiptype", "=Isolated"), ("traffictype", "=Guest"), ("enable", "=true"), ("forvpc", "=true"), ("supportedservices", "=Dhcp,Lb"), ("serviceproviderlist[0].service", "=Lb"), ("serviceproviderlist[0].provider", "=InternalLbVm")]),
        ("createNetwork", [("name", "=inside"), ("vpcid", "VpcResponse?cidr=10.20.0.0/16"), ("zoneid", "<vpcid.zoneid"), ("networkofferingid", "NetworkOfferingResponse?name=inside"), ("gateway", "=10.20.7.1"), ("netmask", "=255.255.255.0")]),
        ("createLoadBalancer", [("networkid", "NetworkResponse?name=inside"), ("sourceipaddressnetworkid", "<networkid.id"), ("scheme", "=Internal"), ("name", "=inner"), ("algorithm", "=source"), ("sourceport", "*1"), ("instanceport", "=80")]),
        ("deleteLoadBalancer", [("id", "ApplicationLoadBalancerResponse")]),
        ("stopInternalLoadBalancerVM", [("id", "DomainRouterResponse?role=INTERNAL_LB_VM")]),
        ("createGlobalLoadBalancerRule", [("_rule", "LoadBalancerResponse"), ("account", "<_rule.account"), ("domainid", "<_rule.domainid"), ("name", "=global"), ("regionid", "=1"), ("gslbdomainname", "*shop-"), ("gslbservicetype", "=tcp")]),
        ("assignToGlobalLoadBalancerRule", [("id", "GlobalLoadBalancerResponse"), ("loadbalancerrulelist", ">LoadBalancerResponse.account=id.account")]),
        ("deleteGlobalLoadBalancerRule", [("id", "GlobalLoadBalancerResponse")]),
        ("enableStaticNat", [("ipaddressid", "IPAddressResponse?issourcenat=false"), ("_nic", ">NicResponse.networkid=ipaddressid.associatednetworkid"), ("virtualmachineid", "<_nic.virtualmachineid")]),
        ("createIpForwardingRule", [("ipaddressid", "IPAddressResponse?isstaticnat=true"), ("protocol", "=tcp"), ("startport", "*1")]),
        ("deleteIpForwardingRule", [("id", "FirewallRuleResponse?!publicport")]),
        ("disableStaticNat", [("ipaddressid", "IPAddressResponse?isstaticnat=true")]),
    ];

    public IReadOnlyList<(string Class, string Field)> References { get; } =
    [
        (Physical, "zoneid"), ("NetworkResponse", "physicalnetworkid"), ("VlanIpRangeResponse", "physicalnetworkid"), ("IPAddressResponse", "physicalnetworkid"),
        ("PrivateGatewayResponse", "physicalnetworkid"), ("TrafficTypeResponse", "physicalnetworkid"), ("ProviderResponse", "physicalnetworkid"),
        ("VirtualRouterProviderResponse", "nspid"), ("InternalLoadBalancerElementResponse", "nspid"), ("TrafficMonitorResponse", "zoneid"),
        ("ApplicationLoadBalancerResponse", "networkid"), ("ApplicationLoadBalancerResponse", "sourceipaddressnetworkid"),
        ("DomainRouterResponse", "guestnetworkid"), ("FirewallRuleResponse", "ipaddressid"), ("FirewallResponse", "ipaddressid"),
    ];

    public IEnumerable<string> Problems(CloudStore store) =>
        [.. OfNetworks(store), .. OfBalancers(store), .. OfAddresses(store)];

    private static IEnumerable<string> OfNetworks(CloudStore store)
    {
        foreach (var network in store.Table("NetworkResponse"))
        {
            if (store.Find(network.Text("physicalnetworkid"))?.Text("zoneid") != network.Text("zoneid"))
            {
                yield return $"{network} is on a physical network of another zone.";
            }

            if (network.Text("vlan") is null != (network.State == "Allocated"))
            {
                yield return $"{network} is {network.State} with the VLAN {network.Text("vlan")}.";
            }
        }

        var users = store.Table("NetworkResponse").Where(network => network.Text("vlan") is not null);
        foreach (var twice in users.GroupBy(network => (network.Text("physicalnetworkid"), network.Text("vlan"))).Where(g => g.Count() > 1))
        {
            yield return $"VLAN {twice.Key.Item2} is given to {string.Join(" and ", twice)}.";
        }

        foreach (var network in users)
        {
            var physical = store.Find(network.Text("physicalnetworkid"))!;
            var vlan = int.Parse(network.Text("vlan")!, System.Globalization.CultureInfo.InvariantCulture);
            if (!physical.Text("vlan")!.Split(',').Any(span => Holds(span, vlan)))
            {
                yield return $"{network} has the VLAN {vlan}, and its physical network {physical.Text("vlan")}.";
            }

            if (store.Table("GuestVlanRangeResponse").Any(range => range.Owner != network.Owner && range.Attribute<Entity>("physical") == physical
                && Holds(range.Text("guestvlanrange")!, vlan)))
            {
                yield return $"{network} has the VLAN {vlan}, which is dedicated to somebody else.";
            }
        }
    }

    private static bool Holds(string span, int vlan)
    {
        var ends = span.Split('-').Select(end => int.Parse(end, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        return ends[0] <= vlan && vlan <= ends[1];
    }

    private static IEnumerable<string> OfBalancers(CloudStore store)
    {
        var addresses = store.Table("ApplicationLoadBalancerResponse").Select(rule => (rule.Text("sourceipaddressnetworkid"), rule.Text("sourceipaddress"))).ToHashSet();
        var machines = store.Table("DomainRouterResponse").Where(machine => machine.Text("role") == "INTERNAL_LB_VM").ToList();
        if (machines.Count != addresses.Count || !addresses.SetEquals(machines.Select(machine => (machine.Text("guestnetworkid"), machine.Text("guestipaddress")))))
        {
            yield return $"{addresses.Count} addresses of internal balancers have {machines.Count} machines.";
        }

        foreach (var global in store.Table("GlobalLoadBalancerResponse").Where(global => global.Items("loadbalancerrule").Any(rule => rule.Table is null)))
        {
            yield return $"{global} leads to a balancer that is gone.";
        }
    }

    private static IEnumerable<string> OfAddresses(CloudStore store)
    {
        foreach (var twice in store.Table("IPAddressResponse").GroupBy(address => address.Text("ipaddress")).Where(g => g.Count() > 1))
        {
            yield return $"{twice.Key} is given out twice.";
        }

        foreach (var entry in store.Table("IpQuarantineResponse").Where(entry => entry["removed"] is null))
        {
            if (store.Table("IPAddressResponse").Any(address => address.Text("ipaddress") == entry.Text("ipaddress") && address.Owner != entry.Owner))
            {
                yield return $"{entry.Text("ipaddress")} is in quarantine, and given to somebody else.";
            }
        }

        foreach (var rule in store.Table("FirewallRuleResponse").Where(rule => rule.Text("publicport") is null))
        {
            if (store.Find(rule.Text("ipaddressid"))?.Flag("isstaticnat") != true)
            {
                yield return $"The forwarding rule {rule.Id} is on an address without static NAT.";
            }
        }
    }
}
