using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Images;
using CloudStack.Simulator.Lifecycles.Kubernetes;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>Machines that hosts run without the cloud's knowing: given up by it, listed, taken in again.</summary>
internal sealed class UnmanagedMachines : ICommandFamily
{
    private const string Attribute = "unmanagedmachines";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("unmanageVirtualMachine", Unmanage);
        commands.Read("listUnmanagedInstances", List);
        commands.Begin("importUnmanagedInstance", Import);
    }

    private static IReadOnlyList<LeftMachine> Left(Entity cluster) => cluster.Attribute<IReadOnlyList<LeftMachine>>(Attribute) ?? [];

    private static Answer List(CommandCall call) => Answer.List(Left(call.Target("clusterid"))
        .Where(left => call.Text("name") is not { } name || left.Name == name)
        .Select(left =>
        {
            var shown = call.New("UnmanagedInstanceResponse", left.Name);
            shown["name"] = left.Name;
            shown["clusterid"] = call.Target("clusterid").Id;
            shown["clustername"] = call.Target("clusterid").Link("name");
            shown["hostid"] = left.HostId;
            shown["hostname"] = call.State.Store.Find(left.HostId)?.Name;
            shown["hypervisor"] = "KVM";
            shown["powerstate"] = "PowerOn";
            shown["cpunumber"] = left.Size.Cpus;
            shown["cpuspeed"] = left.Size.Megahertz;
            shown["memory"] = left.Size.Megabytes;
            return shown;
        }));

    private static Work Unmanage(CommandCall call)
    {
        var machine = call.Target("id");
        ClusterMachines.DemandFree(machine);
        return new Work(machine, () =>
        {
            var host = call.State.Store.Find(ResultClass.Host, machine.Text("hostid"))!;
            var cluster = call.State.Store.Find(ResultClass.Cluster, host.Text("clusterid"))!;
            var size = new MachineSize(machine.Number("cpunumber"), machine.Number("cpuspeed"), machine.Number("memory"));
            cluster.SetAttribute(Attribute, Left(cluster)
                .Append(new LeftMachine(machine.Text("instancename")!, host.Id, size, VolumeBuilder.RootOf(machine)!.Number("size"))).ToList());
            MachineBuilder.Remove(call.State, machine);
            var result = call.New("UnmanageVMInstanceResponse");
            result["success"] = true;
            result["hostid"] = host.Id;
            result["details"] = $"{machine.Name} runs on without the cloud";
            return Answer.Of(result);
        })
        {
            Begin = () =>
            {
                VirtualMachines.DemandState(machine, "unmanage", MachineState.Running);
                if (VolumeBuilder.Of(machine).Count > 1)
                {
                    throw ApiError.Refused($"The virtual machine {machine.Name} has data volumes; detach them before it's given up.");
                }

                if (call.State.Table(ResultClass.VmSnapshot).Any(snapshot => snapshot.Text("virtualmachineid") == machine.Id))
                {
                    throw ApiError.Refused($"The virtual machine {machine.Name} has machine snapshots; delete them before it's given up.");
                }
            },
        };
    }

    private static Work Import(CommandCall call)
    {
        var cluster = call.Target("clusterid");
        var left = Left(cluster).FirstOrDefault(l => l.Name == call.RequiredText("name"))
            ?? throw ApiError.Refused($"There is no unmanaged instance {call.Text("name")} in the cluster {cluster.Name}; see listUnmanagedInstances.");
        var owner = call.NewOwner(LimitedResource.Machine);
        var offering = call.Target("serviceofferingid");
        if (!offering.Flag("iscustomized")
            && (offering.Number("cpunumber") != left.Size.Cpus || offering.Number("memory") != left.Size.Megabytes))
        {
            throw ApiError.Refused(
                $"The service offering {offering.Name} doesn't fit {left.Name}, which has {left.Size.Cpus} CPUs and {left.Size.Megabytes} MB.");
        }

        var template = call.Find("templateid")
            ?? call.State.Table(ResultClass.Template).FirstOrDefault(t => t.Flag("isready") && !TemplateBuilder.IsIso(t))
            ?? throw ApiError.Missing(call.Command.Name, "templateid");
        var name = call.Text("hostname") ?? call.Text("displayname") ?? left.Name;
        MachineNames.Demand(call.State, owner, name);
        var zone = call.State.Store.Find(cluster.Text("zoneid"))!;
        var networks = NetworksOf(call);
        return new Work(null, () => Answer.Of(TakeIn(
            call, cluster, left, new MachinePlan(owner, zone, offering, template, call.Caller.User, name)
            {
                DisplayName = call.Text("displayname"),
                Networks = networks,
                RootGigabytes = Math.Max(1, left.RootBytes / VolumeBuilder.Gigabyte),
                Size = left.Size,
            })))
        {
            Queue = cluster,
        };
    }

    private static IReadOnlyList<NetworkWish> NetworksOf(CommandCall call) =>
        [.. call.Map("nicnetworklist").Values.Select(id => new NetworkWish(call.Look("nicnetworklist", id, ResultClass.Network)))];

    private static Entity TakeIn(CommandCall call, Entity cluster, LeftMachine left, MachinePlan plan)
    {
        if (!Left(cluster).Contains(left))
        {
            throw ApiError.Refused($"The instance {left.Name} was imported meanwhile.");
        }

        var machine = MachineBuilder.Create(call.State, plan);
        try
        {
            MachineBuilder.Start(call.State, machine, call.State.Store.Find(ResultClass.Host, left.HostId));
        }
        catch (ApiError)
        {
            MachineBuilder.Remove(call.State, machine);
            throw;
        }

        cluster.SetAttribute(Attribute, Left(cluster).Where(other => other != left).ToList());
        return machine;
    }

    /// <summary>What goes on running on a host.</summary>
    private sealed record LeftMachine(string Name, string HostId, MachineSize Size, long RootBytes);
}
