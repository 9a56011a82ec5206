using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Kubernetes;

/// <summary>
/// Machines that were there before and become nodes: all of a cluster that is managed from outside, and external nodes of
/// one that the cloud manages.
/// </summary>
internal sealed class KubernetesNodes : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("addVirtualMachinesToKubernetesCluster", AddMachines);
        commands.Do("removeVirtualMachinesFromKubernetesCluster", RemoveMachines);
        commands.Begin("addNodesToKubernetesCluster", AddNodes);
        commands.Begin("removeNodesFromKubernetesCluster", RemoveNodes);
    }

    private static Answer AddMachines(CommandCall call)
    {
        var cluster = ExternallyManaged(call);
        var machines = Machines(call, "virtualmachineids", cluster);
        foreach (var machine in machines)
        {
            ClusterMachines.Join(cluster, machine, call.IsSet("iscontrolnode") ? "control" : "worker");
        }

        Count(cluster);
        return Answer.Done;
    }

    private static Answer RemoveMachines(CommandCall call)
    {
        var cluster = ExternallyManaged(call);
        var answers = call.FindAll("virtualmachineids").Select(machine =>
        {
            var isNode = ClusterMachines.ClusterOf(machine) == cluster;
            if (isNode)
            {
                ClusterMachines.Forget(machine);
            }

            var answer = call.New(call.Command.Result, machine.Id);
            answer["success"] = isNode;
            answer["displaytext"] = isNode ? null : $"{machine.Name} isn't a node of {cluster.Name}";
            return answer;
        }).ToList();
        Count(cluster);
        return Answer.List(answers);
    }

    private static Work AddNodes(CommandCall call)
    {
        var cluster = call.Target("id");
        KubernetesClusters.DemandManaged(cluster);
        var machines = Machines(call, "nodeids", cluster);
        return Changing(cluster, "Importing", () =>
        {
            foreach (var machine in machines)
            {
                ClusterMachines.Join(cluster, machine, ClusterMachines.ExternalNode);
            }
        }, () => machines.ForEach(machine => DemandOnNetwork(machine, cluster)));
    }

    private static Work RemoveNodes(CommandCall call)
    {
        var cluster = call.Target("id");
        KubernetesClusters.DemandManaged(cluster);
        var machines = call.FindAll("nodeids");
        return Changing(cluster, "RemovingNodes", () => machines.ToList().ForEach(ClusterMachines.Forget), () =>
        {
            if (machines.FirstOrDefault(m => !ClusterMachines.Of(cluster, ClusterMachines.ExternalNode).Contains(m)) is { } other)
            {
                throw ApiError.Refused($"{other.Name} isn't an external node of the Kubernetes cluster {cluster.Name}.");
            }
        });
    }

    private static Work Changing(Entity cluster, string meanwhile, Action change, Action demand) => new(cluster, () =>
    {
        change();
        cluster["state"] = KubernetesClusters.Running;
        return Answer.Of(cluster);
    })
    {
        Begin = () =>
        {
            KubernetesClusters.DemandState(cluster, "change the nodes of", KubernetesClusters.Running);
            demand();
            cluster["state"] = meanwhile;
        },
        Abandon = () => cluster["state"] = cluster.State == meanwhile ? KubernetesClusters.Running : cluster.State,
    };

    private static Entity ExternallyManaged(CommandCall call)
    {
        var cluster = call.Target("id");
        return cluster.Text("clustertype") == KubernetesClusters.External
            ? cluster
            : throw ApiError.Refused($"Machines are added to and removed from {KubernetesClusters.External} clusters only; {cluster.Name} isn't one.");
    }

    private static List<Entity> Machines(CommandCall call, string parameter, Entity cluster)
    {
        var machines = call.FindAll(parameter);
        foreach (var machine in machines)
        {
            DemandFree(machine, cluster);
        }

        return machines.Distinct().ToList();
    }

    private static void DemandFree(Entity machine, Entity cluster)
    {
        if (ClusterMachines.ClusterOf(machine) is { } other)
        {
            throw ApiError.Refused($"{machine.Name} is a node of the Kubernetes cluster {other.Name} already.");
        }

        if (machine.Text("zoneid") != cluster.Text("zoneid") || machine.Owner != cluster.Owner)
        {
            throw ApiError.Refused($"{machine.Name} isn't of the zone and the owner of the Kubernetes cluster {cluster.Name}.");
        }
    }

    private static void DemandOnNetwork(Entity machine, Entity cluster)
    {
        DemandFree(machine, cluster);
        if (machine.Items("nic").All(nic => nic.Text("networkid") != cluster.Text("networkid")))
        {
            throw ApiError.Refused($"{machine.Name} isn't on the network of the Kubernetes cluster {cluster.Name}.");
        }
    }

    private static void Count(Entity cluster)
    {
        cluster["size"] = ClusterMachines.Of(cluster, "worker").LongCount();
        cluster["controlnodes"] = ClusterMachines.Of(cluster, "control").LongCount();
        cluster["masternodes"] = cluster["controlnodes"];
    }
}
