using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Networking.Vpc;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Physical;

/// <summary>The VLANs of physical networks: which network has which, and which are free. They are counted, not kept.</summary>
internal sealed class GuestVlans : ICommandFamily
{
    private const string Row = "GuestVlanResponse";

    public void Register(CommandTable commands, CloudState state) => commands.Read("listGuestVlans", List);

    public static IReadOnlyList<(int First, int Last)> Of(Entity physical) =>
        VlanSpans.Read(physical.Text("vlan"), physical.Text("isolationmethods"));

    /// <summary>A VLAN for a guest network: of its owner's own ones first, never of somebody else's.</summary>
    /// <exception cref="ApiError">None is free.</exception>
    public static string Take(CloudState state, Entity network)
    {
        if (state.Store.Find(PhysicalNetworks.Class, network.Text("physicalnetworkid")) is { } physical)
        {
            var taken = Taken(state, physical);
            var dedicated = DedicatedVlans.On(state, physical);
            var own = dedicated.Where(range => range.Owner == network.Owner).Select(DedicatedVlans.SpanOf);
            var foreign = dedicated.Where(range => range.Owner != network.Owner).Select(DedicatedVlans.SpanOf).ToList();
            foreach (var vlan in VlanSpans.Each(own).Concat(VlanSpans.Each(Of(physical))))
            {
                if (!taken.ContainsKey(vlan) && !VlanSpans.Contain(foreign, vlan))
                {
                    return vlan.ToString(CultureInfo.InvariantCulture);
                }
            }
        }

        throw ApiError.Exhausted($"Unable to allocate a VLAN for network {network.Name}: none of its physical network is free.");
    }

    /// <summary>The VLANs of a physical network that are in use, and by what.</summary>
    public static Dictionary<int, Entity> Taken(CloudState state, Entity physical)
    {
        var taken = new Dictionary<int, Entity>();
        foreach (var user in state.Table(ResultClass.Network).Concat(state.Table(PrivateGateways.Class)))
        {
            if (user.Text("physicalnetworkid") == physical.Id && VlanSpans.NumberOf(user.Text("vlan")) is { } vlan)
            {
                taken.TryAdd(vlan, user);
            }
        }

        return taken;
    }

    /// <exception cref="ApiError">A VLAN that somebody chose is one that guest networks are given.</exception>
    public static void DemandOutside(Entity? physical, string? vlan)
    {
        if (physical is not null && VlanSpans.NumberOf(vlan) is { } number && VlanSpans.Contain(Of(physical), number))
        {
            throw ApiError.Refused(
                $"The VLAN {number} is one of those that guest networks of the physical network {physical.Name} are given "
                + $"({physical.Text("vlan")}); choose one outside.");
        }
    }

    private static Answer List(CommandCall call)
    {
        var onlyAllocated = call.IsSet("allocatedonly");
        var physicals = call.State.Table(PhysicalNetworks.Class).Where(physical =>
            (call.Find("physicalnetworkid") is not { } wanted || wanted == physical)
            && (call.Find("zoneid") is not { } zone || physical.Text("zoneid") == zone.Id));
        return Answer.List(physicals.SelectMany(physical => RowsOf(call, physical))
            .Where(row => (!onlyAllocated || row.Text("allocationstate") == "Allocated")
                && (call.Number("id") is not { } id || row.Number("id") == id)
                && (call.Text("vnet") is not { } vnet || row.Text("vlan") == vnet)
                && (call.Text("keyword") is not { } word || row.Text("vlan")!.Contains(word, StringComparison.Ordinal))));
    }

    private static IEnumerable<Entity> RowsOf(CommandCall call, Entity physical)
    {
        var taken = Taken(call.State, physical);
        var dedicated = DedicatedVlans.On(call.State, physical);
        return VlanSpans.Each(Of(physical)).Select(vlan => RowOf(
            call, physical, vlan, taken.GetValueOrDefault(vlan),
            dedicated.FirstOrDefault(range => VlanSpans.Contain([DedicatedVlans.SpanOf(range)], vlan))));
    }

    private static Entity RowOf(CommandCall call, Entity physical, int vlan, Entity? user, Entity? dedication)
    {
        // The number of a VLAN must be its own in the whole cloud, and the same each time.
        var number = (Convert.ToInt64(physical.Id[..6], 16) << 24) | (uint)vlan;
        var row = new Entity(call.State.Schema.Of(Row), number.ToString(CultureInfo.InvariantCulture));
        row["vlan"] = vlan.ToString(CultureInfo.InvariantCulture);
        row["allocationstate"] = user is null ? "Free" : "Allocated";
        row["isdedicated"] = dedication is not null;
        row["physicalnetworkid"] = physical.Id;
        row["physicalnetworkname"] = physical.Link("name");
        row["zoneid"] = physical.Text("zoneid");
        row["zonename"] = physical.Link("zonename");
        (user?.Owner ?? dedication?.Owner)?.Claim(row);
        if (user?.Class.Name == ResultClass.Network)
        {
            row["taken"] = user["created"];
            row["network"] = new List<Entity> { user };
        }

        return row;
    }
}
