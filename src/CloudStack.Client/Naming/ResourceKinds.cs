using Cloud.Core.Catalog;

namespace CloudStack.Client;

/// <summary>
/// The words by which commands that work on objects of any class call the class: tags, details and icons by one list,
/// annotations by another, events and extensions by a third.
/// </summary>
public static class ResourceKinds
{
    private static readonly Kind[] All =
    [
        new("UserVmResponse", "UserVm", "VM", "VirtualMachine"),
        new("TemplateResponse", "Template", "TEMPLATE"),
        new("TemplateResponse", "ISO", "ISO", "Iso"),
        new("VolumeResponse", "Volume", "VOLUME"),
        new("SnapshotResponse", "Snapshot", "SNAPSHOT"),
        new("VMSnapshotResponse", "VMSnapshot", "VM_SNAPSHOT", "VmSnapshot"),
        new("NetworkResponse", "Network", "NETWORK"),
        new("VpcResponse", "Vpc", "VPC"),
        new("IPAddressResponse", "PublicIpAddress", "PUBLIC_IP_ADDRESS", "IpAddress"),
        new("LoadBalancerResponse", "LoadBalancer"),
        new("FirewallRuleResponse", "PortForwardingRule"),
        new("FirewallResponse", "FirewallRule"),
        new("SecurityGroupResponse", "SecurityGroup"),
        new("SecurityGroupRuleResponse", "SecurityGroupRule"),
        new("NetworkACLItemResponse", "NetworkACL", Event: "NetworkAclItem"),
        new("NetworkACLResponse", "NetworkACLList", Event: "NetworkAcl"),
        new("StaticRouteResponse", "StaticRoute"),
        new("PrivateGatewayResponse", "PrivateGateway"),
        new("RemoteAccessVpnResponse", "RemoteAccessVpn"),
        new("Site2SiteVpnGatewayResponse", "VpnGateway"),
        new("Site2SiteCustomerGatewayResponse", "CustomerGateway", "VPN_CUSTOMER_GATEWAY"),
        new("Site2SiteVpnConnectionResponse", "VpnConnection"),
        new("ProjectResponse", "Project"),
        new("AccountResponse", "Account"),
        new("UserResponse", "User"),
        new("DomainResponse", "Domain", "DOMAIN"),
        new("ZoneResponse", "Zone", "ZONE"),
        new("StoragePoolResponse", "Storage", "PRIMARY_STORAGE", "StoragePool"),
        new("ServiceOfferingResponse", "ServiceOffering", "SERVICE_OFFERING"),
        new("DiskOfferingResponse", "DiskOffering", "DISK_OFFERING"),
        new("NetworkOfferingResponse", "NetworkOffering", "NETWORK_OFFERING"),
        new("VpcOfferingResponse", "VpcOffering"),
        new("AutoScaleVmProfileResponse", "AutoScaleVmProfile"),
        new("AutoScaleVmGroupResponse", "AutoScaleVmGroup", "AUTOSCALE_VM_GROUP"),
        new("LBStickinessResponse", "LBStickinessPolicy"),
        new("LBHealthCheckResponse", "LBHealthCheckPolicy"),
        new("SnapshotPolicyResponse", "SnapshotPolicy"),
        new("GuestOSResponse", "GuestOs"),
        new("ObjectStoreResponse", "ObjectStore", "OBJECT_STORAGE"),
        new("BackupResponse", "Backup"),
        new("InstanceGroupResponse", null, "INSTANCE_GROUP", "InstanceGroup"),
        new("SSHKeyPairResponse", null, "SSH_KEYPAIR"),
        new("UserDataResponse", null, "USER_DATA"),
        new("KubernetesClusterResponse", null, "KUBERNETES_CLUSTER", "KubernetesCluster"),
        new("PodResponse", null, "POD", "Pod"),
        new("ClusterResponse", null, "CLUSTER", "Cluster"),
        new("HostResponse", null, "HOST", "Host"),
        new("ImageStoreResponse", null, "SECONDARY_STORAGE", "ImageStore"),
        new("DomainRouterResponse", null, "VR", "DomainRouter"),
        new("SystemVmResponse", null, "SYSTEM_VM", "SystemVm"),
        new("ManagementServerResponse", null, "MANAGEMENT_SERVER", "ManagementServer"),
    ];

    /// <summary>The result classes that have a word.</summary>
    public static IEnumerable<string> Classes => All.Select(kind => kind.Class);

    /// <summary>Gives the result class that a word stands for, in whichever list it is.</summary>
    /// <param name="word">The word, in any case.</param>
    /// <returns>The class, or null for an unknown word.</returns>
    public static string? ClassOf(string word) =>
        Array.Find(All, kind => Same(kind.Tagged, word) || Same(kind.Annotated, word) || Same(kind.Event, word)).Class;

    /// <summary>Gives the words that a command's parameter takes.</summary>
    /// <param name="command">The command.</param>
    /// <param name="parameter">The parameter that names a class, such as <c>resourcetype</c>.</param>
    public static IReadOnlyList<string> WordsFor(CommandSpec command, string parameter) =>
        [.. All.Select(kind => kind.WordFor(command, parameter)).OfType<string>()];

    /// <summary>Gives the word for an object of a class.</summary>
    /// <param name="resultClass">The object's class.</param>
    /// <param name="isIso">True for a template that is a disc.</param>
    /// <param name="command">The command.</param>
    /// <param name="parameter">The parameter that takes the word.</param>
    /// <returns>The word, or null where the command has none for such objects.</returns>
    public static string? WordFor(string resultClass, bool isIso, CommandSpec command, string parameter) =>
        Array.Find(All, kind => kind.Class == resultClass && (kind.Tagged == "ISO") == isIso).WordFor(command, parameter);

    private static bool Same(string? known, string word) => string.Equals(known, word, StringComparison.OrdinalIgnoreCase);

    private readonly record struct Kind(string Class, string? Tagged, string? Annotated = null, string? Event = null)
    {
        public string? WordFor(CommandSpec command, string parameter) => parameter switch
        {
            "entitytype" => Annotated,
            _ when IsTagged(command.Name) => Tagged,
            _ => Event ?? Tagged,
        };

        private static bool IsTagged(string command) =>
            command.EndsWith("Tags", StringComparison.Ordinal) || command.Contains("Detail", StringComparison.Ordinal)
            || command.Contains("Icon", StringComparison.Ordinal);
    }
}
