using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Appliances;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Networking.Vpc;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>The routers that serve an isolated network, or a VPC with all its tiers: one, or two that stand in for each other.</summary>
internal static class VirtualRouters
{
    public const string Class = "DomainRouterResponse";
    public const string Role = "VIRTUAL_ROUTER";
    private const int NumbersBefore = 3;

    /// <summary>The routers of a network or a VPC.</summary>
    public static IEnumerable<Entity> Of(CloudState state, Entity place) =>
        state.Table(Class).Where(router => router.Text("role") == Role && router.Text(IsVpc(place) ? "vpcid" : "guestnetworkid") == place.Id);

    /// <summary>Makes the routers of a network or VPC that has none.</summary>
    public static void Ensure(CloudState state, Entity place)
    {
        if (!Of(state, place).Any())
        {
            Build(state, place);
        }
    }

    /// <summary>Makes new routers and takes the former ones away.</summary>
    public static void Rebuild(CloudState state, Entity place)
    {
        var former = Of(state, place).ToList();
        Build(state, place);
        foreach (var router in former)
        {
            Discard(state, router);
        }

        Elect(state, place);
    }

    /// <summary>Brings the routers that run to the cloud's version, without a stop.</summary>
    public static void Patch(CloudState state, Entity place)
    {
        foreach (var router in Of(state, place).Where(router => router.State == MachineState.Running))
        {
            SetVersion(router, state.Options.ServerVersion, isCurrent: true);
        }
    }

    /// <summary>Takes a network's or VPC's routers away.</summary>
    public static void Remove(CloudState state, Entity place)
    {
        foreach (var router in Of(state, place).ToList())
        {
            Discard(state, router);
        }
    }

    /// <summary>Takes one router away.</summary>
    public static void Discard(CloudState state, Entity router)
    {
        Appliance.Stop(state, router);
        state.Store.Remove(router);
    }

    /// <summary>What a router serves, or null where that is gone.</summary>
    public static Entity? PlaceOf(CloudState state, Entity router) => state.Store.Find(router.Text("vpcid") ?? router.Text("guestnetworkid"));

    /// <summary>Of two routers the first that runs does the work.</summary>
    public static void Elect(CloudState state, Entity? place)
    {
        if (place is null || !IsRedundant(place))
        {
            return;
        }

        var hasPrimary = false;
        foreach (var router in Of(state, place))
        {
            var isUp = router.State == MachineState.Running;
            router["redundantstate"] = isUp ? hasPrimary ? "BACKUP" : "PRIMARY" : "UNKNOWN";
            hasPrimary |= isUp;
        }
    }

    public static void SetVersion(Entity router, string version, bool isCurrent)
    {
        router["version"] = version;
        router["softwareversion"] = version;
        router["requiresupgrade"] = !isCurrent;
        router["healthchecksfailed"] = !isCurrent;
    }

    /// <summary>A machine of a place that isn't part of the cloud yet: a router, or another that is kept among them.</summary>
    public static Entity New(CloudState state, Entity place, string prefix, string role)
    {
        var router = state.New(Class);
        router["name"] = Appliance.NextName(state.Table(Class), prefix, NumbersBefore);
        router["role"] = role;
        router["created"] = state.Clock.GetUtcNow();
        router["zoneid"] = place.Text("zoneid");
        router["zonename"] = place.Link("zonename");
        router["networkdomain"] = place.Link("networkdomain");
        router["hypervisor"] = "KVM";
        router["dns1"] = place.Text("dns1");
        router["dns2"] = place.Text("dns2");
        router["isredundantrouter"] = IsRedundant(place);
        router["redundantstate"] = "UNKNOWN";
        router["arch"] = "x86_64";
        SetVersion(router, state.Options.ServerVersion, isCurrent: true);
        SystemOfferings.Assign(state, router, SystemOfferings.Router);
        return router;
    }

    private static bool IsVpc(Entity place) => place.Class.Name == VpcBuilder.Class;

    private static bool IsRedundant(Entity place) => place.Flag("redundantrouter") || place.Flag("redundantvpcrouter");

    private static void Build(CloudState state, Entity place)
    {
        for (var i = IsRedundant(place) ? 2 : 1; i > 0; i--)
        {
            Start(state, place);
        }

        Elect(state, place);
    }

    private static void Start(CloudState state, Entity place)
    {
        var router = New(state, place, "r", Role);
        if (IsVpc(place))
        {
            router["vpcid"] = place.Id;
            router["vpcname"] = place.Link("name");
        }
        else
        {
            router["guestnetworkid"] = place.Id;
            router["guestnetworkname"] = place.Link("name");
            router["guestipaddress"] = place.Text("gateway");
            router["guestnetmask"] = place.Text("netmask");
        }

        var field = IsVpc(place) ? "vpcid" : "associatednetworkid";
        router["publicip"] = state.Table(ResultClass.IpAddress)
            .FirstOrDefault(address => address.Flag("issourcenat") && address.Text(field) == place.Id)?.Text("ipaddress");
        place.Owner!.Claim(router);
        state.Store.Add(router);
        Appliance.TryStart(state, router);
    }
}
