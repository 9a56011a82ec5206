using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>Changes of a machine that stays where it is: its fields, and its size.</summary>
internal sealed class MachineChanges : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("updateVirtualMachine", Update);
        commands.Begin("scaleVirtualMachine", Scale);
        commands.Do("changeServiceForVirtualMachine", ChangeOffering);
    }

    private static Answer Update(CommandCall call)
    {
        var machine = call.Target("id");
        if (call.Text("name") is { Length: > 0 } name && name != machine.Name)
        {
            VirtualMachines.DemandState(machine, "rename", MachineState.Stopped);
            MachineNames.Demand(call.State, machine.Owner!, name);
        }

        if (call.Has("isdynamicallyscalable"))
        {
            VirtualMachines.DemandState(machine, "change the scalability of", MachineState.Stopped);
        }

        MachineLeases.DemandChangeable(call, machine);
        call.Apply(
            machine, "name", "displayname", "displayvm", "haenable", "isdynamicallyscalable", "instancename", "userdata",
            "deleteprotection");
        MachineLeases.Grant(call, machine);
        InstanceGroups.Join(call, machine);
        if (call.Find("ostypeid") is { } system)
        {
            machine["ostypeid"] = system.Id;
            machine["guestosid"] = system.Id;
            machine["osdisplayname"] = system.Link("name");
        }

        if (call.IsSet("cleanupdetails"))
        {
            machine["details"] = null;
        }
        else if (call.Map("details") is { Count: > 0 } details)
        {
            machine["details"] = details;
        }

        return Answer.Of(machine);
    }

    private static Work Scale(CommandCall call)
    {
        var machine = call.Target("id");
        var offering = UsableOffering(call, machine);
        var size = MachineDeployment.CustomSize(call, offering);
        return Work.On(machine, () => Resize(call.State, machine, offering, size)) with
        {
            Begin = () =>
            {
                DemandRoom(call.State, machine, offering, size);
                VirtualMachines.DemandState(machine, "scale", MachineState.Stopped, MachineState.Running);
                if (machine.State == MachineState.Running)
                {
                    DemandLiveScaling(machine, offering, size);
                }
            },
        };
    }

    private static Answer ChangeOffering(CommandCall call)
    {
        var machine = call.Target("id");
        var offering = UsableOffering(call, machine);
        VirtualMachines.DemandState(machine, "change the service offering of", MachineState.Stopped);
        var size = MachineDeployment.CustomSize(call, offering);
        DemandRoom(call.State, machine, offering, size);
        Resize(call.State, machine, offering, size);
        return Answer.Of(machine);
    }

    private static Entity UsableOffering(CommandCall call, Entity machine)
    {
        var offering = call.Target("serviceofferingid");
        if (offering.State != "Active" || offering.Flag("issystem"))
        {
            throw ApiError.Refused($"Unable to use the service offering {offering.Name}: it isn't active or is for system use.");
        }

        return offering.Id != machine.Text("serviceofferingid") || offering.Flag("iscustomized")
            ? offering
            : throw ApiError.Refused($"Not upgrading vm {machine.Name} since it already has the requested service offering ({offering.Name})");
    }

    private static void DemandRoom(CloudState state, Entity machine, Entity offering, MachineSize? size)
    {
        var (cpus, megabytes) = (size?.Cpus ?? offering.Number("cpunumber"), size?.Megabytes ?? offering.Number("memory"));
        ResourceLimits.Demand(state, machine.Owner!, LimitedResource.Cpu, cpus - machine.Number("cpunumber"));
        ResourceLimits.Demand(state, machine.Owner!, LimitedResource.Memory, megabytes - machine.Number("memory"));
    }

    private static void DemandLiveScaling(Entity machine, Entity offering, MachineSize? size)
    {
        var isSmaller = (size?.Cpus ?? offering.Number("cpunumber")) < machine.Number("cpunumber")
            || (size?.Megabytes ?? offering.Number("memory")) < machine.Number("memory");
        if (!machine.Flag("isdynamicallyscalable") || isSmaller)
        {
            throw ApiError.Refused(
                $"Unable to scale the running virtual machine {machine.Name}: it isn't dynamically scalable, or would shrink. Stop it first.");
        }
    }

    /// <summary>Gives a machine another offering; one that runs stays on its host.</summary>
    /// <exception cref="ApiError">The host has no room, and nothing has changed.</exception>
    public static void Resize(CloudState state, Entity machine, Entity offering, MachineSize? size)
    {
        var host = state.Store.Find(machine.Text("hostid"));
        var former = new MachineSize(machine.Number("cpunumber"), machine.Number("cpuspeed"), machine.Number("memory"));
        var formerOffering = MachineBuilder.OfferingOf(machine);
        HostLoad.Release(state, machine);
        MachineBuilder.SetOffering(machine, offering, size);
        try
        {
            if (host is not null)
            {
                HostLoad.Place(state, machine, host);
            }
        }
        catch (ApiError)
        {
            MachineBuilder.SetOffering(machine, formerOffering, former);
            HostLoad.Place(state, machine, host);
            throw;
        }
    }
}
