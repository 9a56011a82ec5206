using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Lifecycles.Networking.Vpc;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Routing;

/// <summary>What is carved from a zone's IPv4 networks: free until a routed network or VPC takes it, gone with that.</summary>
internal sealed class GuestSubnets : ICommandFamily
{
    private const string Class = "Ipv4SubnetForGuestNetworkResponse";
    private const string Free = "Free";
    private const int Smallest = 29;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createIpv4SubnetForGuestNetwork", Create);
        commands.Begin("deleteIpv4SubnetForGuestNetwork", Delete);
        commands.Read("listIpv4SubnetsForGuestNetwork", call => Listing.Of(call, Class, part =>
            call.Text("keyword") is not { } word || part.Text("subnet")!.Contains(word, StringComparison.Ordinal), "keyword"));
        state.Store.Removing += gone => Leave(state, gone);
    }

    /// <summary>The parts of a zone's network.</summary>
    public static IEnumerable<Entity> Of(CloudState state, Entity parent) => state.Table(Class).Where(part => part.Text("parentid") == parent.Id);

    public static bool IsUsed(Entity part) => part.State != Free;

    public static Entity? UserOf(CloudState state, Entity part) => state.Store.Find(part.Text("networkid") ?? part.Text("vpcid"));

    /// <summary>Finds or plans the part for a new network or VPC of an owner in a zone.</summary>
    /// <param name="call">The call; it may wish for a size.</param>
    /// <param name="zone">The zone.</param>
    /// <param name="owner">Whose the network will be.</param>
    /// <param name="wished">The network itself, or null for any of the size.</param>
    /// <exception cref="ApiError">There is none.</exception>
    public static SubnetPlan Plan(CommandCall call, Entity zone, Owner owner, CidrBlock? wished)
    {
        // What is dedicated to the owner comes first.
        var parents = ZoneSubnets.Of(call.State, zone.Id).Where(subnet => Dedicated.IsFor(subnet, owner))
            .OrderByDescending(subnet => subnet.Text("account") ?? subnet.Text("projectid"), StringComparer.Ordinal)
            .ThenByDescending(subnet => subnet.Text("domainid"), StringComparer.Ordinal).ToList();
        return wished is { } block ? Exactly(call.State, zone, parents, block) : OfSize(call, zone, parents);
    }

    /// <summary>Gives a network or VPC its part.</summary>
    public static void Allocate(CloudState state, SubnetPlan plan, Entity user)
    {
        var part = plan.Known ?? Add(state, plan.Parent, plan.Block);
        part["state"] = "Allocated";
        part["allocated"] = state.Clock.GetUtcNow();
        part["zoneid"] = user.Text("zoneid");
        part["zonename"] = user.Link("zonename");
        var isVpc = user.Class.Name == VpcBuilder.Class;
        part[isVpc ? "vpcid" : "networkid"] = user.Id;
        part[isVpc ? "vpcname" : "networkname"] = user.Link("name");
    }

    private static SubnetPlan Exactly(CloudState state, Entity zone, List<Entity> allowed, CidrBlock block)
    {
        if (state.Table(Class).FirstOrDefault(part => part.Text("zoneid") == zone.Id && part.Text("subnet") == $"{block}") is { } known)
        {
            var owning = state.Store.Find(known.Text("parentid"));
            return IsUsed(known) ? throw ApiError.Refused($"The subnet {block} is in use.")
                : owning is null || allowed.Contains(owning) ? new SubnetPlan(block, owning, known)
                : throw ApiError.Refused($"The subnet {block} is dedicated to others.");
        }

        var parent = ZoneSubnets.Of(state, zone.Id).FirstOrDefault(subnet => ZoneSubnets.BlockOf(subnet).Overlaps(block));
        if (parent is not null && (!ZoneSubnets.BlockOf(parent).Contains(block) || !allowed.Contains(parent)))
        {
            throw ApiError.Refused($"The network {block} overlaps with {parent.Text("subnet")} of the zone, or that is dedicated to others.");
        }

        DemandFree(state, zone.Id, block);
        return new SubnetPlan(block, parent, null);
    }

    private static SubnetPlan OfSize(CommandCall call, Entity zone, List<Entity> parents)
    {
        var prefix = DemandSize(call);
        foreach (var parent in parents)
        {
            var known = Of(call.State, parent).FirstOrDefault(part => !IsUsed(part) && ZoneSubnets.BlockOf(part).Prefix == prefix);
            if (known is not null)
            {
                return new SubnetPlan(ZoneSubnets.BlockOf(known), parent, known);
            }
        }

        return parents.Select(parent => (Parent: parent, Block: Room(call.State, parent, prefix))).Where(room => room.Block is not null)
            .Select(room => new SubnetPlan(room.Block!.Value, room.Parent, null)).FirstOrDefault()
            ?? throw ApiError.Refused($"The zone {zone.Name} has no subnet with room for a network of /{prefix}.");
    }

    private static void DemandFree(CloudState state, string zoneId, CidrBlock block)
    {
        if (state.Table(Class).FirstOrDefault(part => part.Text("zoneid") == zoneId && ZoneSubnets.BlockOf(part).Overlaps(block)) is { } known)
        {
            throw ApiError.Refused($"The subnet {block} overlaps with {known.Text("subnet")}.");
        }
    }

    private static CidrBlock? Room(CloudState state, Entity parent, int prefix) =>
        FreeBlocks.Find(ZoneSubnets.BlockOf(parent), [.. Of(state, parent).Select(ZoneSubnets.BlockOf)], prefix);

    private static int DemandSize(CommandCall call) => call.Number("cidrsize") is >= 1 and <= Smallest and var size
        ? (int)size
        : throw ApiError.Refused($"The cidrsize {call.Number("cidrsize")} isn't one of 1 to {Smallest}.");

    private static void Leave(CloudState state, Entity gone)
    {
        if (gone.Class.Name is ResultClass.Network or VpcBuilder.Class)
        {
            foreach (var part in state.Table(Class).Where(part => (part.Text("networkid") ?? part.Text("vpcid")) == gone.Id).ToList())
            {
                state.Store.Remove(part);
            }
        }
    }

    private static Work Create(CommandCall call)
    {
        var parent = call.Target("parentid");
        return new Work(null, () => Answer.Of(Add(call.State, parent, Wanted(call, parent))))
        {
            Begin = () => Wanted(call, parent),
            Queue = parent,
        };
    }

    private static CidrBlock Wanted(CommandCall call, Entity parent)
    {
        if (call.Has("subnet") == call.Has("cidrsize"))
        {
            throw ApiError.Refused("Please specify either subnet or cidrsize.");
        }

        if (!call.Has("subnet"))
        {
            var prefix = DemandSize(call);
            return Room(call.State, parent, prefix) ?? throw ApiError.Refused($"The subnet {parent.Text("subnet")} has no room for /{prefix}.");
        }

        var block = CidrBlock.Demand(call.Text("subnet"), "subnet");
        if (!ZoneSubnets.BlockOf(parent).Contains(block))
        {
            throw ApiError.Refused($"The subnet {block} isn't within {parent.Text("subnet")}.");
        }

        DemandFree(call.State, parent.Text("zoneid")!, block);
        return block;
    }

    private static Entity Add(CloudState state, Entity? parent, CidrBlock block)
    {
        var part = state.New(Class);
        part["created"] = state.Clock.GetUtcNow();
        part["subnet"] = $"{block}";
        part["state"] = Free;
        part["parentid"] = parent?.Id;
        part["parentsubnet"] = parent?.Link("subnet");
        part["zoneid"] = parent?.Text("zoneid");
        part["zonename"] = parent?.Link("zonename");
        state.Store.Add(part);
        return part;
    }

    private static Work Delete(CommandCall call)
    {
        var part = call.Target("id");
        return Work.Removing(call.State.Store, part) with
        {
            Begin = () =>
            {
                if (IsUsed(part))
                {
                    throw ApiError.Refused($"Cannot delete the subnet {part.Text("subnet")}, which is in use by {UserOf(call.State, part)?.Name}.");
                }
            },
        };
    }
}

/// <summary>Where a new network or VPC will be.</summary>
/// <param name="Block">Its addresses.</param>
/// <param name="Parent">The zone's network that they're part of, or null where they're part of none.</param>
/// <param name="Known">The free part that was there before, or null.</param>
internal sealed record SubnetPlan(CidrBlock Block, Entity? Parent, Entity? Known);
