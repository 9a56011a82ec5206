using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>A kind of resource as <c>resourcetype</c> names it, and what may hang on it.</summary>
/// <param name="Name">The server's name of the kind.</param>
/// <param name="Class">The class of its objects.</param>
/// <param name="HasDetails">Whether it takes details.</param>
/// <param name="HasIcon">Whether it takes an icon.</param>
internal sealed record ResourceKind(string Name, string Class, bool HasDetails, bool HasIcon)
{
    private static readonly Dictionary<string, ResourceKind> All = new ResourceKind[]
    {
        new("VMInstance", ResultClass.VirtualMachine, false, true), new("UserVm", ResultClass.VirtualMachine, true, true),
        new("Template", ResultClass.Template, true, true), new("ISO", ResultClass.Template, false, true),
        new("Volume", ResultClass.Volume, true, false), new("Snapshot", ResultClass.Snapshot, false, false),
        new("Network", ResultClass.Network, true, true), new("Nic", ResultClass.Nic, true, false),
        new("LoadBalancer", ResultClass.FirewallRule, true, false), new("PortForwardingRule", ResultClass.FirewallRule, true, false),
        new("FirewallRule", ResultClass.FirewallRule, true, false), new("PublicIpAddress", ResultClass.IpAddress, true, false),
        new("Project", ResultClass.Project, false, true), new("Account", ResultClass.Account, false, true),
        new("Domain", ResultClass.Domain, false, true), new("User", ResultClass.User, true, true),
        new("Vpc", "VpcResponse", true, true), new("NetworkACL", "NetworkACLItemResponse", true, false),
        new("NetworkACLList", "NetworkACLResponse", true, false), new("StaticRoute", "StaticRouteResponse", false, false),
        new("VMSnapshot", ResultClass.VmSnapshot, false, false), new("RemoteAccessVpn", "RemoteAccessVpnResponse", true, false),
        new("Zone", ResultClass.Zone, true, true), new("Storage", ResultClass.StoragePool, true, false),
        new("ServiceOffering", ResultClass.ServiceOffering, true, false), new("DiskOffering", ResultClass.DiskOffering, true, false),
        new("NetworkOffering", ResultClass.NetworkOffering, true, false), new("VpcOffering", "VpcOfferingResponse", false, false),
        new("PrivateGateway", "PrivateGatewayResponse", true, false), new("VpnGateway", "Site2SiteVpnGatewayResponse", true, false),
        new("CustomerGateway", "Site2SiteCustomerGatewayResponse", true, false),
        new("VpnConnection", "Site2SiteVpnConnectionResponse", true, false),
        new("AutoScaleVmProfile", "AutoScaleVmProfileResponse", true, false), new("AutoScaleVmGroup", "AutoScaleVmGroupResponse", true, false),
        new("LBStickinessPolicy", "LBStickinessResponse", true, false), new("LBHealthCheckPolicy", "LBHealthCheckResponse", true, false),
        new("SnapshotPolicy", ResultClass.SnapshotPolicy, true, false), new("GuestOs", ResultClass.OsType, true, false),
        new("GuestOsCategory", ResultClass.OsCategory, false, true), new("SecurityGroup", "SecurityGroupResponse", false, false),
        new("ObjectStore", "ObjectStoreResponse", true, false),
    }.ToDictionary(kind => kind.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The kind that a call is about.</summary>
    /// <exception cref="ApiError">The server knows no such kind.</exception>
    public static ResourceKind Of(CommandCall call) =>
        All.GetValueOrDefault(call.RequiredText("resourcetype")) ?? throw ApiError.Refused($"Invalid resource type {call.Text("resourcetype")}");

    /// <summary>The resource of this kind that an identifier names.</summary>
    /// <exception cref="ApiError">There is none, or it isn't the caller's to act on.</exception>
    public Entity Look(CommandCall call, string id)
    {
        var resource = call.State.Store.Find(Class, id)
            ?? throw ApiError.Refused($"Unable to find resource by uuid {id} and type {Name}");
        call.DemandSight(resource);
        return resource;
    }
}
