using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Tests.Commands.Invariants;

/// <summary>VPCs with their tiers, lists and gateways, VPNs, routers and system VMs.</summary>
internal sealed class NetworkInvariants : IInvariants
{
    private static (string Name, string Wish)[] Tier =>
        [("name", "=tier"), ("zoneid", "ZoneResponse"), ("vpcid", "VpcResponse"), ("networkofferingid", "NetworkOfferingResponse")];

    public IReadOnlyList<(string Command, (string Name, string Wish)[] Arguments)> Moves { get; } =
    [
        ("startRouter", [("id", "DomainRouterResponse")]),
        ("stopRouter", [("id", "DomainRouterResponse")]),
        ("rebootRouter", [("id", "DomainRouterResponse")]),
        ("destroyRouter", [("id", "DomainRouterResponse")]),
        ("changeServiceForRouter", [("id", "DomainRouterResponse?state=Stopped"), ("serviceofferingid", "ServiceOfferingResponse?systemvmtype=domainrouter")]),
        ("upgradeRouterTemplate", [("zoneid", "ZoneResponse")]),
        ("startSystemVm", [("id", "SystemVmResponse")]),
        ("stopSystemVm", [("id", "SystemVmResponse")]),
        ("destroySystemVm", [("id", "SystemVmResponse")]),
        ("scaleSystemVm", [("id", "SystemVmResponse"), ("serviceofferingid", "ServiceOfferingResponse?issystem=true")]),
        ("migrateSystemVm", [("virtualmachineid", "SystemVmResponse"), ("hostid", "HostResponse")]),
        ("patchSystemVm", [("id", "SystemVmResponse")]),
        ("getDiagnosticsData", [("targetid", "DomainRouterResponse")]),
        ("restartVPC", [("id", "VpcResponse")]),
        ("deleteVPC", [("id", "VpcResponse")]),
        ("migrateVPC", [("vpcid", "VpcResponse"), ("vpcofferingid", "VpcOfferingResponse")]),
        ("associateIpAddress", [("vpcid", "VpcResponse")]),
        ("createVPC", [("name", "=vpc"), ("cidr", "=10.8.0.0/16"), ("zoneid", "ZoneResponse"), ("vpcofferingid", "VpcOfferingResponse")]),
        ("createNetwork", [.. Tier, ("gateway", "=10.8.1.1"), ("netmask", "=255.255.255.0")]),
        ("createNetwork", [.. Tier, ("gateway", "=10.20.3.1"), ("netmask", "=255.255.255.0")]),
        ("createNetworkACLList", [("name", "=list"), ("vpcid", "VpcResponse")]),
        ("createNetworkACL", [("aclid", "NetworkACLResponse"), ("protocol", "=tcp")]),
        ("createNetworkACL", [("networkid", "NetworkResponse"), ("protocol", "=all"), ("number", "=3")]),
        ("updateNetworkACLItem", [("id", "NetworkACLItemResponse"), ("number", "=2")]),
        ("createNetworkPermissions", [("networkid", "NetworkResponse"), ("accountids", "AccountResponse")]),
        ("removeNetworkPermissions", [("networkid", "NetworkResponse"), ("accountids", "AccountResponse")]),
        ("migrateNetwork", [("networkid", "NetworkResponse"), ("networkofferingid", "NetworkOfferingResponse")]),
        ("createPortForwardingRule", [("ipaddressid", "IPAddressResponse"), ("virtualmachineid", "UserVmResponse"), ("networkid", "NetworkResponse"), ("protocol", "=tcp"), ("publicport", "=22"), ("privateport", "=22")]),
        ("createPrivateGateway", [("vpcid", "VpcResponse"), ("gateway", "=10.99.0.1"), ("ipaddress", "=10.99.0.2"), ("netmask", "=255.255.255.0"), ("vlan", "=900")]),
        ("createStaticRoute", [("gatewayid", "PrivateGatewayResponse"), ("cidr", "=172.20.0.0/16")]),
        ("createVpnCustomerGateway", [("gateway", "=192.0.2.10"), ("cidrlist", "=10.70.0.0/16"), ("ipsecpsk", "=key"), ("ikepolicy", "=aes256-sha256;modp2048"), ("esppolicy", "=aes256-sha256")]),
        ("replaceNetworkACLList", [("aclid", "NetworkACLResponse"), ("networkid", "NetworkResponse")]),
        ("replaceNetworkACLList", [("aclid", "NetworkACLResponse"), ("gatewayid", "PrivateGatewayResponse")]),
        ("moveNetworkAclItem", [("id", "NetworkACLItemResponse"), ("nextaclruleid", ">NetworkACLItemResponse.aclid=id.aclid")]),
        ("deleteNetworkACL", [("id", "NetworkACLItemResponse")]),
        ("deleteNetworkACLList", [("id", "NetworkACLResponse")]),
        ("deletePrivateGateway", [("id", "PrivateGatewayResponse")]),
        ("deleteStaticRoute", [("id", "StaticRouteResponse")]),
        ("createRemoteAccessVpn", [("publicipid", "IPAddressResponse")]),
        ("deleteRemoteAccessVpn", [("_vpn", "RemoteAccessVpnResponse"), ("publicipid", "<_vpn.publicipid")]),
        ("createVpnGateway", [("vpcid", "VpcResponse")]),
        ("deleteVpnGateway", [("id", "Site2SiteVpnGatewayResponse")]),
        ("createVpnConnection", [("s2svpngatewayid", "Site2SiteVpnGatewayResponse"), ("s2scustomergatewayid", ">Site2SiteCustomerGatewayResponse.account=s2svpngatewayid.account")]),
        ("resetVpnConnection", [("id", "Site2SiteVpnConnectionResponse")]),
        ("deleteVpnConnection", [("id", "Site2SiteVpnConnectionResponse")]),
        ("deleteVpnCustomerGateway", [("id", "Site2SiteCustomerGatewayResponse")]),
    ];

