using System.Globalization;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Kubernetes;

/// <summary>The virtual machines that a cluster's nodes are.</summary>
internal static class ClusterMachines
{
    /// <summary>The kind of a node that was a machine of its own before.</summary>
    public const string ExternalNode = "external";

    private const string List = "virtualmachines";
    private const string Cluster = "kubernetescluster";
    private const string Kind = "kubernetesnode";
    private const int IdPart = 8;

    /// <summary>The cluster that a machine is a node of, or null.</summary>
    public static Entity? ClusterOf(Entity machine) => machine.Attribute<Entity>(Cluster);

    public static IReadOnlyList<Entity> Of(Entity cluster) => cluster.Items(List);

    /// <summary>A cluster's nodes of one kind, oldest first.</summary>
    public static IEnumerable<Entity> Of(Entity cluster, string kind) => Of(cluster).Where(machine => KindOf(machine) == kind);

    /// <summary>The kind of a node: <c>control</c>, <c>etcd</c>, <c>worker</c> or <see cref="ExternalNode"/>.</summary>
    public static string? KindOf(Entity machine) => machine.Attribute<string>(Kind);

    /// <summary>Makes and starts a node.</summary>
    /// <exception cref="ApiError">There is no room for it.</exception>
    public static void Add(CloudState state, ClusterPlan plan, Entity cluster, string kind)
    {
        var id = state.Ids.NextId();
        var machine = MachineBuilder.Create(state, new MachinePlan(
            cluster.Owner!, plan.Zone, plan.OfferingOf(kind), plan.Template, plan.User,
            $"{cluster.Name}-{(kind == "worker" ? "node" : kind)}-{id[..IdPart]}")
        {
            Id = id,
            Networks = [new NetworkWish(plan.Network)],
            RootGigabytes = plan.RootGigabytes,
        });
        machine["keypairs"] = cluster.Text("keypair");
        machine["vmtype"] = "cksnode";
        Join(cluster, machine, kind);
        MachineBuilder.Start(state, machine);
    }

    /// <summary>Makes a machine a node.</summary>
    public static void Join(Entity cluster, Entity machine, string kind)
    {
        machine.SetAttribute(Cluster, cluster);
        machine.SetAttribute(Kind, kind);
        cluster.AddItem(List, machine);
    }

    /// <summary>Takes a machine out of its cluster, if it's in one; the machine stays.</summary>
    public static void Forget(Entity machine)
    {
        if (ClusterOf(machine) is { } cluster)
        {
            machine.SetAttribute(Cluster, null);
            machine.SetAttribute(Kind, null);
            cluster.RemoveItem(List, machine);
        }
    }

    /// <exception cref="ApiError">The machine is a node, which only its cluster may take away.</exception>
    public static void DemandFree(Entity machine)
    {
        if (ClusterOf(machine) is { } cluster && cluster.Text("clustertype") != KubernetesClusters.External)
        {
            throw ApiError.Refused($"The virtual machine {machine.Name} is a node of the Kubernetes cluster {cluster.Name}; scale or delete the cluster.");
        }
    }

    public static void Remove(CloudState state, IEnumerable<Entity> machines)
    {
        foreach (var machine in machines.ToList())
        {
            foreach (var volume in VolumeBuilder.Of(machine).Where(volume => !VolumeBuilder.IsRoot(volume)).ToList())
            {
                VolumeBuilder.Detach(state, volume);
            }

            MachineBuilder.Remove(state, machine);
        }
    }

    /// <summary>Shows how many CPUs and how much memory the nodes have together.</summary>
    public static void Follow(Entity cluster)
    {
        cluster["cpunumber"] = new Sum(cluster, "cpunumber");
        cluster["memory"] = new Sum(cluster, "memory");
    }

    private sealed class Sum(Entity cluster, string field) : FieldSource
    {
        public override object? Read() => Of(cluster).Sum(machine => machine.Number(field)).ToString(CultureInfo.InvariantCulture);
    }
}
