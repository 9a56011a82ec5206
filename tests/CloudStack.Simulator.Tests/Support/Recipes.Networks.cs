namespace CloudStack.Simulator.Tests.Support;

/// <content>Recipes for networks, VPCs, routers and VPNs.</content>
internal static partial class Recipes
{
    private static Dictionary<string, Recipe> Networks => new(StringComparer.Ordinal)
    {
        ["addVpnUser"] = Fixed(("username", "erin"), ("password", "open-sesame")),
        ["changeServiceForRouter"] = async root =>
        {
            var id = await root.IdOfAsync("listRouters", "r-4-VM");
            await root.FinishAsync("stopRouter", ("id", id));
            return [("id", id), ("serviceofferingid", await SystemOfferingAsync(root, "domainrouter"))];
        },
        ["changeServiceForSystemVm"] = async root =>
        {
            var id = await root.IdOfAsync("listSystemVms", "s-1-VM");
            await root.FinishAsync("stopSystemVm", ("id", id));
            return [("id", id), ("serviceofferingid", await SystemOfferingAsync(root, "secondarystoragevm"))];
        },
        ["createNetworkACL"] = Named(("aclid", "listNetworkACLLists", "loaders-acl")),
        ["createNetworkPermissions"] = PermissionAsync,
        ["createPrivateGateway"] = Fixed(GatewayTerms),
        ["createRemoteAccessVpn"] = async root => [("publicipid", await SourceAddressAsync(root)), ("iprange", "10.9.9.1-10.9.9.8")],
        ["createStaticRoute"] = async root => [("cidr", "10.77.0.0/16"), ("gatewayid", await PrivateGatewayAsync(root))],
        ["createVPC"] = Fixed(("cidr", "10.8.0.0/16")),
        ["createVpnConnection"] = async root =>
        {
            var customer = await root.FinishAsync("createVpnCustomerGateway", [.. CustomerTerms, .. await OwnerAsync(root, "Engineering", "data-team")]);
            var near = await root.FinishAsync("createVpnGateway", await VpnGatewayAsync(root));
            return [("s2scustomergatewayid", Id(customer)), ("s2svpngatewayid", Id(near))];
        },
        ["createVpnCustomerGateway"] = Fixed(CustomerTerms),
        ["createVpnGateway"] = VpnGatewayAsync,
        ["deleteNetworkACL"] = async root => [("id", await AclItemAsync(root))],
        ["deleteNetworkACLList"] = async root => [("id", await AclListAsync(root))],
        ["deleteRemoteAccessVpn"] = async root =>
        {
            var address = await SourceAddressAsync(root);
            await root.FinishAsync("createRemoteAccessVpn", ("publicipid", address), ("iprange", "10.9.9.1-10.9.9.8"));
            return [("publicipid", address)];
        },
        ["deleteVPC"] = async root => [("id", await VpcAsync(root))],
        ["deleteVPCOffering"] = async root => [("id", Id(await root.FinishAsync("createVPCOffering", ("name", "unused"))))],
        ["getDiagnosticsData"] = Fixed(("files", "[IPTABLES]")),
        ["listNetworkProtocols"] = Fixed(("option", "protocolnumber")),
        ["migrateNetwork"] = async root => [("networkid", await root.IdOfAsync("listNetworks", "web-net")), ("networkofferingid", await NetworkOfferingAsync(root))],
        ["migrateSystemVm"] = Fixed(("autoselect", "true")),
        ["migrateVPC"] = async root =>
            [("vpcid", await VpcAsync(root)), ("vpcofferingid", await root.IdOfAsync("listVPCOfferings", "Redundant VPC offering"))],
        ["moveNetworkAclItem"] = async root =>
        {
            var first = await AclItemAsync(root);
            var second = await root.FinishAsync(
                "createNetworkACL", ("aclid", await root.IdOfAsync("listNetworkACLLists", "loaders-acl")), ("protocol", "udp"));
            return [("id", Id(second)), ("nextaclruleid", first), ("previousaclruleid", ""), ("aclconsistencyhash", "")];
        },
        ["patchSystemVm"] = Sample(("id", "SystemVmResponse")),
        ["removeNetworkPermissions"] = async root =>
        {
            await root.DoAsync("createNetworkPermissions", await PermissionAsync(root));
            return await PermissionAsync(root);
        },
        ["removeVpnUser"] = async root =>
        {
            await root.FinishAsync("addVpnUser", ("username", "erin"), ("password", "open-sesame"));
            return [("username", "erin")];
        },
        ["replaceNetworkACLList"] = Named(("networkid", "listNetworks", "data-loaders")),
        ["runDiagnostics"] = Fixed(("type", "ping"), ("ipaddress", "10.1.1.2"), ("params", "-c 4")),
        ["scaleSystemVm"] = async root =>
            [("id", await root.IdOfAsync("listSystemVms", "s-1-VM")), ("serviceofferingid", await SystemOfferingAsync(root, "secondarystoragevm"))],
        ["updateNetworkACLItem"] = async root => [("id", await AclItemAsync(root))],
        ["updateNetworkACLList"] = async root => [("id", await AclListAsync(root))],
        ["updateVpnCustomerGateway"] = Fixed(CustomerTerms),
        ["upgradeRouterTemplate"] = Sample(("id", "DomainRouterResponse")),
    };

