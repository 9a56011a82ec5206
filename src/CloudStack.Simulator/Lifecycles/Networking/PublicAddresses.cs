using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Networking.Vpc;
using CloudStack.Simulator.Lifecycles.Networking.Vpn;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>Public addresses: taken from the zone's ranges, given back only when nothing uses them.</summary>
internal sealed class PublicAddresses : ICommandFamily
{
    private const string Range = "VlanIpRangeResponse";
    private const string Pool = "pool";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("associateIpAddress", Associate);
        commands.Begin("disassociateIpAddress", Disassociate);
        commands.Read("listPublicIpAddresses", call => Listing.Of(call, ResultClass.IpAddress, null, "allocatedonly", "forvirtualnetwork"));
    }

    /// <summary>Takes an address of the zone for an owner.</summary>
    /// <param name="state">The cloud.</param>
    /// <param name="owner">Whose it becomes.</param>
    /// <param name="place">The network or VPC it serves.</param>
    /// <param name="isSourceNat">True where the network's own traffic leaves by it.</param>
    /// <param name="chosen">The address wished for, or null for any.</param>
    /// <exception cref="ApiError">None is free.</exception>
    public static Entity Acquire(CloudState state, Owner owner, Entity place, bool isSourceNat, string? chosen)
    {
        var (range, text) = Take(state, owner, place.Text("zoneid")!, chosen);
        var address = state.New(ResultClass.IpAddress);
        address["ipaddress"] = text;
        address["allocated"] = state.Clock.GetUtcNow();
        address["state"] = "Allocated";
        address["issourcenat"] = isSourceNat;
        address["isstaticnat"] = false;
        address["isportable"] = false;
        address["issystem"] = false;
        address["forvirtualnetwork"] = true;
        address["fordisplay"] = true;
        address["hasrules"] = false;
        address["zoneid"] = place.Text("zoneid");
        address["zonename"] = place.Link("zonename");
        var vpc = place.Class.Name == VpcBuilder.Class ? place : state.Store.Find(place.Text("vpcid"));
        address["vpcid"] = vpc?.Id;
        address["vpcname"] = vpc?.Link("name");
        if (place != vpc)
        {
            address["associatednetworkid"] = place.Id;
            address["associatednetworkname"] = place.Link("name");
        }

        address["physicalnetworkid"] = range.Text("physicalnetworkid");
        address["vlanid"] = range.Id;
        address["vlanname"] = range.Text("vlan");
        owner.Claim(address);
        state.Store.Add(address);
        return address;
    }

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

    /// <summary>Gives an address back to its range, with the rules on it.</summary>
    public static void Release(CloudState state, Entity address)
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

    private static (Entity Range, string Address) Take(CloudState state, Owner owner, string zoneId, string? chosen)
    {
        // An owner's own ranges come first; those of others are out of reach.
        var ranges = state.Table(Range).Where(r => r.Text("zoneid") == zoneId && r.Flag("forvirtualnetwork") && (r.Owner ?? owner) == owner);
        foreach (var range in ranges.OrderBy(r => r.Owner is null))
        {
            var pool = PoolOf(range);
            if (chosen is null ? pool.Take() is { } text : pool.TryTake(text = chosen))
            {
                return (range, text);
            }
        }

        throw chosen is null
            ? ApiError.Exhausted("Insufficient address capacity: no public address of the zone is free.")
            : ApiError.Refused($"The public address {chosen} isn't free in this zone.");
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
            range.SetAttribute(Pool, pool = AddressPool.OfRange(range.Text("startip")!, range.Text("endip")!));
        }

        return pool;
    }

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
        var address = Acquire(call.State, network.Owner!, network, isSourceNat: false, call.Text("ipaddress"));
        return new Work(address, () =>
        {
            GuestNetworks.Implement(call.State, network);
            return Answer.Of(address);
        })
        {
            Queue = network,
            Abandon = () => Release(call.State, address),
        };
    }

    private static Work AssociateWith(CommandCall call, Entity vpc)
    {
        ResourceLimits.Demand(call.State, vpc.Owner!, LimitedResource.Address);
        var address = Acquire(call.State, vpc.Owner!, vpc, isSourceNat: false, call.Text("ipaddress"));
        return new Work(address, () =>
        {
            VpcBuilder.Start(call.State, vpc, null);
            return Answer.Of(address);
        })
        {
            Queue = vpc,
            Abandon = () => Release(call.State, address),
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
