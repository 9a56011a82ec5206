using System.Globalization;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Kubernetes;
using CloudStack.Simulator.Lifecycles.Networking.Balancers;
using CloudStack.Simulator.Lifecycles.Networking.Physical;
using CloudStack.Simulator.Lifecycles.Networking.Vpc;
using CloudStack.Simulator.Lifecycles.Routing;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>Guest networks as the rest of the cloud uses them: made, brought to life by their first machine, given nics.</summary>
internal static class GuestNetworks
{
    public const string Allocated = "Allocated";
    public const string Implemented = "Implemented";
    public const string Setup = "Setup";
    public const string DefaultCidr = "10.1.1.0/24";
    private const string Pool = "pool";

    /// <summary>Makes a network of an offering, on the physical network given or the one of its zone that fits.</summary>
    /// <exception cref="ApiError">No physical network fits, or none of its VLANs is free.</exception>
    public static Entity Create(
        CloudState state, Owner owner, Entity zone, Entity offering, string name, string? cidr, (Entity? Physical, string? Vlan) place = default)
    {
        var physical = PhysicalNetworks.ForGuests(state, zone, offering, place.Physical);
        var network = state.New(ResultClass.Network);
        var type = offering.Text("guestiptype") ?? "Isolated";
        network["name"] = name;
        network["displaytext"] = name;
        network["type"] = type;
        network["traffictype"] = "Guest";
        network["zoneid"] = zone.Id;
        network["zonename"] = zone.Link("name");
        network["physicalnetworkid"] = physical.Id;
        network["vlan"] = place.Vlan;
        network["created"] = state.Clock.GetUtcNow();
        network["broadcastdomaintype"] = "Vlan";
        network["networkdomain"] = "cs1cloud.internal";
        network["acltype"] = type == "Shared" ? "Domain" : "Account";
        network["canusefordeploy"] = true;
        network["displaynetwork"] = true;
        network["issystem"] = false;
        network["ispersistent"] = offering.Flag("ispersistent");
        network["restartrequired"] = false;
        network["redundantrouter"] = false;
        network["specifyipranges"] = offering.Flag("specifyipranges");
        network["strechedl2subnet"] = false;
        network["related"] = network.Id;
        network["dns1"] = zone.Text("dns1");
        network["dns2"] = zone.Text("dns2");
        SetOffering(network, offering);
        network["state"] = type == "Isolated" ? Allocated : Setup;
        if (type != "L2")
        {
            Address(network, cidr ?? zone.Text("guestcidraddress") ?? DefaultCidr);
        }

        owner.Claim(network);
        if (type != "Isolated")
        {
            GiveVlan(state, network);
        }

        state.Store.Add(network);
        return network;
    }

    public static void SetOffering(Entity network, Entity offering)
    {
        network["networkofferingid"] = offering.Id;
        network["networkofferingname"] = offering.Link("name");
        network["networkofferingdisplaytext"] = offering.Link("displaytext");
        network["networkofferingavailability"] = offering.Link("availability");
        network["networkofferingconservemode"] = offering.Link("conservemode");
        network["service"] = offering.Items("service");
    }

    /// <summary>Gives an isolated network its VLAN and its source address, once, and a router where it has none.</summary>
    public static void Implement(CloudState state, Entity network)
    {
        if (network.State == Setup)
        {
            return;
        }

        // A tier's source address and routers are those of its VPC.
        var vpc = state.Store.Find(network.Text("vpcid"));
        if (network.State == Allocated)
        {
            // Whatever can't be had ends it before anything has changed.
            var vlan = VlanFor(state, network);
            if (vpc is null && network.Text("type") == "Isolated" && HasService(network, "SourceNat"))
            {
                PublicAddresses.Acquire(state, network.Owner!, network, isSourceNat: true, chosen: null);
            }

            SetVlan(network, vlan);
            network["state"] = Implemented;
        }

        if (vpc is not null)
        {
            VpcBuilder.Start(state, vpc, null);
        }
        else if (NeedsRouter(network))
        {
            VirtualRouters.Ensure(state, network);
        }
    }

    /// <summary>True where something must serve the network's machines.</summary>
    public static bool NeedsRouter(Entity network) => HasService(network, "Dhcp") || HasService(network, "SourceNat");

    public static bool HasService(Entity network, string service) => network.Items("service").Any(s => s.Name == service);

