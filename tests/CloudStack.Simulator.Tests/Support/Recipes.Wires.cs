namespace CloudStack.Simulator.Tests.Support;

/// <content>Recipes for physical networks, ranges of addresses and VLANs, and balancers that aren't public.</content>
internal static partial class Recipes
{
    private static Dictionary<string, Recipe> Wires => new(StringComparer.Ordinal)
    {
        ["acquirePodIpAddress"] = PodOfZoneAsync,
        ["addNetworkDevice"] = Fixed(("networkdevicetype", "ExternalDhcp")),
        ["addNetworkServiceProvider"] = async root => [("physicalnetworkid", await PhysicalAsync(root)), ("name", "Netscaler"), ("servicelist", "Lb")],
        ["addTrafficMonitor"] = Fixed(("url", "http://10.20.0.91")),
        ["addTrafficType"] = Fixed(("traffictype", "Control")),
        ["assignToGlobalLoadBalancerRule"] = async root => [("id", await GlobalBalancerAsync(root)), ("loadbalancerrulelist", await WebRuleAsync(root))],
        ["createGlobalLoadBalancerRule"] = Fixed(GlobalTerms),
        ["createInternalLoadBalancerElement"] = async root =>
        {
            await root.FinishAsync("deleteNetworkServiceProvider", ("id", await ProviderAsync(root, "InternalLbVm")));
            var made = await root.FinishAsync("addNetworkServiceProvider", ("physicalnetworkid", await PhysicalAsync(root)), ("name", "InternalLbVm"));
            return [("nspid", Id(made))];
        },
        ["createIpForwardingRule"] = ForwardingAsync,
        ["createLoadBalancer"] = async root => await InternalBalancerPartsAsync(root),
        ["createManagementNetworkIpRange"] = async root => await PodRangeAsync(root),
        ["createPhysicalNetwork"] = async root => await PhysicalTermsAsync(root),
        ["createPortableIpRange"] = Fixed(PortableTerms),
        ["createStorageNetworkIpRange"] = StorageTermsAsync,
        ["createVirtualRouterElement"] = async root => [("nspid", await ProviderAsync(root, "ConfigDrive"))],
        ["dedicateGuestVlanRange"] = DedicationAsync,
        ["deleteGlobalLoadBalancerRule"] = async root => [("id", await GlobalBalancerAsync(root))],
        ["deleteIpForwardingRule"] = async root => [("id", Id(await root.FinishAsync("createIpForwardingRule", await ForwardingAsync(root))))],
        ["deleteLoadBalancer"] = async root => [("id", await InternalBalancerAsync(root))],
        ["deleteManagementNetworkIpRange"] = async root =>
        {
            var terms = await PodRangeAsync(root);
            await root.FinishAsync("createManagementNetworkIpRange", terms);
            return [.. terms.Where(term => term.Name is "podid" or "startip" or "endip" or "vlan")];
        },
        ["deleteNetworkDevice"] = async root => [("id", Id((await root.DoAsync("addNetworkDevice", ("networkdevicetype", "ExternalDhcp"))).Item))],
        ["deleteNetworkServiceProvider"] = async root => [("id", await ProviderAsync(root, "SecurityGroupProvider"))],
        ["deletePhysicalNetwork"] = async root => [("id", Id(await root.FinishAsync("createPhysicalNetwork", await PhysicalTermsAsync(root))))],
        ["deletePortableIpRange"] = async root => [("id", Id(await root.FinishAsync("createPortableIpRange", PortableTerms)))],
        ["deleteStorageNetworkIpRange"] = async root => [("id", await StorageRangeAsync(root))],
        ["deleteTrafficMonitor"] = async root =>
        {
            var zone = await root.IdOfAsync("listZones", "fra1");
            return [("id", Id((await root.DoAsync("addTrafficMonitor", ("zoneid", zone), ("url", "http://10.20.0.91"))).Item))];
        },
        ["listNetworkDevice"] = Fixed(("networkdevicetype", "ExternalDhcp")),
        ["listSupportedNetworkServices"] = Fixed(("service", "Lb"), ("provider", "VirtualRouter")),
        ["listTrafficTypeImplementors"] = Fixed(("traffictype", "Guest")),
        ["releaseDedicatedGuestVlanRange"] = async root => [("id", Id((await root.DoAsync("dedicateGuestVlanRange", await DedicationAsync(root))).Item))],
        ["releaseIpAddress"] = async root => [("id", Id((await root.DoAsync("reserveIpAddress", ("id", await FreeAddressAsync(root)))).Item))],
        ["releasePodIpAddress"] = async root =>
        {
            await root.DoAsync("acquirePodIpAddress", await PodOfZoneAsync(root));
            return [("id", "1")];
        },
        ["removeFromGlobalLoadBalancerRule"] = async root =>
        {
            (string, string)[] terms = [("id", await GlobalBalancerAsync(root)), ("loadbalancerrulelist", await WebRuleAsync(root))];
            await root.FinishAsync("assignToGlobalLoadBalancerRule", terms);
            return terms;
        },
        ["removeQuarantinedIp"] = async root => [("id", await QuarantineAsync(root))],
        ["reserveIpAddress"] = async root => [("id", await FreeAddressAsync(root))],
        ["startInternalLoadBalancerVM"] = BalancerMachineAsync,
        ["stopInternalLoadBalancerVM"] = BalancerMachineAsync,
        ["updateGlobalLoadBalancerRule"] = async root =>
            [("id", await GlobalBalancerAsync(root)), ("gslblbmethod", "proximity"), ("gslbstickysessionmethodname", "sourceip")],
        ["updateLoadBalancer"] = async root => [("id", await InternalBalancerAsync(root))],
        ["updateNetworkServiceProvider"] = async root => [("id", await ProviderAsync(root, "VirtualRouter")), ("state", "Enabled"), ("servicelist", "Dhcp,Dns")],
        ["updatePhysicalNetwork"] = async root => [("id", await PhysicalAsync(root)), ("state", "Enabled"), ("tags", "fast"), ("vlan", "200-1999")],
        ["updatePodManagementNetworkIpRange"] = async root =>
        [
            ("podid", await root.IdOfAsync("listPods", "fra1-pod-1")), ("currentstartip", "10.20.1.10"), ("currentendip", "10.20.1.200"),
            ("newstartip", "10.20.1.10"), ("newendip", "10.20.1.210"),
        ],
        ["updateQuarantinedIp"] = async root => [("id", await QuarantineAsync(root))],
        ["updateStorageNetworkIpRange"] = async root =>
            [("id", await StorageRangeAsync(root)), ("startip", "10.20.9.10"), ("endip", "10.20.9.40"), ("netmask", "255.255.0.0"), ("vlan", "701")],
    };

