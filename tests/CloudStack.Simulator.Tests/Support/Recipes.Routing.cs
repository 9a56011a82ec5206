namespace CloudStack.Simulator.Tests.Support;

/// <content>Recipes for routes, what hangs on resources, and how the cloud is run.</content>
internal static partial class Recipes
{
    /// <summary>A picture of one transparent dot.</summary>
    public const string Dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    private static Dictionary<string, Recipe> Routing => new(StringComparer.Ordinal)
    {
        ["addResourceDetail"] = OnMachine("resourceid"),
        ["removeResourceDetail"] = OnMachine("resourceid"),
        ["listResourceDetails"] = OnMachine("resourceid"),
        ["listDetailOptions"] = OnMachine("resourceid"),
        ["listResourceIcon"] = OnMachine("resourceids"),
        ["uploadResourceIcon"] = IconAsync,
        ["deleteResourceIcon"] = async root =>
        {
            var icon = await IconAsync(root);
            await root.DoAsync("uploadResourceIcon", icon);
            return icon[..2];
        },
        ["createGuiTheme"] = Fixed(("name", "night"), ("css", "a{}"), ("jsonconfiguration", "{}"), ("commonnames", "night.example")),
        ["updateGuiTheme"] = async root => [("id", await ThemeAsync(root)), ("jsonconfiguration", "{}"), ("commonnames", "dusk.example")],
        ["removeGuiTheme"] = async root => [("id", await ThemeAsync(root))],
        ["cancelShutdown"] = async root =>
        {
            var id = Id((await root.CallAsync("listManagementServers")).Items[0]);
            await root.DoAsync("prepareForShutdown", ("managementserverid", id));
            return [("managementserverid", id)];
        },
        ["createASNRange"] = Fixed(("startasn", "64512"), ("endasn", "64521")),
        ["deleteASNRange"] = async root => [("id", Id((await root.DoAsync("createASNRange", await NumbersAsync(root))).Item))],
        ["releaseASNumber"] = async root =>
        {
            await root.DoAsync("createASNRange", await NumbersAsync(root));
            return [("asnumber", "64512"), ("zoneid", await root.IdOfAsync("listZones", "fra1"))];
        },
        ["createBgpPeer"] = Fixed(("ipaddress", "192.0.2.1")),
        ["updateBgpPeer"] = async root => [("id", await PeerAsync(root))],
        ["deleteBgpPeer"] = async root => [("id", await PeerAsync(root))],
        ["dedicateBgpPeer"] = async root => [("id", await PeerAsync(root)), .. await OwnerAsync(root, "Engineering", "web-team")],
        ["releaseBgpPeer"] = async root => [("id", await PeerAsync(root))],
        ["changeBgpPeersForNetwork"] = async root => [("networkid", await RoutedNetworkAsync(root)), ("bgppeerids", await PeerAsync(root))],
        ["changeBgpPeersForVpc"] = async root => [("vpcid", await RoutedVpcAsync(root)), ("bgppeerids", await PeerAsync(root))],
        ["createIpv4SubnetForZone"] = Fixed(("subnet", "172.30.0.0/16")),
        ["updateIpv4SubnetForZone"] = async root => [("id", await SubnetAsync(root)), ("subnet", "172.16.0.0/15")],
        ["deleteIpv4SubnetForZone"] = async root => [("id", await SubnetAsync(root))],
        ["dedicateIpv4SubnetForZone"] = async root => [("id", await SubnetAsync(root)), .. await OwnerAsync(root, "Engineering", "web-team")],
        ["releaseIpv4SubnetForZone"] = async root => [("id", await SubnetAsync(root))],
        ["createIpv4SubnetForGuestNetwork"] = async root => [("parentid", await SubnetAsync(root)), ("cidrsize", "26")],
        ["deleteIpv4SubnetForGuestNetwork"] = async root =>
            [("id", Id(await root.FinishAsync("createIpv4SubnetForGuestNetwork", ("parentid", await SubnetAsync(root)), ("cidrsize", "26"))))],
        ["createGuestNetworkIpv6Prefix"] = Fixed(("prefix", "2001:db8:7::/48")),
        ["deleteGuestNetworkIpv6Prefix"] = async root => [("id", Id(await root.FinishAsync(
            "createGuestNetworkIpv6Prefix", ("prefix", "2001:db8:7::/48"), ("zoneid", await root.IdOfAsync("listZones", "fra1")))))],
    };

