using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Kubernetes;

/// <summary>More, fewer or larger nodes, and newer versions.</summary>
internal sealed class KubernetesSizes : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("scaleKubernetesCluster", Scale);
        commands.Begin("upgradeKubernetesCluster", Upgrade);
    }

    /// <summary>Shows what a cluster's nodes are made of.</summary>
    public static void ShowOfferings(Entity cluster, Entity? offering, IReadOnlyDictionary<string, Entity> byKind)
    {
        foreach (var (prefix, one) in (ReadOnlySpan<(string, Entity?)>)
            [("serviceoffering", offering), ("controloffering", byKind.GetValueOrDefault("control")),
            ("workeroffering", byKind.GetValueOrDefault("worker")), ("etcdoffering", byKind.GetValueOrDefault("etcd"))])
        {
            cluster[prefix + "id"] = one?.Id;
            cluster[prefix + "name"] = one?.Link("name");
        }
    }

    private static Work Scale(CommandCall call)
    {
        var cluster = call.Target("id");
        KubernetesClusters.DemandManaged(cluster);
        var offering = call.Find("serviceofferingid");
        var leaving = call.FindAll("nodeids");
        if (offering is null && leaving.Count == 0 && !call.Has("size") && !call.Has("autoscalingenabled"))
        {
            throw ApiError.Refused($"Unable to scale the Kubernetes cluster {cluster.Name}: neither a size nor an offering nor autoscaling is given.");
        }

        DemandAutoscaling(call, cluster);
        return new Work(cluster, () =>
        {
            var former = ClusterPlan.Of(cluster)!;
            ChangePlan(call.State, cluster, offering is null ? former : former with { Offering = offering, Offerings = new Dictionary<string, Entity>() });
            try
            {
                Resize(call.State, cluster, SizeOf(call, cluster, leaving), leaving);
            }
            catch (ApiError)
            {
                ChangePlan(call.State, cluster, former);
                throw;
            }

            call.Apply(cluster, "autoscalingenabled", "minsize", "maxsize");
            if (call.IsSet("autoscalingenabled"))
            {
                ClusterAutoscaling.Watch(call.State, cluster, call.Caller);
            }

            cluster["state"] = cluster.Attribute<string>("former");
            return Answer.Of(cluster);
        })
        {
            Begin = () =>
            {
                KubernetesClusters.DemandState(cluster, "scale", KubernetesClusters.Running, KubernetesClusters.Stopped);
                DemandScalable(call, cluster, offering, leaving);
                cluster.SetAttribute("former", cluster.State);
                cluster["state"] = "Scaling";
            },
            Abandon = () => cluster["state"] = cluster.State == "Scaling" ? cluster.Attribute<string>("former") : cluster.State,
        };
    }

    private static void DemandAutoscaling(CommandCall call, Entity cluster)
    {
        if (!call.IsSet("autoscalingenabled"))
        {
            return;
        }

        if (call.Has("size") || call.Has("serviceofferingid"))
        {
            throw ApiError.Refused("Autoscaling can't be given together with a size or an offering.");
        }

        var (least, most) = (call.Number("minsize") ?? 0, call.Number("maxsize") ?? 0);
        if (least < 1 || most < least || most > ClusterWish.MostNodes)
        {
            throw ApiError.Refused($"Autoscaling needs a minsize from 1 on and a maxsize that isn't below it or above {ClusterWish.MostNodes}.");
        }

        if (call.State.Store.Find(cluster.Text("kubernetesversionid"))?.Flag("supportsautoscaling") != true)
        {
            throw ApiError.Refused($"The version of the Kubernetes cluster {cluster.Name} doesn't support autoscaling.");
        }
    }

    private static long SizeOf(CommandCall call, Entity cluster, IReadOnlyList<Entity> leaving) =>
        call.Number("size") ?? cluster.Number("size") - leaving.Count;

    private static void DemandScalable(CommandCall call, Entity cluster, Entity? offering, IReadOnlyList<Entity> leaving)
    {
        var size = SizeOf(call, cluster, leaving);
        if (size < 1 || size + cluster.Number("controlnodes") > ClusterWish.MostNodes)
        {
            throw ApiError.Refused($"Invalid cluster size {size}: at least one worker, and at most {ClusterWish.MostNodes} nodes.");
        }

        if (leaving.FirstOrDefault(node => !ClusterMachines.Of(cluster, "worker").Contains(node)) is { } foreign)
        {
            throw ApiError.Refused($"{foreign.Name} isn't a worker of the Kubernetes cluster {cluster.Name}.");
        }

        var more = size - cluster.Number("size");
        if (more != 0 && cluster.State != KubernetesClusters.Running)
        {
            throw ApiError.Refused($"The Kubernetes cluster {cluster.Name} is in state {cluster.State}; its size changes only while it's Running.");
        }

        if (more > 0)
        {
            ClusterPlan.Of(cluster)!.DemandRoom(call.State, cluster.Owner!, "worker", more);
        }

        if (offering is not null)
        {
            ClusterPlan.DemandLarge(offering, call.State.Store.Find(cluster.Text("kubernetesversionid"))!);
            DemandNotSmaller(cluster, offering);
        }
    }

    private static void DemandNotSmaller(Entity cluster, Entity offering)
    {
        if (ClusterMachines.Of(cluster, "worker").FirstOrDefault(m =>
            offering.Number("cpunumber") < m.Number("cpunumber") || offering.Number("memory") < m.Number("memory")) is { } larger)
        {
            throw ApiError.Refused($"Nodes can't be made smaller: {offering.Name} has less than {larger.Name} has.");
        }
    }

    /// <summary>Gives a cluster so many workers; the leaving ones go first.</summary>
    /// <exception cref="ApiError">There is no room for all; the cluster is as before.</exception>
    public static void Resize(CloudState state, Entity cluster, long size, IReadOnlyList<Entity> leaving)
    {
        var before = ClusterMachines.Of(cluster).ToList();
        try
        {
            for (var i = cluster.Number("size") - leaving.Count; i < size; i++)
            {
                ClusterMachines.Add(state, ClusterPlan.Of(cluster)!, cluster, "worker");
            }
        }
        catch (ApiError)
        {
            ClusterMachines.Remove(state, ClusterMachines.Of(cluster).Except(before));
            throw;
        }

        ClusterMachines.Remove(state, leaving);
        // The newest go first.
        var tooMany = ClusterMachines.Of(cluster, "worker").Count() - (int)size;
        ClusterMachines.Remove(state, ClusterMachines.Of(cluster, "worker").Reverse().Take(Math.Max(0, tooMany)));
        cluster["size"] = size;
    }

    // Nodes that were changed before one that can't be are changed back.
    private static void ChangePlan(CloudState state, Entity cluster, ClusterPlan plan)
    {
        if (plan == ClusterPlan.Of(cluster))
        {
            return;
        }

        var done = new List<(Entity Machine, Entity Former)>();
        try
        {
            foreach (var machine in ClusterMachines.Of(cluster).Where(machine => ClusterMachines.KindOf(machine) is not ClusterMachines.ExternalNode))
            {
                var former = MachineBuilder.OfferingOf(machine);
                MachineChanges.Resize(state, machine, plan.OfferingOf(ClusterMachines.KindOf(machine)!), null);
                done.Add((machine, former));
            }
        }
        catch (ApiError)
        {
            done.ForEach(one => MachineChanges.Resize(state, one.Machine, one.Former, null));
            throw;
        }

        plan.Keep(cluster);
        ShowOfferings(cluster, plan.Offering, plan.Offerings);
    }

    private static Work Upgrade(CommandCall call)
    {
        var cluster = call.Target("id");
        KubernetesClusters.DemandManaged(cluster);
        var version = call.Target("kubernetesversionid");
        return new Work(cluster, () =>
        {
            cluster["kubernetesversionid"] = version.Id;
            cluster["kubernetesversionname"] = version.Link("name");
            cluster["state"] = KubernetesClusters.Running;
            return Answer.Of(cluster);
        })
        {
            Begin = () =>
            {
                KubernetesClusters.DemandState(cluster, "upgrade", KubernetesClusters.Running);
                DemandNewer(call, cluster, version);
                cluster["state"] = "Upgrading";
            },
            Abandon = () => cluster["state"] = cluster.State == "Upgrading" ? KubernetesClusters.Running : cluster.State,
        };
    }

    private static void DemandNewer(CommandCall call, Entity cluster, Entity version)
    {
        KubernetesVersions.DemandUsable(call.State, version, call.State.Store.Find(cluster.Text("zoneid"))!);
        ClusterPlan.DemandLarge(ClusterPlan.Of(cluster)!.Offering, version);
        var (from, to) = (KubernetesVersions.NumberOf(call.State.Store.Find(cluster.Text("kubernetesversionid"))!), KubernetesVersions.NumberOf(version));
        if (to.CompareTo(from) <= 0 || to.Major != from.Major || to.Minor > from.Minor + 1)
        {
            throw ApiError.Refused($"A Kubernetes cluster can't go from {from} to {to}: only to a later patch, or one minor version on.");
        }
    }
}
