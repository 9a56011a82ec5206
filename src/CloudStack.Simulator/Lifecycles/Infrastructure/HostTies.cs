using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>What is set up for a host beside it: power management, high availability, its dedication, its GPUs.</summary>
internal static class HostTies
{
    private static readonly string[] Classes = [HostPower.Class, HostAvailability.Class, Dedications.HostClass, "GpuDeviceResponse"];

    /// <summary>Takes away all that points to a host that goes.</summary>
    public static void Cut(CloudState state, Entity host)
    {
        foreach (var className in Classes)
        {
            foreach (var entity in state.Table(className).Where(entity => entity.Text("hostid") == host.Id).ToList())
            {
                state.Store.Remove(entity);
            }
        }
    }

    /// <summary>The hosts of a cluster or zone.</summary>
    public static List<Entity> HostsIn(CloudState state, string field, Entity place) =>
        [.. state.Table(ResultClass.Host).Where(host => host.Text(field) == place.Id)];
}
