namespace CloudStack.Simulator.Store;

/// <summary>Names of result classes, and which of them the server treats as one kind of object.</summary>
internal static class ResultClass
{
    public const string Account = "AccountResponse";
    public const string AffinityGroup = "AffinityGroupResponse";
    public const string AsyncJob = "AsyncJobResponse";
    public const string Capacity = "CapacityResponse";
    public const string Cluster = "ClusterResponse";
    public const string Configuration = "ConfigurationResponse";
    public const string DiskOffering = "DiskOfferingResponse";
    public const string Domain = "DomainResponse";
    public const string Event = "EventResponse";
    public const string Firewall = "FirewallResponse";
    public const string FirewallRule = "FirewallRuleResponse";
    public const string Host = "HostResponse";
    public const string ImageStore = "ImageStoreResponse";
    public const string IpAddress = "IPAddressResponse";
    public const string LoadBalancer = "LoadBalancerResponse";
    public const string Network = "NetworkResponse";
    public const string NetworkOffering = "NetworkOfferingResponse";
    public const string Nic = "NicResponse";
    public const string OsType = "GuestOSResponse";
    public const string OsCategory = "GuestOSCategoryResponse";
    public const string Pod = "PodResponse";
    public const string Project = "ProjectResponse";
    public const string Role = "RoleResponse";
    public const string SecondaryIp = "NicSecondaryIpResponse";
    public const string ServiceOffering = "ServiceOfferingResponse";
    public const string Snapshot = "SnapshotResponse";
    public const string SnapshotPolicy = "SnapshotPolicyResponse";
    public const string SshKeyPair = "SSHKeyPairResponse";
    public const string StoragePool = "StoragePoolResponse";
    public const string Success = "SuccessResponse";
    public const string Tag = "ResourceTagResponse";
    public const string Template = "TemplateResponse";
    public const string User = "UserResponse";
    public const string VirtualMachine = "UserVmResponse";
    public const string VmSnapshot = "VMSnapshotResponse";
    public const string Volume = "VolumeResponse";
    public const string Zone = "ZoneResponse";

    /// <summary>Classes that parameters name for objects that other commands answer as another class.</summary>
    private static readonly Dictionary<string, string[]> AlsoAccepted = new(StringComparer.Ordinal)
    {
        [FirewallRule] =
            [Firewall, LoadBalancer, "ApplicationLoadBalancerResponse", "IpForwardingRuleResponse"],
        ["IpForwardingRuleResponse"] = [FirewallRule],
        [LoadBalancer] = ["ApplicationLoadBalancerResponse"],
        ["BackupScheduleResponse"] = ["BackupResponse"],
        ["IsoVmResponse"] = [Template],
        ["TlsDataResponse"] = [Template, LoadBalancer],
        ["TemplatePermissionsResponse"] = [Template],
        ["SystemVmResponse"] = ["DomainRouterResponse"],
        ["DomainRouterResponse"] = ["SystemVmResponse"],
        ["SecurityGroupRuleResponse"] = ["SecurityGroupRuleResponse"],
    };

    /// <summary>Classes that show other classes' objects from another side.</summary>
    private static readonly Dictionary<string, string> ViewOf = new(StringComparer.Ordinal)
    {
        ["ClusterMetricsResponse"] = Cluster,
        ["HostForMigrationResponse"] = Host,
        ["HostMetricsResponse"] = Host,
        ["HypervisorGuestOsNamesResponse"] = OsType,
        ["IpForwardingRuleResponse"] = FirewallRule,
        ["IsoVmResponse"] = Template,
        ["ManagementServerMetricsResponse"] = "ManagementServerResponse",
        ["StoragePoolMetricsResponse"] = StoragePool,
        ["VirtualMachineResponse"] = VirtualMachine,
        ["VmMetricsResponse"] = VirtualMachine,
        ["VmMetricsStatsResponse"] = VirtualMachine,
        ["VolumeMetricsResponse"] = Volume,
        ["VolumeMetricsStatsResponse"] = Volume,
        ["ZoneMetricsResponse"] = Zone,
    };

    /// <summary>True where an identifier of class <paramref name="actual"/> serves a parameter for <paramref name="wanted"/>.</summary>
    public static bool Accepts(string wanted, string actual) =>
        wanted == actual || (AlsoAccepted.TryGetValue(wanted, out var others) && others.Contains(actual));

    /// <summary>The class whose objects a class shows: itself unless it is a view.</summary>
    public static string Stored(string className) => ViewOf.GetValueOrDefault(className, className);
}
