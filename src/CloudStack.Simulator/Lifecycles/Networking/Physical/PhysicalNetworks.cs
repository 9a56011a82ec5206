using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Physical;

/// <summary>Physical networks of zones: made while the zone is disabled, enabled, given VLANs, deleted when nothing is on them.</summary>
internal sealed class PhysicalNetworks : ICommandFamily
{
    public const string Class = "PhysicalNetworkResponse";
    private const string Enabled = "Enabled";
    private const string Disabled = "Disabled";

    private static readonly string[] IsolationTypes = ["None", "Ec2", "Vlan", "Vswitch", "Undecided", "Vnet", "Vxlan"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createPhysicalNetwork", Create);
        commands.Begin("updatePhysicalNetwork", Update);
        commands.Begin("deletePhysicalNetwork", Delete);
        commands.Read("listPhysicalNetworks", call => Listing.Of(
            call, Class,
            physical => call.Text("name") is not { } part || physical.Name!.Contains(part, StringComparison.OrdinalIgnoreCase), "name"));
        commands.Read("listNetworkIsolationMethods", call => Answer.List(IsolationTypes.Select(name =>
        {
            var method = call.New(call.Command.Result);
            method["name"] = name;
            return method;
        })));
    }

    /// <summary>The physical network that a new guest network goes onto.</summary>
    /// <param name="state">The cloud.</param>
    /// <param name="zone">The network's zone.</param>
    /// <param name="offering">Its offering, whose tags and providers the physical network must have.</param>
    /// <param name="chosen">The one asked for, or null for the fitting one.</param>
    /// <exception cref="ApiError">None fits.</exception>
    public static Entity ForGuests(CloudState state, Entity zone, Entity offering, Entity? chosen = null)
    {
        if (chosen is not null && chosen.Text("zoneid") != zone.Id)
        {
            throw ApiError.Refused($"The physical network {chosen.Name} isn't in zone {zone.Name}.");
        }

        var physical = chosen ?? Fitting(state, zone, offering.Text("tags"));
        if (physical.State != Enabled)
        {
            throw ApiError.Refused($"The physical network {physical.Name} is in the wrong state: {physical.State}.");
        }

        ServiceProviders.DemandOffered(state, physical, offering);
        return physical;
    }

    /// <summary>The physical network of a zone that carries a traffic type, or null where none does.</summary>
    public static Entity? Carrying(CloudState state, string zoneId, string traffic) =>
        state.Table(Class).FirstOrDefault(physical => physical.Text("zoneid") == zoneId
            && TrafficTypes.On(state, physical).Any(t => t.Text("traffictype") == traffic));

    private static Entity Fitting(CloudState state, Entity zone, string? tags)
    {
        var all = state.Table(Class).Where(physical => physical.Text("zoneid") == zone.Id
            && TrafficTypes.On(state, physical).Any(traffic => traffic.Text("traffictype") == TrafficTypes.Guest)).ToList();
        var fitting = tags is { Length: > 0 }
            ? all.Where(physical => tags.Split(',').Any(tag => tag == physical.Text("tags"))).ToList()
            : all.Count == 1 ? all : all.Where(physical => physical.Text("tags") is not { Length: > 0 }).ToList();
        return fitting.Count switch
        {
            1 => fitting[0],
            0 => throw ApiError.Refused(tags is { Length: > 0 }
                ? $"Unable to find a physical network of zone {zone.Name} for guests that has the tags {tags}."
                : $"Unable to find a physical network of zone {zone.Name} for guests."),
            _ => throw ApiError.Refused($"Zone {zone.Name} has {fitting.Count} physical networks for guests, and no tags tell which to use."),
        };
    }

    private static Work Create(CommandCall call)
    {
        var zone = call.Target("zoneid");
        var isBasic = zone.Text("networktype") == "Basic";
        if (zone.Text("allocationstate") == Enabled)
        {
            throw ApiError.NotPermitted($"Can't create a physical network in zone {zone.Name}, which is enabled; disable it first.");
        }

        if (isBasic && call.State.Table(Class).Any(other => other.Text("zoneid") == zone.Id))
        {
            throw Internal($"Can't add a physical network to the basic zone {zone.Name}: it has one.");
        }

        DemandOne(call, "tags");
        DemandOne(call, "isolationmethods");
        DemandRange(call, isBasic);
        var spans = Spans(call, isBasic, string.Join(',', call.Texts("isolationmethods")));
        var physical = call.New(Class);
        call.Apply(physical, "name", "networkspeed", "domainid", "tags");
        physical["isolationmethods"] = call.Texts("isolationmethods") is [var method] ? method : "VLAN";
        physical["broadcastdomainrange"] = isBasic ? "POD" : "ZONE";
        physical["vlan"] = VlanSpans.TextOf(spans);
        physical["zoneid"] = zone.Id;
        physical["zonename"] = zone.Link("name");
        physical["state"] = Disabled;
        call.State.Store.Add(physical);
        ServiceProviders.AddUsual(call.State, physical);
        return new Work(physical, () => Answer.Of(physical)) { Abandon = () => Remove(call.State, physical) };
    }

