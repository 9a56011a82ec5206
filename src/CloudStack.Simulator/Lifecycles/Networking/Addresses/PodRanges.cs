using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Networking.Physical;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Addresses;

/// <summary>One range of a pod's management network, as the pod lists it.</summary>
internal sealed record PodRange(string Start, string End, string ForSystemVms = "0", string Vlan = VlanRanges.Untagged);

/// <summary>The management addresses of a pod, range by range.</summary>
internal sealed class PodRanges : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createManagementNetworkIpRange", Create);
        commands.Begin("updatePodManagementNetworkIpRange", Update);
        commands.Begin("deleteManagementNetworkIpRange", Delete);
    }

    public static List<PodRange> Of(Entity pod)
    {
        var (ends, systems, vlans) = (pod.Texts("endip"), pod.Texts("forsystemvms"), pod.Texts("vlanid"));
        return [.. pod.Texts("startip").Select((start, i) => new PodRange(
            start, i < ends.Count ? ends[i] : start, i < systems.Count ? systems[i] : "0", i < vlans.Count ? vlans[i] : VlanRanges.Untagged))];
    }

    private static void Set(CloudState state, Entity pod, IReadOnlyList<PodRange> ranges)
    {
        pod["startip"] = Texts(ranges, range => range.Start);
        pod["endip"] = Texts(ranges, range => range.End);
        pod["forsystemvms"] = Texts(ranges, range => range.ForSystemVms);
        pod["vlanid"] = Texts(ranges, range => range.Vlan);
        pod["ipranges"] = ranges.Count == 0 ? null : ranges.Select(range =>
        {
            var shown = state.New("IpRangeResponse");
            shown["startip"] = range.Start;
            shown["endip"] = range.End;
            shown["forsystemvms"] = range.ForSystemVms;
            shown["vlanid"] = range.Vlan;
            shown["gateway"] = pod.Text("gateway");
            return shown;
        });
    }

    private static string[]? Texts(IReadOnlyList<PodRange> ranges, Func<PodRange, string> field) =>
        ranges.Count == 0 ? null : [.. ranges.Select(field)];

    private static Work Create(CommandCall call)
    {
        var pod = call.Target("podid");
        var start = call.RequiredText("startip");
        var made = new PodRange(start, call.Text("endip") ?? start, call.IsSet("forsystemvms") ? "1" : "0", VlanRanges.VlanOf(call.Text("vlan")));
        return Work.On(pod, () =>
        {
            if (call.Text("gateway") != pod.Text("gateway") || call.Text("netmask") != pod.Text("netmask"))
            {
                throw ApiError.Refused(
                    $"A pod has one gateway and one netmask; those of {pod.Name} are {pod.Text("gateway")} and {pod.Text("netmask")}.");
            }

            Demand(call.State, pod, Of(pod), made);
            Set(call.State, pod, [.. Of(pod), made]);
        });
    }

    private static void Demand(CloudState state, Entity pod, IEnumerable<PodRange> others, PodRange wanted)
    {
        var bounds = new AddressBounds(pod.Text("gateway") ?? "", pod.Text("netmask") ?? "", wanted.Start, wanted.End);
        bounds.Demand();
        if (others.FirstOrDefault(other => bounds.Overlaps(other.Start, other.End)) is { } overlapping)
        {
            throw ApiError.Refused($"The range conflicts with {overlapping.Start} to {overlapping.End} of the same pod.");
        }

        StorageRanges.DemandFree(state, pod.Text("zoneid")!, bounds, null);
    }

    private static Work Update(CommandCall call)
    {
        var pod = call.Target("podid");
        return new Work(pod, () =>
        {
            var former = Named(pod, call.Text("currentstartip"), call.Text("currentendip"));
            if (!call.Has("newstartip") && !call.Has("newendip"))
            {
                throw ApiError.Refused("Please specify newstartip or newendip.");
            }

            var wanted = former with { Start = call.Text("newstartip") ?? former.Start, End = call.Text("newendip") ?? former.End };
            Demand(call.State, pod, Of(pod).Where(other => other != former), wanted);
            DemandKept(call.State, pod, former, wanted);
            Set(call.State, pod, [.. Of(pod).Select(range => range == former ? wanted : range)]);
            return Answer.Done;
        });
    }

    private static Work Delete(CommandCall call)
    {
        var pod = call.Target("podid");
        return new Work(pod, () =>
        {
            var doomed = Named(pod, call.Text("startip"), call.Text("endip"));
            if (doomed.Vlan != VlanRanges.VlanOf(call.Text("vlan")))
            {
                throw ApiError.Refused($"The range {doomed.Start} to {doomed.End} has the VLAN {doomed.Vlan}, not {call.Text("vlan")}.");
            }

            DemandKept(call.State, pod, doomed, null);
            Set(call.State, pod, [.. Of(pod).Where(range => range != doomed)]);
            return Answer.Done;
        });
    }

    private static PodRange Named(Entity pod, string? start, string? end) => Of(pod).Find(range => range.Start == start && range.End == end)
        ?? throw ApiError.Refused($"The pod {pod.Name} has no range from {start} to {end}.");

    private static void DemandKept(CloudState state, Entity pod, PodRange former, PodRange? wanted)
    {
        var lost = PodAddresses.Of(state, pod).Select(address => address.Text("ipaddress")!).FirstOrDefault(address =>
            AddressPool.IsWithin(address, former.Start, former.End) && (wanted is null || !AddressPool.IsWithin(address, wanted.Start, wanted.End)));
        if (lost is not null)
        {
            throw PhysicalNetworks.Internal($"The management address {lost} of the range is in use.");
        }
    }
}
