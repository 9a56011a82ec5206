using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Appliances;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Physical;

/// <summary>What a physical network carries, and on which bridge or switch of each hypervisor.</summary>
internal sealed class TrafficTypes : ICommandFamily
{
    public const string Guest = "Guest";
    public const string Storage = "Storage";
    private const string Class = "TrafficTypeResponse";

    private static readonly string[] Labels =
        ["xennetworklabel", "kvmnetworklabel", "vmwarenetworklabel", "hypervnetworklabel", "ovm3networklabel"];

    // Which parts of the server set networks of a type up.
    private static readonly (string Type, string Implementor)[] Implementors =
    [
        ("Management", "PodBasedNetworkGuru"), ("Control", "ControlNetworkGuru"), ("Storage", "StorageNetworkGuru"), ("Public", "PublicNetworkGuru"),
        (Guest, "ExternalGuestNetworkGuru"), (Guest, "DirectNetworkGuru"), (Guest, "DirectPodBasedNetworkGuru"), (Guest, "PrivateNetworkGuru"),
    ];

    private static readonly string[] Known = ["Guest", "Public", "Management", "Control", "Storage", "Vpn", "None"];

    // A zone has these on one physical network only.
    private static readonly string[] OncePerZone = ["Public", "Management", "Control", "Storage"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("addTrafficType", AddTo);
        commands.Begin("updateTrafficType", call =>
        {
            var traffic = call.Target("id");
            return Work.On(traffic, () => Label(call, traffic));
        });
        commands.Begin("deleteTrafficType", Delete);
        commands.Read("listTrafficTypes", call =>
        {
            var physical = call.Target("physicalnetworkid");
            return Answer.List(On(call.State, physical));
        });
        commands.Read("listTrafficTypeImplementors", ListImplementors);
    }

    /// <summary>What a physical network carries.</summary>
    public static IEnumerable<Entity> On(CloudState state, Entity physical) =>
        state.Table(Class).Where(traffic => traffic.Text("physicalnetworkid") == physical.Id);

    /// <summary>Lets a physical network carry something; everything was checked before.</summary>
    public static Entity Add(CloudState state, Entity physical, string type)
    {
        var traffic = state.New(Class);
        traffic["traffictype"] = type;
        traffic["physicalnetworkid"] = physical.Id;
        state.Store.Add(traffic);
        return traffic;
    }

    private static Work AddTo(CommandCall call)
    {
        var physical = call.Target("physicalnetworkid");
        var type = call.RequiredText("traffictype");
        if (!Known.Contains(type))
        {
            throw ApiError.Refused($"Unable to resolve trafficType '{type}' to a supported value: {string.Join(", ", Known)}.");
        }

        if (On(call.State, physical).Any(traffic => traffic.Text("traffictype") == type))
        {
            throw PhysicalNetworks.Internal($"The physical network {physical.Name} already supports the traffic type {type}.");
        }

        DemandFitsZone(call.State, physical, type);
        var made = Add(call.State, physical, type);
        Label(call, made);
        return new Work(made, () => Answer.Of(made)) { Queue = physical, Abandon = () => call.State.Store.Remove(made) };
    }

    private static void DemandFitsZone(CloudState state, Entity physical, string type)
    {
        var others = state.Table(PhysicalNetworks.Class).Where(other => other != physical && other.Text("zoneid") == physical.Text("zoneid")
            && On(state, other).Any(traffic => traffic.Text("traffictype") == type)).ToList();
        if (others.Count > 0 && OncePerZone.Contains(type))
        {
            throw PhysicalNetworks.Internal($"The zone has a physical network with the traffic type {type}: {others[0].Name}.");
        }

        if (type == Storage && state.Table(SystemVms.Class).FirstOrDefault(machine => machine.Text("zoneid") == physical.Text("zoneid")
            && machine.Text("systemvmtype") == "secondarystoragevm" && machine.State == MachineState.Running) is { } running)
        {
            throw PhysicalNetworks.Internal(
                $"Can't add the traffic type {type} while the secondary storage VM {running.Name} runs without a storage network; stop it first.");
        }

        if (physical.Text("tags") is not { Length: > 0 } && others.Any(other => other.Text("tags") is not { Length: > 0 }))
        {
            throw PhysicalNetworks.Internal($"More than one physical network of the zone would carry {type} without a tag.");
        }
    }

    private static void Label(CommandCall call, Entity traffic)
    {
        foreach (var label in Labels.Where(call.Has))
        {
            traffic[label] = call.Text(label) is { Length: > 0 } text ? text : null;
        }
    }

    private static Work Delete(CommandCall call)
    {
        var traffic = call.Target("id");
        return new Work(traffic, () =>
        {
            var physical = traffic.Text("physicalnetworkid");
            if (traffic.Text("traffictype") == Guest
                && call.State.Table(ResultClass.Network).FirstOrDefault(n => n.Text("physicalnetworkid") == physical) is { } network)
            {
                throw PhysicalNetworks.Internal($"The traffic type {Guest} isn't deletable because there are networks with it: {network.Name}.");
            }

            call.State.Store.Remove(traffic);
            return Answer.Done;
        });
    }

    private static Answer ListImplementors(CommandCall call)
    {
        var wanted = call.Text("traffictype");
        return wanted is { Length: > 0 } && !Known.Contains(wanted, StringComparer.OrdinalIgnoreCase)
            ? throw ApiError.Refused($"Unable to resolve trafficType '{wanted}' to a supported value: {string.Join(", ", Known)}.")
            : Answer.List(from one in Implementors
                          where wanted is not { Length: > 0 } || one.Type.Equals(wanted, StringComparison.OrdinalIgnoreCase)
                          select Row(call, one.Type, one.Implementor));
    }

    private static Entity Row(CommandCall call, string type, string implementor)
    {
        var row = call.New(call.Command.Result);
        row["traffictype"] = type;
        row["traffictypeimplementor"] = implementor;
        return row;
    }
}
