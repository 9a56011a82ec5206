using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Lifecycles.AutoScale;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Kubernetes;

/// <summary>
/// Looks at a cluster that scales by itself once a minute of the cloud's clock: keeps it between its bounds, and adds or takes
/// one worker where the processors of the running ones have much or little to do on average; then it rests for a while.
/// </summary>
internal static class ClusterAutoscaling
{
    private const string Watcher = "autoscaling";
    private const double Much = 40;
    private const double Little = 15;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    /// <summary>Begins to look after a cluster; whoever looked after it before stops.</summary>
    public static void Watch(CloudState state, Entity cluster, Caller caller)
    {
        var watcher = new object();
        cluster.SetAttribute(Watcher, watcher);
        LookAfter(Interval);

        void LookAfter(TimeSpan wait) => state.Timeline.At(state.Clock.GetUtcNow() + wait, () =>
        {
            if (cluster.Table is not null && cluster.Flag("autoscalingenabled") && cluster.Attribute<object>(Watcher) == watcher)
            {
                LookAfter(Look(state, cluster, caller) ? Rest : Interval);
            }
        });
    }

    private static bool Look(CloudState state, Entity cluster, Caller caller)
    {
        var size = cluster.Number("size");
        var wanted = cluster.State == KubernetesClusters.Running ? size + Step(cluster, size) : size;
        if (wanted == size)
        {
            return false;
        }

        try
        {
            if (wanted > size)
            {
                ClusterPlan.Of(cluster)!.DemandRoom(state, cluster.Owner!, "worker", 1);
            }

            KubernetesSizes.Resize(state, cluster, wanted, []);
        }
        catch (ApiError)
        {
            // No room, or a limit reached: it's tried again at the next look.
            return false;
        }

        state.Events.Write(state.Catalog.FindCommand("scaleKubernetesCluster")!, caller, cluster);
        return true;
    }

    private static long Step(Entity cluster, long size)
    {
        var (least, most) = (cluster.Number("minsize"), cluster.Number("maxsize"));
        var workers = ClusterMachines.Of(cluster, "worker").Where(machine => machine.State == MachineState.Running).ToList();
        if (size < least || size > most || workers.Count == 0)
        {
            return size < least ? 1 : size > most ? -1 : 0;
        }

        var load = workers.Average(GroupScaling.CpuOf);
        return load > Much && size < most ? 1 : load < Little && size > least ? -1 : 0;
    }
}