    private static (string Name, string Value)[] GlobalTerms =>
    [
        ("name", "shop"), ("regionid", "1"), ("gslbdomainname", "shop.example"), ("gslbservicetype", "tcp"), ("gslblbmethod", "leastconn"),
        ("gslbstickysessionmethodname", "sourceip"),
    ];

    private static (string Name, string Value)[] PortableTerms =>
        [("regionid", "1"), ("gateway", "192.0.2.1"), ("netmask", "255.255.255.0"), ("startip", "192.0.2.10"), ("endip", "192.0.2.20"), ("vlan", "1300")];

    internal static Task<string> PhysicalAsync(SignedCaller root) => root.IdOfAsync("listPhysicalNetworks", "fra1-physical-1");

    internal static async Task<string> ProviderAsync(SignedCaller root, string name) =>
        await root.IdOfAsync("listNetworkServiceProviders", name, ("physicalnetworkid", await PhysicalAsync(root)));

    /// <summary>A physical network of a new zone, which is disabled as it must be.</summary>
    internal static async Task<(string Name, string Value)[]> PhysicalTermsAsync(SignedCaller root)
    {
        var zone = await root.DoAsync("createZone", ("name", "new"), ("networktype", "Advanced"), ("dns1", "9.9.9.9"), ("internaldns1", "10.0.0.2"));
        return
        [
            ("zoneid", Id(zone.Item)), ("name", "new-physical"), ("vlan", "300-309,400-400"), ("isolationmethods", "VLAN"), ("tags", "fast"),
            ("broadcastdomainrange", "Zone"),
        ];
    }

    internal static async Task<(string Name, string Value)[]> DedicationAsync(SignedCaller root) =>
        [("physicalnetworkid", await PhysicalAsync(root)), ("vlanrange", "900-909"), .. await OwnerAsync(root, "Engineering", "web-team")];

    internal static async Task<(string Name, string Value)[]> PodOfZoneAsync(SignedCaller root) =>
        [("zoneid", await root.IdOfAsync("listZones", "fra1")), ("podid", await root.IdOfAsync("listPods", "fra1-pod-1"))];

