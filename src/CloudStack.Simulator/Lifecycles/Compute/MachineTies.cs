using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Backups;
using CloudStack.Simulator.Lifecycles.Kubernetes;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>What other objects have to do with a machine: addresses, rules, groups, snapshots.</summary>
internal static class MachineTies
{
    /// <summary>Takes away all that points to a machine that goes.</summary>
    public static void Cut(CloudState state, Entity machine)
    {
        foreach (var address in state.Table(ResultClass.IpAddress).Where(a => PointsTo(a, machine)).ToList())
        {
            StaticNat.Clear(state, address);
        }

        foreach (var rule in state.Table(ResultClass.FirewallRule).Where(r => PointsTo(r, machine)).ToList())
        {
            PortForwarding.Remove(state, rule);
        }

        foreach (var snapshot in state.Table(ResultClass.VmSnapshot).Where(s => PointsTo(s, machine)).ToList())
        {
            state.Store.Remove(snapshot);
        }

        foreach (var group in machine.Items("affinitygroup").ToList())
        {
            AffinityGroups.Leave(machine, group);
        }

        SecurityGroups.Leave(machine);
        LoadBalancers.Forget(state, machine);
        BackupSchedules.Forget(state, machine);
        MachineBackups.Outlive(state, machine);
        MachineSchedules.Forget(state, machine);
        GpuDevices.Forget(state, machine);
        ClusterMachines.Forget(machine);
    }

    /// <summary>True where traffic is sent to a machine by a rule of its present networks.</summary>
    public static bool HasRules(CloudState state, Entity machine) =>
        state.Table(ResultClass.IpAddress).Any(a => PointsTo(a, machine))
        || state.Table(ResultClass.FirewallRule).Any(r => PointsTo(r, machine))
        || LoadBalancers.Of(state, machine).Any();

    private static bool PointsTo(Entity entity, Entity machine) => entity.Text("virtualmachineid") == machine.Id;
}
