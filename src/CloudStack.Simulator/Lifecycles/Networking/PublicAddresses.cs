using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Networking.Addresses;
using CloudStack.Simulator.Lifecycles.Networking.Vpc;
using CloudStack.Simulator.Lifecycles.Networking.Vpn;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>Public addresses: taken from the zone's ranges, given back only when nothing uses them.</summary>
internal sealed class PublicAddresses : ICommandFamily
{
    private const string Pool = "pool";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("associateIpAddress", Associate);
        commands.Begin("disassociateIpAddress", Disassociate);
    }

    /// <summary>Takes an address of the zone for an owner.</summary>
    /// <param name="state">The cloud.</param>
    /// <param name="owner">Whose it becomes.</param>
    /// <param name="place">The network or VPC it serves.</param>
    /// <param name="isSourceNat">True where the network's own traffic leaves by it.</param>
    /// <param name="chosen">The address wished for, or null for any.</param>
    /// <param name="isPortable">True for one that may move between zones.</param>
    /// <exception cref="ApiError">None is free.</exception>
    public static Entity Acquire(CloudState state, Owner owner, Entity place, bool isSourceNat, string? chosen, bool isPortable = false)
    {
        var zoneId = place.Text("zoneid")!;
        var ranges = isPortable
            ? state.Table(PortableRanges.Class)
            : state.Table(VlanRanges.Class).Where(range => range.Text("zoneid") == zoneId && range.Flag("forvirtualnetwork"));
        var address = AddressReservations.Of(state, owner, zoneId, chosen) ?? Take(state, owner, ranges, chosen);
        address["state"] = "Allocated";
        address["issourcenat"] = isSourceNat;
        address["isportable"] = isPortable;
        address["zoneid"] = zoneId;
        address["zonename"] = place.Link("zonename");
        var vpc = place.Class.Name == VpcBuilder.Class ? place : state.Store.Find(place.Text("vpcid"));
        address["vpcid"] = vpc?.Id;
        address["vpcname"] = vpc?.Link("name");
        if (place != vpc)
        {
            address["associatednetworkid"] = place.Id;
            address["associatednetworkname"] = place.Link("name");
        }

        return address;
    }

    /// <summary>Takes one address of a range for an owner.</summary>
    /// <exception cref="ApiError">It isn't free, or not for this owner.</exception>
    public static Entity Take(CloudState state, Owner owner, Entity range, string text, string id) => Take(state, owner, [range], text, id);

    /// <summary>The addresses of a range that nobody has.</summary>
    public static IEnumerable<string> FreeOf(Entity range) => (range.Attribute<AddressPool>(Pool) ?? NewPool(range)).Free();

    /// <summary>Takes an address from a network that goes: back to its VPC, or back to its range.</summary>
    public static void Leave(CloudState state, Entity address)
    {
        if (address.Text("vpcid") is null)
        {
            Release(state, address);
            return;
        }

        StaticNat.Clear(state, address);
        RemoveRules(state, address);
        PortRules.Recount(state, address);
    }

    /// <summary>Gives an address back to its range, with the rules on it; for some time it may be only for its former owner.</summary>
    public static void Release(CloudState state, Entity address)
    {
        AddressQuarantine.Begin(state, address.Owner!, address.Text("ipaddress")!);
        GiveBack(state, address);
    }

    /// <summary>Gives an address back to its range as if nobody had had it.</summary>
    private static void GiveBack(CloudState state, Entity address)
    {
        RemoteAccessVpns.RemoveOf(state, address);
        RemoveRules(state, address);
        if (state.Store.Find(address.Text("vlanid")) is { } range)
        {
            PoolOf(range).Release(address.Text("ipaddress")!);
        }

        state.Store.Remove(address);
    }

    private static void RemoveRules(CloudState state, Entity address)
    {
        foreach (var rule in PortRules.On(state, address).ToList())
        {
            LoadBalancers.Cut(state, rule);
            state.Store.Remove(rule);
        }
    }

    private static Entity Take(CloudState state, Owner owner, IEnumerable<Entity> ranges, string? chosen, string? id = null)
    {
        var barred = AddressQuarantine.BarredFor(state, owner);
        if (chosen is not null && barred.Contains(chosen))
        {
            throw ApiError.Refused($"The public address {chosen} is in quarantine and can't be had yet.");
        }

        // An owner's own ranges come first; those of others are out of reach.
        foreach (var range in ranges.Where(range => (range.Owner ?? owner) == owner).OrderBy(range => range.Owner is null))
        {
            var pool = PoolOf(range);
            if (chosen is null ? pool.Take(barred) is { } text : pool.TryTake(text = chosen))
            {
                return Allot(state, owner, range, text, id);
            }
        }

        throw chosen is null
            ? ApiError.Exhausted("Insufficient address capacity: no public address of the zone is free.")
            : ApiError.Refused($"The public address {chosen} isn't free in this zone.");
    }

    private static Entity Allot(CloudState state, Owner owner, Entity range, string text, string? id)
    {
        var address = state.New(ResultClass.IpAddress, id);
        address["ipaddress"] = text;
        address["allocated"] = state.Clock.GetUtcNow();
        address["issourcenat"] = false;
        address["isstaticnat"] = false;
        address["isportable"] = false;
        address["issystem"] = false;
        address["forvirtualnetwork"] = true;
        address["fordisplay"] = true;
        address["hasrules"] = false;
        address["zoneid"] = range.Text("zoneid");
        address["physicalnetworkid"] = range.Text("physicalnetworkid");
        address["vlanid"] = range.Id;
        address["vlanname"] = range.Text("vlan");
        owner.Claim(address);
        state.Store.Add(address);
        return address;
    }

    /// <summary>Gives a range new bounds, in which its allocated addresses stay taken.</summary>
    public static void Renew(Entity range, IEnumerable<Entity> taken)
    {
        range.SetAttribute(Pool, null);
        foreach (var address in taken)
        {
            PoolOf(range).TryTake(address.Text("ipaddress")!);
        }
    }

    private static AddressPool PoolOf(Entity range)
    {
        if (range.Attribute<AddressPool>(Pool) is not { } pool)
        {
            range.SetAttribute(Pool, pool = NewPool(range));
        }

        return pool;
    }

    private static AddressPool NewPool(Entity range) => AddressPool.OfRange(range.Text("startip")!, range.Text("endip")!);

    private static Work Associate(CommandCall call)
    {
        if (call.Find("vpcid") is { } vpc && !call.Has("networkid"))
        {
            return AssociateWith(call, vpc);
        }

        var owner = call.NewOwner();
        var network = call.Find("networkid") ?? OnlyNetwork(call, owner);
        if (network.Text("type") != "Isolated")
        {
            throw ApiError.Refused($"Can't associate a public address with network {network.Name} of type {network.Text("type")}.");
        }

        ResourceLimits.Demand(call.State, network.Owner!, LimitedResource.Address);
        var address = Acquire(call.State, network.Owner!, network, isSourceNat: false, call.Text("ipaddress"), call.IsSet("isportable"));
        return new Work(address, () =>
        {
            GuestNetworks.Implement(call.State, network);
            return Answer.Of(address);
        })
        {
            Queue = network,
            Abandon = () => GiveBack(call.State, address),
        };
    }

    private static Work AssociateWith(CommandCall call, Entity vpc)
    {
        ResourceLimits.Demand(call.State, vpc.Owner!, LimitedResource.Address);
        var address = Acquire(call.State, vpc.Owner!, vpc, isSourceNat: false, call.Text("ipaddress"), call.IsSet("isportable"));
        return new Work(address, () =>
        {
            VpcBuilder.Start(call.State, vpc, null);
            return Answer.Of(address);
        })
        {
            Queue = vpc,
            Abandon = () => GiveBack(call.State, address),
        };
    }

    private static Entity OnlyNetwork(CommandCall call, Owner owner)
    {
        var zone = call.Target("zoneid");
        var networks = call.State.Table(ResultClass.Network)
            .Where(n => n.Owner?.Holder == owner.Holder && n.Text("zoneid") == zone.Id && n.Text("type") == "Isolated" && n.Text("vpcid") is null).ToList();
        return networks.Count == 1
            ? networks[0]
            : throw ApiError.Refused($"Account {owner.Holder.Name} has {networks.Count} isolated networks in zone {zone.Name}; please specify networkid.");
    }

    private static Work Disassociate(CommandCall call)
    {
        var address = call.Find("id") ?? call.State.Table(ResultClass.IpAddress)
            .FirstOrDefault(a => a.Text("ipaddress") == call.Text("ipaddress") && call.Caller.MaySee(a))
            ?? throw ApiError.Missing(call.Command.Name, "id");
        return new Work(address, () =>
        {
            StaticNat.Clear(call.State, address);
            Release(call.State, address);
            return Answer.Done;
        })
        {
            Queue = call.State.Store.Find(address.Text("associatednetworkid")),
            Begin = () => DemandReleasable(address),
        };
    }

    private static void DemandReleasable(Entity address)
    {
        if (address.Flag("issourcenat"))
        {
            throw ApiError.Refused($"The public address {address.Text("ipaddress")} is the source NAT address of its network and can't be released.");
        }
    }
}
