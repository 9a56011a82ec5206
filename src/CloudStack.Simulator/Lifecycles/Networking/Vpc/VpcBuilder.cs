using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Networking.Vpn;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Vpc;

/// <summary>Virtual private clouds as the rest of the cloud uses them: made, brought to life, taken away.</summary>
internal static class VpcBuilder
{
    public const string Class = "VpcResponse";
    public const string Enabled = "Enabled";

    /// <summary>Makes a VPC; everything was checked before.</summary>
    public static Entity Create(CloudState state, Owner owner, Entity zone, Entity offering, string name, string cidr)
    {
        var vpc = state.New(Class);
        vpc["name"] = name;
        vpc["displaytext"] = name;
        vpc["cidr"] = cidr;
        vpc["state"] = Enabled;
        vpc["zoneid"] = zone.Id;
        vpc["zonename"] = zone.Link("name");
        vpc["created"] = state.Clock.GetUtcNow();
        vpc["networkdomain"] = "cs1cloud.internal";
        vpc["dns1"] = zone.Text("dns1");
        vpc["dns2"] = zone.Text("dns2");
        vpc["fordisplay"] = true;
        vpc["restartrequired"] = false;
        vpc["regionlevelvpc"] = false;
        SetOffering(vpc, offering);
        owner.Claim(vpc);
        state.Store.Add(vpc);
        return vpc;
    }

    public static void SetOffering(Entity vpc, Entity offering)
    {
        vpc["vpcofferingid"] = offering.Id;
        vpc["vpcofferingname"] = offering.Link("name");
        vpc["service"] = offering.Items("service");
        vpc["distributedvpcrouter"] = offering.Flag("distributedvpcrouter");
        vpc["redundantvpcrouter"] = VpcOfferings.IsRedundant(offering);
    }

    /// <summary>Gives a VPC its source address and its routers, as far as it lacks them.</summary>
    /// <exception cref="Protocol.ApiError">The address wished for, or any, can't be had.</exception>
    public static void Start(CloudState state, Entity vpc, string? sourceAddress)
    {
        if (GuestNetworks.HasService(vpc, "SourceNat") && SourceOf(state, vpc) is null)
        {
            PublicAddresses.Acquire(state, vpc.Owner!, vpc, isSourceNat: true, sourceAddress);
        }

        VirtualRouters.Ensure(state, vpc);
    }

    /// <summary>The address by which a VPC's own traffic leaves, or null where it has none yet.</summary>
    public static Entity? SourceOf(CloudState state, Entity vpc) => AddressesOf(state, vpc).FirstOrDefault(address => address.Flag("issourcenat"));

    public static IEnumerable<Entity> TiersOf(CloudState state, Entity vpc) => state.Table(ResultClass.Network).Where(Names(vpc));

    /// <summary>Takes a VPC without tiers away, with everything that hangs on it.</summary>
    public static void Remove(CloudState state, Entity vpc)
    {
        VpnGateways.RemoveOf(state, vpc);
        foreach (var address in AddressesOf(state, vpc).ToList())
        {
            PublicAddresses.Release(state, address);
        }

        foreach (var className in (string[])[StaticRoutes.Class, PrivateGateways.Class])
        {
            foreach (var part in state.Table(className).Where(Names(vpc)).ToList())
            {
                state.Store.Remove(part);
            }
        }

        foreach (var list in state.Table(AclLists.Class).Where(Names(vpc)).ToList())
        {
            AclLists.Remove(state, list);
        }

        VirtualRouters.Remove(state, vpc);
        state.Store.Remove(vpc);
    }

    private static IEnumerable<Entity> AddressesOf(CloudState state, Entity vpc) => state.Table(ResultClass.IpAddress).Where(Names(vpc));

    private static Func<Entity, bool> Names(Entity vpc) => part => part.Text("vpcid") == vpc.Id;
}
