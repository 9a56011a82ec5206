using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>How full the zones are, summed up from hosts, storage and addresses when asked.</summary>
internal sealed class Capacities : ICommandFamily
{
    private const long Memory = 0;
    private const long Cpu = 1;
    private const long StorageUsed = 2;
    private const long StorageAllocated = 3;
    private const long PublicAddresses = 4;
    private const long SecondaryStorage = 6;
    private const long AddressesPerZone = 241;

    public void Register(CommandTable commands, CloudState state) => commands.Read("listCapacity", List);

    private static Answer List(CommandCall call) => Answer.List(call.State.Table(ResultClass.Zone)
        .Where(zone => call.Text("zoneid") is not { } id || zone.Id == id)
        .SelectMany(zone => Of(call, zone))
        .Where(capacity => call.Number("type") is not { } type || capacity.Number("type") == type));

    private static IEnumerable<Entity> Of(CommandCall call, Entity zone)
    {
        var hosts = In(call.State, ResultClass.Host, zone);
        var pools = In(call.State, ResultClass.StoragePool, zone);
        var stores = In(call.State, ResultClass.ImageStore, zone);
        yield return Row(call, zone, Memory, "MEMORY", hosts.Sum(h => HostLoad.Of(h).MemoryBytes), hosts.Sum(h => h.Number("memorytotal")));
        yield return Row(call, zone, Cpu, "CPU", hosts.Sum(h => HostLoad.Of(h).CpuMegahertz), hosts.Sum(h => h.Number("cpunumber") * h.Number("cpuspeed") * 4));
        yield return Row(call, zone, StorageUsed, "STORAGE", pools.Sum(p => p.Number("disksizeused")), pools.Sum(p => p.Number("disksizetotal")));
        yield return Row(call, zone, StorageAllocated, "STORAGE_ALLOCATED", pools.Sum(p => p.Number("disksizeallocated")), 2 * pools.Sum(p => p.Number("disksizetotal")));
        yield return Row(call, zone, PublicAddresses, "VIRTUAL_NETWORK_PUBLIC_IP", In(call.State, ResultClass.IpAddress, zone).Count, AddressesPerZone);
        yield return Row(call, zone, SecondaryStorage, "SECONDARY_STORAGE", stores.Sum(s => s.Number("disksizeused")), stores.Sum(s => s.Number("disksizetotal")));
    }

    private static Entity Row(CommandCall call, Entity zone, long type, string name, long used, long total)
    {
        var row = call.New(ResultClass.Capacity);
        row["type"] = type;
        row["name"] = name;
        row["zoneid"] = zone.Id;
        row["zonename"] = zone.Link("name");
        row["capacityused"] = used;
        row["capacityallocated"] = used;
        row["capacitytotal"] = total;
        row["percentused"] = (total == 0 ? 0 : 100.0 * used / total).ToString("0.##", CultureInfo.InvariantCulture);
        return row;
    }

    private static List<Entity> In(CloudState state, string className, Entity zone) =>
        [.. state.Table(className).Where(entity => entity.Text("zoneid") == zone.Id)];
}
