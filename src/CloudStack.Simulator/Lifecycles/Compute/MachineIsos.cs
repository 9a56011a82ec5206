using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Images;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>The ISO in a machine's drive: one at a time.</summary>
internal sealed class MachineIsos : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("attachIso", Attach);
        commands.Begin("detachIso", Detach);
    }

    private static Work Attach(CommandCall call)
    {
        var iso = call.Target("id");
        var machine = call.Target("virtualmachineid");
        if (!TemplateBuilder.IsIso(iso) || !iso.Flag("isready"))
        {
            throw ApiError.Refused($"{iso.Name} isn't an ISO that is ready to be attached.");
        }

        return Work.On(machine, () =>
        {
            machine["isoid"] = iso.Id;
            machine["isoname"] = iso.Link("name");
            machine["isodisplaytext"] = iso.Link("displaytext");
        }) with
        {
            Begin = () =>
            {
                VirtualMachines.DemandState(machine, "attach an ISO to", MachineState.Running, MachineState.Stopped);
                if (machine.Text("isoid") is not null && !call.IsSet("forced"))
                {
                    throw ApiError.Refused($"The virtual machine {machine.Name} already has the ISO {machine.Text("isoname")} attached.");
                }
            },
        };
    }

    private static Work Detach(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        return Work.On(machine, () => Eject(machine)) with
        {
            Begin = () =>
            {
                if (machine.Text("isoid") is null)
                {
                    throw ApiError.Refused($"The specified VM {machine.Name} has no ISO attached to it.");
                }
            },
        };
    }

    private static void Eject(Entity machine)
    {
        machine["isoid"] = null;
        machine["isoname"] = null;
        machine["isodisplaytext"] = null;
    }
}
