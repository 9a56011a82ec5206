using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Networking.Physical;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Addresses;

/// <summary>Ranges of a zone's storage network, each for one pod.</summary>
internal sealed class StorageRanges : ICommandFamily
{
    private const string Class = "StorageNetworkIpRangeResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createStorageNetworkIpRange", Create);
        commands.Begin("updateStorageNetworkIpRange", Update);
        commands.Begin("deleteStorageNetworkIpRange", call => Work.Removing(call.State.Store, call.Target("id")));
        commands.Read("listStorageNetworkIpRange", call => Listing.Of(call, Class));
    }

    /// <summary>True where a pod has storage addresses.</summary>
    public static bool Any(CloudState state, Entity pod) => state.Table(Class).Any(range => range.Text("podid") == pod.Id);

    /// <exception cref="ApiError">Storage addresses of a zone lie in a range.</exception>
    public static void DemandFree(CloudState state, string zoneId, AddressBounds bounds, Entity? except)
    {
        if (state.Table(Class).FirstOrDefault(other => other != except && other.Text("zoneid") == zoneId
            && bounds.Overlaps(other.Text("startip"), other.Text("endip"))) is { } overlapping)
        {
            throw ApiError.Refused($"The range overlaps with the storage addresses {overlapping.Text("startip")} to {overlapping.Text("endip")}.");
        }
    }

    private static Work Create(CommandCall call)
    {
        var pod = call.Target("podid");
        var start = call.RequiredText("startip");
        var bounds = new AddressBounds(call.RequiredText("gateway"), call.RequiredText("netmask"), start, call.Text("endip") ?? start);
        Demand(call, pod, bounds, null);
        if (PhysicalNetworks.Carrying(call.State, pod.Text("zoneid")!, TrafficTypes.Storage) is null)
        {
            throw PhysicalNetworks.Internal($"Zone {pod.Text("zonename")} has no storage network; please add the traffic type Storage first.");
        }

        var range = call.New(Class);
        range["podid"] = pod.Id;
        range["zoneid"] = pod.Text("zoneid");
        Describe(call, range, bounds);
        call.State.Store.Add(range);
        return new Work(range, () => Answer.Of(range)) { Queue = pod, Abandon = () => call.State.Store.Remove(range) };
    }

    private static Work Update(CommandCall call)
    {
        var range = call.Target("id");
        var bounds = new AddressBounds(
            range.Text("gateway")!, call.Text("netmask") ?? range.Text("netmask")!, call.Text("startip") ?? range.Text("startip")!,
            call.Text("endip") ?? range.Text("endip")!);
        return Work.On(range, () =>
        {
            Demand(call, call.State.Store.Find(ResultClass.Pod, range.Text("podid"))!, bounds, range);
            Describe(call, range, bounds);
        });
    }

    private static void Demand(CommandCall call, Entity pod, AddressBounds bounds, Entity? self)
    {
        bounds.Demand();
        if (call.Number("vlan") is < 0 or > 4_095)
        {
            throw ApiError.Refused($"Invalid vlan {call.Number("vlan")}; it must be from 0 to 4095.");
        }

        if (PodRanges.Of(pod).Find(other => bounds.Overlaps(other.Start, other.End)) is { } overlapping)
        {
            throw ApiError.Refused($"The range overlaps with the management addresses {overlapping.Start} to {overlapping.End} of pod {pod.Name}.");
        }

        DemandFree(call.State, pod.Text("zoneid")!, bounds, self);
    }

    private static void Describe(CommandCall call, Entity range, AddressBounds bounds)
    {
        range["gateway"] = bounds.Gateway;
        range["netmask"] = bounds.Netmask;
        range["startip"] = bounds.Start;
        range["endip"] = bounds.End;
        call.Apply(range, "vlan");
    }
}