    private static (string Name, string Value)[] GatewayTerms =>
        [("gateway", "10.99.0.1"), ("ipaddress", "10.99.0.2"), ("netmask", "255.255.255.0"), ("vlan", "900")];

    private static (string Name, string Value)[] CustomerTerms =>
    [
        ("gateway", "192.0.2.10"), ("cidrlist", "10.70.0.0/16"), ("ipsecpsk", "not-a-real-key"), ("ikepolicy", "aes256-sha256;modp2048"),
        ("esppolicy", "aes256-sha256;modp2048"), ("ikelifetime", "86400"), ("esplifetime", "3600"), ("ikeversion", "ikev2"),
    ];

    private static string Id(System.Text.Json.JsonElement made) => made.GetProperty("id").GetString()!;

    private static async Task<(string Name, string Value)[]> PermissionAsync(SignedCaller root) =>
    [
        ("networkid", await root.IdOfAsync("listNetworks", "web-net")), ("accounts", "data-team"),
        ("accountids", await root.IdOfAsync("listAccounts", "data-team")),
    ];

    private static async Task<string> NetworkOfferingAsync(SignedCaller root)
    {
        var offering = await root.DoAsync(
            "createNetworkOffering", ("name", "other"), ("displaytext", "other"), ("guestiptype", "Isolated"), ("traffictype", "Guest"), ("enable", "true"),
            ("supportedservices", "Dhcp,Dns,UserData,Firewall,SourceNat,StaticNat,PortForwarding,Lb,Vpn"));
        return Id(offering.Item);
    }

    private static async Task<string> SystemOfferingAsync(SignedCaller root, string kind)
    {
        var offering = await root.DoAsync(
            "createServiceOffering", ("name", $"bigger {kind}"), ("displaytext", "bigger"), ("cpunumber", "2"), ("cpuspeed", "1000"),
            ("memory", "2048"), ("issystem", "true"), ("systemvmtype", kind));
        return Id(offering.Item);
    }

    private static async Task<string> SourceAddressAsync(SignedCaller root)
    {
        var network = await root.IdOfAsync("listNetworks", "web-net");
        var addresses = await root.CallAsync("listPublicIpAddresses", ("listall", "true"), ("issourcenat", "true"), ("associatednetworkid", network));
        return Id(addresses.Items.Single());
    }

    private static async Task<string> PrivateGatewayAsync(SignedCaller root) => Id(await root.FinishAsync(
        "createPrivateGateway", [.. GatewayTerms, ("vpcid", await root.IdOfAsync("listVPCs", "data-vpc"))]));

    private static async Task<(string Name, string Value)[]> VpnGatewayAsync(SignedCaller root)
    {
        var vpc = await root.IdOfAsync("listVPCs", "data-vpc");
        await root.FinishAsync("restartVPC", ("id", vpc));
        var source = await root.CallAsync("listPublicIpAddresses", ("listall", "true"), ("vpcid", vpc));
        return [("vpcid", vpc), ("ipaddressid", Id(source.Items.Single()))];
    }

    private static async Task<string> AclListAsync(SignedCaller root) => Id(await root.FinishAsync(
        "createNetworkACLList", ("name", "unused"), ("vpcid", await root.IdOfAsync("listVPCs", "data-vpc"))));

    private static async Task<string> AclItemAsync(SignedCaller root)
    {
        var list = await root.IdOfAsync("listNetworkACLLists", "loaders-acl");
        return Id((await root.CallAsync("listNetworkACLs", ("listall", "true"), ("aclid", list))).Items[0]);
    }

    private static async Task<string> VpcAsync(SignedCaller root) => Id(await root.FinishAsync(
        "createVPC", ("name", "more"), ("displaytext", "more"), ("cidr", "10.8.0.0/16"), ("zoneid", await root.IdOfAsync("listZones", "fra1")),
        ("vpcofferingid", await root.IdOfAsync("listVPCOfferings", "Default VPC offering"))));
}