    /// <summary>Plugs a machine into a network.</summary>
    /// <exception cref="ApiError">The address isn't free, or none is.</exception>
    public static Entity AddNic(CloudState state, Entity machine, Entity network, string? chosenAddress, string? mac)
    {
        var nic = state.New(ResultClass.Nic);
        var pool = network.Attribute<AddressPool>(Pool);
        if (pool is not null)
        {
            nic["ipaddress"] = TakeAddress(network, pool, chosenAddress);
            nic["netmask"] = network.Text("netmask");
            nic["gateway"] = network.Text("gateway");
        }

        var siblings = machine.Items("nic");
        nic["networkid"] = network.Id;
        nic["networkname"] = network.Link("name");
        nic["type"] = network.Text("type");
        nic["traffictype"] = "Guest";
        nic["isdefault"] = siblings.Count == 0;
        nic["deviceid"] = siblings.Count.ToString(CultureInfo.InvariantCulture);
        nic["macaddress"] = mac ?? NextMac(state);
        Ipv6Prefixes.Address(network, nic);
        nic["broadcasturi"] = network.Link("broadcasturi");
        nic["isolationuri"] = network.Link("broadcasturi");
        nic["virtualmachineid"] = machine.Id;
        nic["vpcid"] = network.Text("vpcid");
        nic["vpcname"] = network.Text("vpcid") is null ? null : network.Link("vpcname");
        nic.Owner = machine.Owner;
        state.Store.Add(nic);
        machine.AddItem("nic", nic);
        if (nic.Flag("isdefault"))
        {
            machine.TrySet("ipaddress", nic.Link("ipaddress"));
        }

        return nic;
    }

    /// <summary>Unplugs a nic and frees its addresses.</summary>
    public static void RemoveNic(CloudState state, Entity machine, Entity nic)
    {
        var pool = state.Store.Find(nic.Text("networkid"))?.Attribute<AddressPool>(Pool);
        foreach (var address in nic.Items("secondaryip").Append(nic))
        {
            if (address.Text("ipaddress") is { } text)
            {
                pool?.Release(text);
            }

            state.Store.Remove(address);
        }

        machine.RemoveItem("nic", nic);
    }

    /// <exception cref="ApiError">The address wished for, or any, can't be had.</exception>
    public static void DemandAddress(Entity network, string? chosen)
    {
        if (network.Attribute<AddressPool>(Pool)?.CanTake(chosen) == false)
        {
            throw chosen is { Length: > 0 }
                ? ApiError.Refused($"The address {chosen} isn't free in network {network.Name}.")
                : ApiError.Exhausted($"Network {network.Name} has no free address left.");
        }
    }

    public static string TakeAddress(Entity network, string? chosen) =>
        TakeAddress(network, network.Attribute<AddressPool>(Pool) ?? throw ApiError.Refused($"Network {network.Name} has no addresses."), chosen);

    public static void ReleaseAddress(Entity network, string address) => network.Attribute<AddressPool>(Pool)?.Release(address);

    /// <exception cref="ApiError">A machine is on the network.</exception>
    public static void DemandUnused(CloudState state, Entity network)
    {
        if (state.Table(ResultClass.Nic).FirstOrDefault(nic => nic.Text("networkid") == network.Id) is { } nic)
        {
            var machine = state.Store.Find(nic.Text("virtualmachineid"));
            throw ApiError.Refused($"Can't delete the network {network.Name}: not all user vms are expunged, {machine?.Name} is on it.");
        }

        KubernetesClusters.DemandNoneOn(state, network);
    }

    /// <summary>Takes a network away with its routers, addresses and rules.</summary>
    public static void Remove(CloudState state, Entity network)
    {
        foreach (var address in state.Table(ResultClass.IpAddress).Where(a => a.Text("associatednetworkid") == network.Id).ToList())
        {
            PublicAddresses.Leave(state, address);
        }

        foreach (var rule in state.Table(ResultClass.Firewall).Where(r => r.Text("networkid") == network.Id).ToList())
        {
            state.Store.Remove(rule);
        }

        InternalBalancers.RemoveOf(state, network);
        VirtualRouters.Remove(state, network);
        VpcTiers.Leave(state, network);
        state.Store.Remove(network);
    }

    /// <summary>Gives a network its addresses.</summary>
    /// <exception cref="ApiError">The text isn't an IPv4 network.</exception>
    public static void Address(Entity network, string cidr)
    {
        try
        {
            network["cidr"] = cidr;
            network["gateway"] = AddressPool.GatewayOf(cidr);
            network["netmask"] = AddressPool.NetmaskOf(cidr);
            network.SetAttribute(Pool, AddressPool.OfCidr(cidr));
        }
        catch (FormatException error)
        {
            throw ApiError.Refused(error.Message);
        }
    }

    private static string TakeAddress(Entity network, AddressPool pool, string? chosen)
    {
        DemandAddress(network, chosen);
        if (chosen is { Length: > 0 })
        {
            pool.TryTake(chosen);
            return chosen;
        }

        return pool.Take()!;
    }

    private static void GiveVlan(CloudState state, Entity network) => SetVlan(network, VlanFor(state, network));

    private static string VlanFor(CloudState state, Entity network) => network.Text("vlan") ?? GuestVlans.Take(state, network);

    private static void SetVlan(Entity network, string vlan)
    {
        network["vlan"] = vlan;
        network["broadcasturi"] = vlan.Contains("://", StringComparison.Ordinal) ? vlan : $"vlan://{vlan}";
    }

    private static string NextMac(CloudState state) => string.Create(
        CultureInfo.InvariantCulture,
        $"02:01:{state.Ids.Next(256):x2}:{state.Ids.Next(256):x2}:{state.Ids.Next(256):x2}:{state.Ids.Next(256):x2}");
}
