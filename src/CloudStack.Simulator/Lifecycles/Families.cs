using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Lifecycles.Access;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Accounting;
using CloudStack.Simulator.Lifecycles.Appliances;
using CloudStack.Simulator.Lifecycles.AutoScale;
using CloudStack.Simulator.Lifecycles.Backups;
using CloudStack.Simulator.Lifecycles.Certificates;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Directory;
using CloudStack.Simulator.Lifecycles.Extensions;
using CloudStack.Simulator.Lifecycles.Guests;
using CloudStack.Simulator.Lifecycles.Images;
using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Lifecycles.Kubernetes;
using CloudStack.Simulator.Lifecycles.Metrics;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Lifecycles.Networking.Addresses;
using CloudStack.Simulator.Lifecycles.Networking.Balancers;
using CloudStack.Simulator.Lifecycles.Networking.Physical;
using CloudStack.Simulator.Lifecycles.Networking.Vpc;
using CloudStack.Simulator.Lifecycles.Networking.Vpn;
using CloudStack.Simulator.Lifecycles.Notices;
using CloudStack.Simulator.Lifecycles.Objects;
using CloudStack.Simulator.Lifecycles.Offerings;
using CloudStack.Simulator.Lifecycles.Operations;
using CloudStack.Simulator.Lifecycles.Routing;
using CloudStack.Simulator.Lifecycles.Storage;

namespace CloudStack.Simulator.Lifecycles;

/// <summary>All families of commands that have a life cycle.</summary>
internal static class Families
{
    private static readonly ICommandFamily[] All =
    [
        new VirtualMachines(), new MachineDeployment(), new MachineChanges(), new MachineMoves(), new MachineNics(),
        new MachineIsos(), new MachineAccess(), new MachineSnapshots(), new AffinityGroups(), new SshKeyPairs(), new UserDataTexts(),
        new MachineSchedules(), new InstanceGroups(), new VnfAppliances(),
        new MachineVolumeMoves(), new UnmanagedMachines(), new GpuCards(), new GpuDevices(),
        new Volumes(), new VolumeAttachment(), new VolumeSizes(), new Snapshots(), new SnapshotPolicies(),
        new Networks(), new NetworkPermissions(), new NetworkMigration(), new NetworkProtocols(),
        new PublicAddresses(), new StaticNat(), new FirewallRules(), new PortForwarding(),
        new SnapshotCopies(), new VolumeImports(), new SharedFileSystems(),
        new BackupRepositories(), new BackupOfferings(), new MachineBackups(), new BackupRestores(), new BackupSchedules(),
        new ObjectStores(), new Buckets(),
        new LoadBalancers(), new BalancerPolicies(), new BalancerCertificates(), new NetworkFirewall(), new SecurityGroups(),
        new SecurityGroupRules(), new VlanRanges(),
        new AutoScaleCounters(), new AutoScalePolicies(), new AutoScaleProfiles(), new AutoScaleGroups(),
        new PhysicalNetworks(), new TrafficTypes(), new ServiceProviders(), new NetworkDevices(), new GuestVlans(), new DedicatedVlans(),
        new AddressReservations(), new AddressQuarantine(), new PortableRanges(), new PodRanges(), new PodAddresses(), new StorageRanges(),
        new InternalBalancerElements(), new InternalBalancers(), new InternalBalancerMachines(), new GlobalBalancers(), new ForwardingRules(),
        new VpcOfferings(), new Vpcs(), new AclLists(), new AclItems(), new PrivateGateways(), new StaticRoutes(),
        new RemoteAccessVpns(), new VpnUsers(), new VpnGateways(), new CustomerGateways(), new VpnConnections(),
        new AsNumbers(), new BgpPeers(), new NetworkPeers(), new ZoneSubnets(), new GuestSubnets(), new Ipv6Prefixes(),
        new Routers(), new SystemVms(), new RouterElements(), new Diagnostics(),
        new Templates(), new ImageTransfers(), new ImageCopies(), new ImagePermissions(), new VnfTemplates(),
        new ServiceOfferings(), new DiskOfferings(), new NetworkOfferings(),
        new Zones(), new Pods(), new Hosts(),
        new HostConditions(), new HostPower(), new HostAvailability(), new Dedications(), new DrsPlans(),
        new StorageScopes(), new StorageObjects(), new ImageStoreData(), new StorageSelectors(), new Regions(),
        new PrimaryStorage(), new ImageStores(), new SwiftStores(),
        new ComputeMetrics(), new PlaceMetrics(), new ServerMetrics(), new UsageHistory(),
        new Domains(), new Accounts(), new Users(), new SecondFactorCommands(), new Roles(), new Projects(), new LimitCommands(),
        new OAuthProviders(), new SamlSignIn(), new ProjectInvitations(), new ProjectRoles(),
        new KubernetesVersions(), new KubernetesClusters(), new KubernetesSizes(), new KubernetesNodes(), new CniConfigurations(),
        new Certificates.Certificates(), new SslCertificates(), new DownloadCertificates(), new Webhooks(), new WebhookDeliveries(),
        new LdapConfigurations(), new LdapUsers(), new GuestSystems(), new GuestMappings(),
        new Extensions.Extensions(), new ExtensionClusters(), new CustomActions(),
        new UsageRecords(), new Quota(), new QuotaTariffs(), new QuotaLetters(),
        new AsyncJobs(), new Events(), new Alerts(), new Annotations(), new Tags(),
        new ResourceDetails(), new DetailOptions(), new ResourceIcons(),
        new ManagementServers(), new Inventory(), new ConfigurationGroups(), new HypervisorCapabilities(), new GuiThemes(), new CloudIdentity(),
        new Capabilities(), new ApiDiscovery(), new ApiLimits(), new Configurations(), new Capacities(),
    ];

    public static void Register(CloudState state)
    {
        foreach (var family in All)
        {
            family.Register(state.Commands, state);
        }
    }
}
