namespace CloudStack.Simulator.Lifecycles.Networking.Physical;

/// <summary>What can provide services to the networks of a physical network.</summary>
/// <param name="Name">Its name, as offerings give it.</param>
/// <param name="Services">What it can do.</param>
internal sealed record NetworkElement(string Name, params string[] Services)
{
    public const string Router = "VirtualRouter";
    public const string VpcRouter = "VpcVirtualRouter";
    public const string InternalBalancer = "InternalLbVm";

    /// <summary>True where a physical network has it from the start.</summary>
    public bool IsUsual { get; init; }

    /// <summary>True where an administrator may choose some of its services.</summary>
    public bool IsDivisible { get; init; }

    /// <summary>All that this cloud knows.</summary>
    public static readonly IReadOnlyList<NetworkElement> All =
    [
        new(Router, "Dhcp", "Dns", "UserData", "Firewall", "SourceNat", "StaticNat", "PortForwarding", "Lb", "Vpn", "Gateway")
            { IsUsual = true, IsDivisible = true },
        new("SecurityGroupProvider", "SecurityGroup") { IsUsual = true },
        new(VpcRouter, "Dhcp", "Dns", "UserData", "SourceNat", "StaticNat", "PortForwarding", "Lb", "NetworkACL", "Vpn", "Gateway")
            { IsUsual = true, IsDivisible = true },
        new(InternalBalancer, "Lb") { IsUsual = true, IsDivisible = true },
        new("ConfigDrive", "Dhcp", "Dns", "UserData") { IsUsual = true },
        new("BaremetalDhcpProvider", "Dhcp"), new("BaremetalPxeProvider", "BaremetalPxeService"), new("BaremetalUserdataProvider", "UserData"),
        new("Netscaler", "Lb", "StaticNat") { IsDivisible = true },
        new("JuniperSRX", "Firewall", "SourceNat", "StaticNat", "PortForwarding", "Gateway") { IsDivisible = true },
        new("PaloAlto", "Firewall", "SourceNat", "StaticNat", "PortForwarding", "Gateway") { IsDivisible = true },
        new("F5BigIp", "Lb") { IsDivisible = true },
        new("NiciraNvp", "Connectivity", "SourceNat", "StaticNat", "PortForwarding", "Gateway") { IsDivisible = true },
        new("Ovs", "Connectivity", "SourceNat", "StaticNat", "PortForwarding", "Lb") { IsDivisible = true },
        new("Opendaylight", "Connectivity"), new("BrocadeVcs", "Connectivity"), new("GloboDns", "Dns"),
        new("BigSwitchBcf", "Connectivity", "SourceNat", "StaticNat", "NetworkACL", "Gateway") { IsDivisible = true },
        new("Tungsten", "Connectivity", "Dhcp", "Dns", "Firewall", "SourceNat", "StaticNat", "PortForwarding", "Lb", "SecurityGroup")
            { IsDivisible = true },
        new("Nsx", "Dhcp", "Dns", "SourceNat", "StaticNat", "PortForwarding", "Lb", "NetworkACL", "UserData", "Gateway") { IsDivisible = true },
        new("Netris", "Dhcp", "Dns", "SourceNat", "StaticNat", "PortForwarding", "Lb", "NetworkACL", "UserData", "Gateway") { IsDivisible = true },
    ];

    /// <summary>Every service that networks can have.</summary>
    public static readonly IReadOnlyList<string> AllServices = [.. All.SelectMany(element => element.Services).Distinct()];

    // What can be chosen of a service, or what it can do at most.
    private static readonly Dictionary<string, (string Name, string Value, bool MayChoose)[]> Capabilities = new(StringComparer.Ordinal)
    {
        ["Lb"] =
        [
            ("SupportedLBAlgorithms", "roundrobin,leastconn,source", false), ("SupportedLBIsolation", "dedicated, shared", true),
            ("SupportedProtocols", "tcp, udp, tcp-proxy, ssl", false), ("LbSchemes", "Public,Internal", true), ("VmAutoScaling", "true", true),
        ],
        ["Firewall"] =
        [
            ("SupportedProtocols", "tcp,udp,icmp", false), ("SupportedEgressProtocols", "tcp,udp,icmp, all", false),
            ("SupportedTrafficDirection", "ingress, egress", false), ("TrafficStatistics", "per public ip", false), ("MultipleIps", "true", false),
        ],
        ["SourceNat"] = [("SupportedSourceNatTypes", "peraccount", true), ("RedundantRouter", "true", true)],
        ["StaticNat"] = [("ElasticIp", "false", true), ("AssociatePublicIP", "true", true)],
        ["Vpn"] = [("SupportedVpnTypes", "pptp,l2tp,ipsec", false), ("VpnTypes", "removeaccessvpn", false)],
        ["Dhcp"] = [("DhcpAccrossMultipleSubnets", "true", true)],
        ["Dns"] = [("AllowDnsSuffixModification", "true", false)],
        ["NetworkACL"] = [("SupportedProtocols", "tcp,udp,icmp", false)],
        ["Connectivity"] = [("StretchedL2Subnet", "true", true), ("DistributedRouter", "true", true)],
    };

    public static NetworkElement? Find(string? name) => All.FirstOrDefault(element => element.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    public static IReadOnlyList<(string Name, string Value, bool MayChoose)> CapabilitiesOf(string service) =>
        Capabilities.GetValueOrDefault(service) ?? [];

    /// <summary>Who provides a service where an offering doesn't say.</summary>
    public static string UsualFor(string service, bool isForVpc)
    {
        var candidates = All.Where(element => element.IsUsual && element.Services.Contains(service, StringComparer.OrdinalIgnoreCase));
        return candidates.OrderBy(element => element.Name != (isForVpc ? VpcRouter : Router)).FirstOrDefault()?.Name ?? Router;
    }
}
