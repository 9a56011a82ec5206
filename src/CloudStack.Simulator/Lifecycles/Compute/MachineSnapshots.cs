using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>Snapshots of whole machines; each points to the one it was made after.</summary>
internal sealed class MachineSnapshots : ICommandFamily
{
    private const string Ready = "Ready";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createVMSnapshot", Create);
        commands.Read("listVMSnapshot", call => Listing.Of(
            call, ResultClass.VmSnapshot, snapshot => call.Text("vmsnapshotid") is not { } id || snapshot.Id == id));
        commands.Begin("deleteVMSnapshot", Delete);
        commands.Begin("revertToVMSnapshot", Revert);
    }

    private static Work Create(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        VirtualMachines.DemandState(machine, "take a snapshot of", MachineState.Running, MachineState.Stopped);
        var withMemory = call.IsSet("snapshotmemory");
        if (withMemory && machine.State != MachineState.Running)
        {
            throw ApiError.Refused($"Can't snapshot the memory of {machine.Name}: it isn't running.");
        }

        var parent = Of(call.State, machine).FirstOrDefault(snapshot => snapshot.Flag("current"));
        var snapshot = call.Create(ResultClass.VmSnapshot, machine.Owner);
        snapshot["name"] = call.Text("name") ?? $"{machine.Text("instancename")}_VS_{snapshot.Id[..8]}";
        snapshot["displayname"] = snapshot.Name;
        snapshot["description"] = call.Text("description");
        snapshot["type"] = withMemory ? "DiskAndMemory" : "Disk";
        snapshot["state"] = "Creating";
        snapshot["virtualmachineid"] = machine.Id;
        snapshot["virtualmachinename"] = machine.Link("name");
        snapshot["zoneid"] = machine.Text("zoneid");
        snapshot["zonename"] = machine.Link("zonename");
        snapshot["hypervisor"] = machine.Text("hypervisor");
        snapshot["parent"] = parent?.Id;
        snapshot["parentName"] = parent?.Link("name");
        return new Work(snapshot, () =>
        {
            snapshot["state"] = Ready;
            MakeCurrent(call.State, machine, snapshot);
            return Answer.Of(snapshot);
        })
        {
            Queue = machine,
            Abandon = () => call.State.Store.Remove(snapshot),
        };
    }

    private static Work Delete(CommandCall call)
    {
        var snapshot = call.Target("vmsnapshotid");
        return new Work(snapshot, () =>
        {
            foreach (var child in call.State.Table(ResultClass.VmSnapshot).Where(s => s.Text("parent") == snapshot.Id))
            {
                child["parent"] = snapshot.Text("parent");
                child["parentName"] = snapshot.Text("parentName");
            }

            call.State.Store.Remove(snapshot);
            return Answer.Done;
        })
        {
            Queue = call.State.Store.Find(snapshot.Text("virtualmachineid")),
        };
    }

    private static Work Revert(CommandCall call)
    {
        var snapshot = call.Target("vmsnapshotid");
        var machine = call.State.Store.Find(ResultClass.VirtualMachine, snapshot.Text("virtualmachineid"))
            ?? throw ApiError.Refused("The virtual machine of the snapshot is gone.");
        return new Work(machine, () =>
        {
            MakeCurrent(call.State, machine, snapshot);
            return Answer.Of(machine);
        })
        {
            Begin = () =>
            {
                var needed = snapshot.Text("type") == "DiskAndMemory" ? MachineState.Running : MachineState.Stopped;
                VirtualMachines.DemandState(machine, "revert", needed);
            },
        };
    }

    private static IEnumerable<Entity> Of(CloudState state, Entity machine) =>
        state.Table(ResultClass.VmSnapshot).Where(snapshot => snapshot.Text("virtualmachineid") == machine.Id);

    private static void MakeCurrent(CloudState state, Entity machine, Entity current)
    {
        foreach (var snapshot in Of(state, machine))
        {
            snapshot["current"] = snapshot == current;
        }
    }
}