    private static void DemandOne(CommandCall call, string name)
    {
        if (call.Texts(name).Count > 1)
        {
            throw ApiError.Refused($"Only one of {name} can be specified for a physical network.");
        }
    }

    private static void DemandRange(CommandCall call, bool isBasic)
    {
        if (call.Text("broadcastdomainrange") is { Length: > 0 } range && !range.Equals(isBasic ? "pod" : "zone", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiError.Refused($"The broadcast domain range of such a zone is {(isBasic ? "POD" : "ZONE")} only, not {range}.");
        }
    }

    private static IReadOnlyList<(int First, int Last)> Spans(CommandCall call, bool isBasic, string? isolation)
    {
        if (isBasic && call.Has("vlan"))
        {
            throw ApiError.Refused("Can't add a vnet range to the physical network of a basic zone.");
        }

        return VlanSpans.Read(call.Text("vlan"), isolation);
    }

    private static Work Update(CommandCall call)
    {
        var physical = call.Target("id");
        return Work.On(physical, () =>
        {
            var zone = call.State.Store.Find(ResultClass.Zone, physical.Text("zoneid"));
            var spans = Spans(call, zone?.Text("networktype") == "Basic", physical.Text("isolationmethods"));
            DemandOne(call, "tags");
            if (call.Text("state") is { Length: > 0 } state && state is not (Enabled or Disabled))
            {
                throw ApiError.Refused($"Unable to resolve state '{state}' to a supported value: Enabled or Disabled.");
            }

            if (call.Has("vlan"))
            {
                DemandFree(call.State, physical, spans);
                physical["vlan"] = VlanSpans.TextOf(spans);
            }

            call.Apply(physical, "networkspeed", "tags", "state");
        });
    }

    /// <exception cref="ApiError">A VLAN in use, or a dedicated one, would go.</exception>
    private static void DemandFree(CloudState state, Entity physical, IReadOnlyList<(int First, int Last)> spans)
    {
        var former = GuestVlans.Of(physical);
        foreach (var vlan in GuestVlans.Taken(state, physical).Keys)
        {
            if (VlanSpans.Contain(former, vlan) && !VlanSpans.Contain(spans, vlan))
            {
                throw ApiError.Refused($"The physical network {physical.Name} has allocated vnets outside the new range: {vlan}.");
            }
        }

        foreach (var range in DedicatedVlans.On(state, physical).Select(DedicatedVlans.SpanOf))
        {
            if (!spans.Any(span => span.First <= range.First && range.Last <= span.Last))
            {
                throw ApiError.Refused($"The vnet range {VlanSpans.TextOf(range)} is dedicated to an account; please release it first.");
            }
        }
    }

    private static Work Delete(CommandCall call)
    {
        var physical = call.Target("id");
        return new Work(physical, () =>
        {
            DemandUnused(call.State, physical);
            Remove(call.State, physical);
            return Answer.Done;
        });
    }

    private static void DemandUnused(CloudState state, Entity physical)
    {
        foreach (var (className, what) in ((string, string)[])
        [
            (ResultClass.Network, "networks"), (Vpc.PrivateGateways.Class, "private gateways"),
            (ResultClass.IpAddress, "allocated public addresses"),
        ])
        {
            if (state.Table(className).Any(entity => entity.Text("physicalnetworkid") == physical.Id))
            {
                throw Internal($"The physical network {physical.Name} isn't deletable because there are {what} on it.");
            }
        }
    }

    private static void Remove(CloudState state, Entity physical)
    {
        physical["state"] = Disabled;
        foreach (var part in ServiceProviders.On(state, physical).ToList())
        {
            ServiceProviders.Remove(state, part);
        }

        var rest = TrafficTypes.On(state, physical).Concat(DedicatedVlans.On(state, physical))
            .Concat(state.Table(VlanRanges.Class).Where(range => range.Text("physicalnetworkid") == physical.Id));
        foreach (var part in rest.ToList())
        {
            state.Store.Remove(part);
        }

        state.Store.Remove(physical);
    }

    /// <summary>What the server answers where a command fails in its own work.</summary>
    public static ApiError Internal(string text) => new(ApiError.Internal, text, null);
}