    public IReadOnlyList<(string Class, string Field)> References { get; } =
    [
        ("NetworkResponse", "vpcid"), ("NetworkResponse", "aclid"), ("IPAddressResponse", "vpcid"), ("NicResponse", "vpcid"),
        ("VpcResponse", "vpcofferingid"), ("NetworkACLResponse", "vpcid"), ("NetworkACLItemResponse", "aclid"),
        ("PrivateGatewayResponse", "vpcid"), ("PrivateGatewayResponse", "aclid"), ("StaticRouteResponse", "vpcgatewayid"),
        ("StaticRouteResponse", "vpcid"), ("DomainRouterResponse", "vpcid"), ("DomainRouterResponse", "hostid"),
        ("SystemVmResponse", "hostid"), ("RemoteAccessVpnResponse", "publicipid"), ("Site2SiteVpnGatewayResponse", "vpcid"),
        ("Site2SiteVpnConnectionResponse", "s2svpngatewayid"), ("Site2SiteVpnConnectionResponse", "s2scustomergatewayid"),
    ];

    public IEnumerable<string> Problems(CloudStore store)
    {
        foreach (var appliance in store.Table("DomainRouterResponse").Concat(store.Table("SystemVmResponse")))
        {
            var isPlaced = appliance.Text("hostid") is not null;
            if (isPlaced != (appliance.State == "Running"))
            {
                yield return $"{appliance} is {appliance.State} {(isPlaced ? "on" : "without")} a host.";
            }
        }

        foreach (var vpc in store.Table("VpcResponse"))
        {
            var tiers = store.Table("NetworkResponse").Where(network => network.Text("vpcid") == vpc.Id).ToHashSet();
            if (!tiers.SetEquals(vpc.Items("network")))
            {
                yield return $"{vpc} lists other tiers than it has.";
            }

            if (store.Table("IPAddressResponse").Count(a => a.Text("vpcid") == vpc.Id && a.Flag("issourcenat")) > 1)
            {
                yield return $"{vpc} has two source addresses.";
            }

            if (store.Table("DomainRouterResponse").Count(router => router.Text("vpcid") == vpc.Id && router.Text("role") == "VIRTUAL_ROUTER") > (vpc.Flag("redundantvpcrouter") ? 2 : 1))
            {
                yield return $"{vpc} has too many routers.";
            }
        }

        foreach (var twice in store.Table("NetworkACLItemResponse").GroupBy(item => (item.Text("aclid"), item.Number("number"))).Where(g => g.Count() > 1))
        {
            yield return $"{twice.Key} is the number of two rules.";
        }

        foreach (var twice in store.Table("DomainRouterResponse").GroupBy(router => router.Name).Where(g => g.Count() > 1))
        {
            yield return $"{twice.Key} is the name of two routers.";
        }
    }
}