    internal static async Task<(string Name, string Value)[]> PodRangeAsync(SignedCaller root) =>
    [
        ("podid", await root.IdOfAsync("listPods", "fra1-pod-1")), ("gateway", "10.20.0.1"), ("netmask", "255.255.0.0"), ("startip", "10.20.3.10"),
        ("endip", "10.20.3.20"), ("vlan", "700"),
    ];

    /// <summary>A range of the storage network, which a zone has once no secondary storage VM runs without it.</summary>
    internal static async Task<(string Name, string Value)[]> StorageTermsAsync(SignedCaller root)
    {
        await root.FinishAsync("stopSystemVm", ("id", await root.IdOfAsync("listSystemVms", "s-1-VM")));
        await root.FinishAsync("addTrafficType", ("physicalnetworkid", await PhysicalAsync(root)), ("traffictype", "Storage"));
        return
        [
            ("podid", await root.IdOfAsync("listPods", "fra1-pod-1")), ("gateway", "10.20.0.1"), ("netmask", "255.255.0.0"), ("startip", "10.20.9.10"),
            ("endip", "10.20.9.20"), ("vlan", "700"),
        ];
    }

    internal static async Task<string> FreeAddressAsync(SignedCaller root)
    {
        var free = await root.CallAsync(
            "listPublicIpAddresses", ("allocatedonly", "false"), ("state", "Free"), ("zoneid", await root.IdOfAsync("listZones", "fra1")), ("listall", "true"));
        return Id(free.Items[0]);
    }

    /// <summary>The parts of an internal balancer on a new tier of the seeded VPC.</summary>
    internal static async Task<(string Name, string Value)[]> InternalBalancerPartsAsync(SignedCaller root)
    {
        var offering = await root.DoAsync(
            "createNetworkOffering", ("name", "inside"), ("displaytext", "inside"), ("guestiptype", "Isolated"), ("traffictype", "Guest"), ("enable", "true"),
            ("forvpc", "true"), ("supportedservices", "Dhcp,Dns,UserData,SourceNat,NetworkACL,Lb"), ("serviceproviderlist[0].service", "Lb"),
            ("serviceproviderlist[0].provider", "InternalLbVm"));
        var tier = await root.DoAsync(
            "createNetwork", ("name", "data-inside"), ("zoneid", await root.IdOfAsync("listZones", "fra1")), ("networkofferingid", Id(offering.Item)),
            ("vpcid", await root.IdOfAsync("listVPCs", "data-vpc")), ("gateway", "10.20.7.1"), ("netmask", "255.255.255.0"));
        return
        [
            ("networkid", Id(tier.Item)), ("sourceipaddressnetworkid", Id(tier.Item)), ("sourceipaddress", "10.20.7.50"), ("scheme", "Internal"),
            ("name", "inner"), ("algorithm", "roundrobin"), ("sourceport", "80"), ("instanceport", "8080"),
        ];
    }

    private static async Task<string> InternalBalancerAsync(SignedCaller root) =>
        Id(await root.FinishAsync("createLoadBalancer", await InternalBalancerPartsAsync(root)));

    private static async Task<(string Name, string Value)[]> BalancerMachineAsync(SignedCaller root)
    {
        await InternalBalancerAsync(root);
        return [("id", Id((await root.CallAsync("listInternalLoadBalancerVMs", ("listall", "true"))).Items.Single()))];
    }

    private static async Task<string> GlobalBalancerAsync(SignedCaller root) => Id(await root.FinishAsync(
        "createGlobalLoadBalancerRule", [.. GlobalTerms, .. await OwnerAsync(root, "Engineering", "web-team")]));

    private static async Task<string> StorageRangeAsync(SignedCaller root) =>
        Id(await root.FinishAsync("createStorageNetworkIpRange", await StorageTermsAsync(root)));

    private static async Task<(string Name, string Value)[]> ForwardingAsync(SignedCaller root)
    {
        var arguments = await StaticNatAsync(root);
        await root.DoAsync("enableStaticNat", arguments);
        return [arguments[0], ("protocol", "tcp"), ("startport", "8443"), ("endport", "8444")];
    }

    /// <summary>The quarantine of an address that web-team gave back.</summary>
    private static async Task<string> QuarantineAsync(SignedCaller root)
    {
        await root.DoAsync("updateConfiguration", ("name", "public.ip.address.quarantine.duration"), ("value", "60"));
        await root.FinishAsync("disassociateIpAddress", ("id", await AddressAsync(root)));
        return Id((await root.CallAsync("listQuarantinedIps")).Items.Single());
    }
}
