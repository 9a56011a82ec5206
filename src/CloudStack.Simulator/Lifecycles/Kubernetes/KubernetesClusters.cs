using System.Text.RegularExpressions;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Kubernetes;

/// <summary>
/// Kubernetes clusters: Created, Starting, Running, Stopping, Stopped; Error where making one failed. Their nodes are virtual
/// machines of the owner. A cluster that is managed from outside has only what is added to it.
/// </summary>
internal sealed partial class KubernetesClusters : ICommandFamily
{
    public const string Class = "KubernetesClusterResponse";
    public const string External = "ExternalManaged";
    public const string Created = "Created";
    public const string Running = "Running";
    public const string Stopped = "Stopped";
    public const string Error = "Error";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listKubernetesClusters", call => Listing.Of(call, Class));
        commands.Begin("createKubernetesCluster", Create);
        commands.Begin("startKubernetesCluster", Start);
        commands.Begin("stopKubernetesCluster", Stop);
        commands.Begin("deleteKubernetesCluster", Delete);
        commands.Read("getKubernetesClusterConfig", ShowConfig);
    }

    /// <exception cref="ApiError">The cluster is in none of the states.</exception>
    public static void DemandState(Entity cluster, string action, params string[] states)
    {
        if (!states.Contains(cluster.State))
        {
            throw ApiError.Refused(
                $"Unable to {action} the Kubernetes cluster {cluster.Name}: it's in state {cluster.State}, which needs to be {string.Join(" or ", states)}.");
        }
    }

    /// <exception cref="ApiError">The cluster's nodes aren't the cloud's to change.</exception>
    public static void DemandManaged(Entity cluster)
    {
        if (cluster.Text("clustertype") == External)
        {
            throw ApiError.Refused($"{External} Kubernetes clusters such as {cluster.Name} can't be started, stopped, scaled or upgraded.");
        }
    }

    /// <exception cref="ApiError">A cluster is on the network.</exception>
    public static void DemandNoneOn(CloudState state, Entity network)
    {
        if (state.Table(Class).FirstOrDefault(cluster => cluster.Text("networkid") == network.Id) is { } cluster)
        {
            throw ApiError.Refused($"Can't delete the network {network.Name}: the Kubernetes cluster {cluster.Name} is on it.");
        }
    }

    private static Work Create(CommandCall call)
    {
        var wish = ClusterWish.Of(call);
        var cluster = call.Create(Class, wish.Owner);
        wish.Describe(call, cluster);
        cluster["state"] = wish.IsExternal ? Running : Created;
        if (wish.IsExternal)
        {
            return new Work(cluster, () => Answer.Of(cluster)) { Abandon = () => call.State.Store.Remove(cluster) };
        }

        // Last, because it may make a network.
        var plan = wish.Plan(call, cluster);
        plan.Keep(cluster);
        cluster["networkid"] = plan.Network.Id;
        cluster["associatednetworkname"] = plan.Network.Link("name");
        return new Work(cluster, () =>
        {
            foreach (var (kind, count) in wish.Nodes)
            {
                for (var i = 0; i < count; i++)
                {
                    ClusterMachines.Add(call.State, plan, cluster, kind);
                }
            }

            ClusterAddress.Open(call.State, cluster, plan.Network);
            cluster["state"] = Running;
            return Answer.Of(cluster);
        })
        {
            Begin = () => cluster["state"] = "Starting",
            Abandon = () =>
            {
                ClusterMachines.Remove(call.State, ClusterMachines.Of(cluster));
                cluster["state"] = Error;
            },
        };
    }

    private static Work Start(CommandCall call)
    {
        var cluster = call.Target("id");
        DemandManaged(cluster);
        return new Work(cluster, () =>
        {
            foreach (var machine in ClusterMachines.Of(cluster).Where(machine => machine.State == MachineState.Stopped))
            {
                MachineBuilder.Start(call.State, machine);
            }

            cluster["state"] = Running;
            return Answer.Of(cluster);
        })
        {
            Begin = () =>
            {
                DemandState(cluster, "start", Stopped);
                DemandRoots(cluster);
                cluster["state"] = "Starting";
            },
            Abandon = () => cluster["state"] = cluster.State == "Starting" ? Stopped : cluster.State,
        };
    }

    private static void DemandRoots(Entity cluster)
    {
        if (ClusterMachines.Of(cluster).FirstOrDefault(machine => VolumeBuilder.RootOf(machine) is null) is { } machine)
        {
            throw ApiError.Refused($"Unable to start the Kubernetes cluster {cluster.Name}: its node {machine.Name} has no root volume.");
        }
    }

    private static Work Stop(CommandCall call)
    {
        var cluster = call.Target("id");
        DemandManaged(cluster);
        return new Work(cluster, () =>
        {
            foreach (var machine in ClusterMachines.Of(cluster).Where(machine => machine.State == MachineState.Running))
            {
                MachineBuilder.Stop(call.State, machine);
            }

            cluster["state"] = Stopped;
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                DemandState(cluster, "stop", Running);
                cluster["state"] = "Stopping";
            },
            Abandon = () => cluster["state"] = cluster.State == "Stopping" ? Running : cluster.State,
        };
    }

    private static Work Delete(CommandCall call)
    {
        var cluster = call.Target("id");
        var isExternal = cluster.Text("clustertype") == External;
        return new Work(cluster, () =>
        {
            ClusterMachines.Of(cluster, ClusterMachines.ExternalNode).ToList().ForEach(ClusterMachines.Forget);
            var machines = ClusterMachines.Of(cluster).ToList();
            if (isExternal && !call.IsSet("cleanup"))
            {
                machines.ForEach(ClusterMachines.Forget);
            }
            else
            {
                ClusterMachines.Remove(call.State, machines);
            }

            call.State.Store.Remove(cluster);
            RemoveNetwork(call.State, cluster);
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                DemandState(cluster, "delete", Created, Running, Stopped, Error);
                cluster.SetAttribute("former", cluster.State);
                cluster["state"] = "Destroying";
            },
            Abandon = () => cluster["state"] = cluster.State == "Destroying" ? cluster.Attribute<string>("former") : cluster.State,
        };
    }

    // A network that was made for the cluster goes with it, unless something else has moved in.
    private static void RemoveNetwork(CloudState state, Entity cluster)
    {
        if (ClusterPlan.Of(cluster) is { } plan && plan.Network.Table is not null)
        {
            ClusterAddress.Close(state, cluster);
            if (plan.OwnsNetwork && state.Table(ResultClass.Nic).All(nic => nic.Text("networkid") != plan.Network.Id))
            {
                GuestNetworks.Remove(state, plan.Network);
            }
        }
    }

    private static Answer ShowConfig(CommandCall call)
    {
        var cluster = call.Target("id");
        DemandManaged(cluster);
        DemandState(cluster, "give the configuration of", Running);
        var answer = call.New(call.Command.Result, cluster.Id);
        answer["name"] = cluster.Name;
        answer["configdata"] = ClusterAddress.Configuration(cluster);
        return Answer.Of(answer);
    }

    [GeneratedRegex("^[a-z0-9A-Z]([a-z0-9A-Z-]{0,61}[a-z0-9A-Z])?$", RegexOptions.CultureInvariant)]
    internal static partial Regex NameForm();
}