    /// <summary>A range of ten AS numbers in fra1.</summary>
    public static async Task<(string Name, string Value)[]> NumbersAsync(SignedCaller root) =>
        [("startasn", "64512"), ("endasn", "64521"), ("zoneid", await root.IdOfAsync("listZones", "fra1"))];

    /// <summary>A new BGP peer in fra1.</summary>
    public static async Task<string> PeerAsync(SignedCaller root, string address = "192.0.2.1") => Id(await root.FinishAsync(
        "createBgpPeer", ("zoneid", await root.IdOfAsync("listZones", "fra1")), ("asnumber", "65000"), ("ipaddress", address)));

    /// <summary>A new IPv4 subnet of fra1.</summary>
    public static async Task<string> SubnetAsync(SignedCaller root, string subnet = "172.16.0.0/16") => Id(await root.FinishAsync(
        "createIpv4SubnetForZone", ("zoneid", await root.IdOfAsync("listZones", "fra1")), ("subnet", subnet)));

    /// <summary>A new offering of routed networks, dynamically unless said otherwise.</summary>
    public static async Task<string> RoutedOfferingAsync(SignedCaller root, params (string Name, string Value)[] more)
    {
        (string Name, string Value)[] usual =
        [
            ("name", "routed"), ("guestiptype", "Isolated"), ("traffictype", "Guest"), ("supportedservices", "Dhcp,Dns"), ("enable", "true"),
            ("networkmode", "ROUTED"), ("routingmode", "Dynamic"),
        ];
        return Id((await root.DoAsync("createNetworkOffering", [.. usual.ExceptBy(more.Select(m => m.Name), u => u.Name), .. more])).Item);
    }

    /// <summary>A network of web-team with addresses of a new subnet and an AS number of a new range.</summary>
    public static async Task<string> RoutedNetworkAsync(SignedCaller root)
    {
        await root.DoAsync("createASNRange", await NumbersAsync(root));
        await SubnetAsync(root);
        return Id((await root.DoAsync(
            "createNetwork",
            [
                ("name", "routed"), ("zoneid", await root.IdOfAsync("listZones", "fra1")), ("networkofferingid", await RoutedOfferingAsync(root)),
                ("cidrsize", "26"), .. await OwnerAsync(root, "Engineering", "web-team"),
            ])).Item);
    }

    /// <summary>A VPC of web-team with addresses of a new subnet and an AS number of a new range.</summary>
    public static async Task<string> RoutedVpcAsync(SignedCaller root)
    {
        await root.DoAsync("createASNRange", await NumbersAsync(root));
        await SubnetAsync(root);
        var offering = await root.FinishAsync(
            "createVPCOffering", ("name", "routed VPC"), ("displaytext", "routed"), ("supportedservices", "Dhcp,Dns,NetworkACL"), ("enable", "true"),
            ("networkmode", "ROUTED"), ("routingmode", "Dynamic"));
        return Id(await root.FinishAsync(
            "createVPC",
            [
                ("name", "routed"), ("displaytext", "routed"), ("zoneid", await root.IdOfAsync("listZones", "fra1")), ("vpcofferingid", Id(offering)),
                ("cidrsize", "22"), .. await OwnerAsync(root, "Engineering", "web-team"),
            ]));
    }

    private static Recipe OnMachine(string parameter) => async root => [(parameter, await MachineAsync(root, "web-01")), ("resourcetype", "UserVm")];

    private static async Task<(string Name, string Value)[]> IconAsync(SignedCaller root) =>
        [.. await OnMachine("resourceids")(root), ("base64image", Dot)];

    private static async Task<string> ThemeAsync(SignedCaller root) =>
        (await root.DoAsync("createGuiTheme", ("name", "day"), ("css", "a{}"), ("commonnames", "day.example"))).Item.GetProperty("id").GetString()!;
}
