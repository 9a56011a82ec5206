using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>What the machines of a host take of it. The only place where a machine gets or loses its host.</summary>
internal sealed class HostLoad
{
    private const string Attribute = "load";
    private const double CpuOvercommit = 4;

    private long _memoryBytes;
    private long _cpuMegahertz;

    private static readonly HostLoad None = new();

    public static HostLoad Of(Entity host) => host.Attribute<HostLoad>(Attribute) ?? None;

    public long MemoryBytes => _memoryBytes;

    public long CpuMegahertz => _cpuMegahertz;

    /// <summary>Puts a machine on a host that has room for it.</summary>
    /// <param name="state">The cloud.</param>
    /// <param name="machine">A machine without a host.</param>
    /// <param name="wanted">The only host that will do, or null for any.</param>
    /// <exception cref="ApiError">No host has room.</exception>
    public static void Place(CloudState state, Entity machine, Entity? wanted)
    {
        Entity? best = null;
        foreach (var host in wanted is null ? state.Table(ResultClass.Host) : (IEnumerable<Entity>)[wanted])
        {
            if (CanTake(host, machine) && Dedications.Admits(state, host, machine.Owner) && GpuDevices.Admits(state, host, machine)
                && (best is null || Of(host)._memoryBytes < Of(best)._memoryBytes))
            {
                best = host;
            }
        }

        if (best is null)
        {
            throw ApiError.Exhausted($"No host of the zone has room for {machine.Name}.");
        }

        machine.TrySet("hostid", best.Id);
        machine.TrySet("hostname", best.Link("name"));
        machine.TrySet("hypervisor", best.Text("hypervisor"));
        if (Of(best) == None)
        {
            best.SetAttribute(Attribute, new HostLoad());
        }

        Of(best).Add(best, machine, 1);
        GpuDevices.Assign(state, best, machine);
    }

    /// <summary>Takes a machine off its host.</summary>
    public static void Release(CloudState state, Entity machine)
    {
        if (machine.Text("hostid") is { } id && state.Store.Find(ResultClass.Host, id) is { } host)
        {
            Of(host).Add(host, machine, -1);
            GpuDevices.Forget(state, machine);
        }

        machine.TrySet("hostid", null);
        machine.TrySet("hostname", null);
    }

    public static bool CanTake(Entity host, Entity machine)
    {
        var load = Of(host);
        return host.State == "Up" && host.Text("resourcestate") == "Enabled"
            && host.Text("type") == "Routing"
            && host.Text("zoneid") == machine.Text("zoneid")
            && load._memoryBytes + MemoryOf(machine) <= host.Number("memorytotal")
            && load._cpuMegahertz + CpuOf(machine) <= host.Number("cpunumber") * host.Number("cpuspeed") * CpuOvercommit;
    }

    private void Add(Entity host, Entity machine, int sign)
    {
        _memoryBytes += sign * MemoryOf(machine);
        _cpuMegahertz += sign * CpuOf(machine);
        host["memoryallocated"] = _memoryBytes;
        host["memoryallocatedbytes"] = _memoryBytes;
        host["cpuallocatedvalue"] = _cpuMegahertz;
        host["cpuallocatedpercentage"] = Percent(_cpuMegahertz, host.Number("cpunumber") * host.Number("cpuspeed"));
        host["cpuallocated"] = host.Text("cpuallocatedpercentage");
        host["memoryallocatedpercentage"] = Percent(_memoryBytes, host.Number("memorytotal"));
    }

    private static string Percent(long part, long whole) =>
        FormattableString.Invariant($"{(whole == 0 ? 0 : 100.0 * part / whole):0.##}%");

    private static long MemoryOf(Entity machine) => machine.Number("memory") * 1024 * 1024;

    private static long CpuOf(Entity machine) => machine.Number("cpunumber") * machine.Number("cpuspeed");
}
