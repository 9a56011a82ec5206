using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Addresses;

/// <summary>Management addresses of pods that somebody takes for machines beside the cloud.</summary>
internal sealed class PodAddresses : ICommandFamily
{
    private const string Class = "AcquirePodIpCmdResponse";
    private const string PodOf = "pod";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("acquirePodIpAddress", Acquire);
        commands.Do("releasePodIpAddress", Release);
    }

    /// <summary>The addresses of a pod that are taken.</summary>
    public static IEnumerable<Entity> Of(CloudState state, Entity pod) =>
        state.Table(Class).Where(address => address.Attribute<Entity>(PodOf) == pod);

    private static Answer Acquire(CommandCall call)
    {
        var zone = call.Look("zoneid", call.RequiredText("zoneid"), ResultClass.Zone);
        var pod = call.Text("podid") is { Length: > 0 } id
            ? call.Look("podid", id, ResultClass.Pod)
            : call.State.Table(ResultClass.Pod).FirstOrDefault(other => other.Text("zoneid") == zone.Id);
        if (pod is null || pod.Text("zoneid") != zone.Id)
        {
            throw ApiError.OverLimit($"Zone {zone.Name} has no such pod.");
        }

        var taken = Of(call.State, pod).Select(address => address.Text("ipaddress")).ToHashSet();
        var free = PodRanges.Of(pod).Where(range => range.ForSystemVms != "1").SelectMany(range => AddressPool.Each(range.Start, range.End))
            .FirstOrDefault(address => !taken.Contains(address))
            ?? throw ApiError.OverLimit($"Unable to allocate an address of pod {pod.Name}: none is free.");
        var number = call.State.Table(Class).Select(address => address.Number("id")).Append(0).Max() + 1;
        var made = call.New(Class, number.ToString(CultureInfo.InvariantCulture));
        made["ipaddress"] = free;
        made["gateway"] = pod.Text("gateway");
        made["cidr"] = AddressPool.TryPrefix(pod.Text("netmask") ?? "", out var prefix) ? AddressPool.CidrOf(free, prefix) : null;
        made["hostmac"] = number;
        made["nicid"] = 0L;
        made.SetAttribute(PodOf, pod);
        call.State.Store.Add(made);
        return Answer.Of(made);
    }

    private static Answer Release(CommandCall call)
    {
        var address = call.State.Table(Class).FirstOrDefault(known => known.Number("id") == call.Number("id"))
            ?? throw Physical.PhysicalNetworks.Internal($"Unable to find an acquired pod address by id {call.Number("id")}.");
        call.State.Store.Remove(address);
        return Answer.Done;
    }
}
