using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Images;
using CloudStack.Simulator.Lifecycles.Infrastructure;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>A machine moves: to another host, to another owner, onto a fresh root disk.</summary>
internal sealed class MachineMoves : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("migrateVirtualMachine", Migrate);
        commands.Do("assignVirtualMachine", Assign);
        commands.Begin("restoreVirtualMachine", Restore);
        commands.Read("findHostsForMigration", FindHosts);
    }

    private static Work Migrate(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        var wanted = call.Find("hostid");
        if (wanted is null && !call.IsSet("autoselect"))
        {
            throw ApiError.Refused("Please specify a host by hostid, or autoselect=true.");
        }

        return MoveOf(call.State, machine, wanted);
    }

    /// <summary>Moves a running machine.</summary>
    /// <param name="state">The cloud.</param>
    /// <param name="machine">The machine.</param>
    /// <param name="wanted">Where to, or null for any other host.</param>
    public static Work MoveOf(CloudState state, Entity machine, Entity? wanted)
    {
        Entity? target = null;
        return Work.On(machine, () =>
        {
            HostLoad.Release(state, machine);
            HostLoad.Place(state, machine, target);
            MachineBuilder.Enter(state, machine, MachineState.Running);
        }) with
        {
            Begin = () =>
            {
                VirtualMachines.DemandState(machine, "migrate", MachineState.Running);
                target = Candidates(state, machine).FirstOrDefault(host => wanted is null || host == wanted)
                    ?? throw ApiError.Refused(
                        $"Unable to migrate the virtual machine {machine.Name} to {wanted?.Name ?? "any other host"}: no such host is up, has room and isn't its own.");
                MachineBuilder.Enter(state, machine, MachineState.Migrating);
            },
        };
    }

    private static Answer FindHosts(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        return Answer.List(Candidates(call.State, machine).Select(host =>
        {
            var shown = host.Copy();
            shown["suitableformigration"] = true;
            return shown;
        }));
    }

    private static IEnumerable<Entity> Candidates(CloudState state, Entity machine) => state.Table(ResultClass.Host)
        .Where(host => host.Id != machine.Text("hostid") && HostLoad.CanTake(host, machine)
            && Dedications.Admits(state, host, machine.Owner));

    private static Answer Assign(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        VirtualMachines.DemandState(machine, "assign", MachineState.Stopped);
        if (MachineTies.HasRules(call.State, machine))
        {
            throw ApiError.Refused($"The virtual machine {machine.Name} has port forwarding, static NAT or load balancer rules; remove them first.");
        }

        var owner = call.NewOwner(LimitedResource.Machine);
        if (owner == machine.Owner)
        {
            throw ApiError.Refused($"The virtual machine {machine.Name} already belongs to {owner.Holder.Name}.");
        }

        MachineNames.Demand(call.State, owner, machine.Name!);
        var networks = MachineNetworks.Wished(call, owner, call.State.Store.Find(machine.Text("zoneid")!)!);
        foreach (var nic in machine.Items("nic").ToList())
        {
            GuestNetworks.RemoveNic(call.State, machine, nic);
        }

        owner.Claim(machine);
        machine["group"] = null;
        machine["groupid"] = null;
        foreach (var volume in VolumeBuilder.Of(machine))
        {
            owner.Claim(volume);
        }

        foreach (var wish in networks)
        {
            GuestNetworks.AddNic(call.State, machine, wish.Network, wish.Address, wish.Mac);
        }

        return Answer.Of(machine);
    }

    private static Work Restore(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        var template = call.Find("templateid") ?? call.State.Store.Find(ResultClass.Template, machine.Text("templateid"))
            ?? throw ApiError.Refused($"The template of the virtual machine {machine.Name} is gone; please specify templateid.");
        if (!template.Flag("isready") || TemplateBuilder.IsIso(template))
        {
            throw ApiError.Refused($"Template {template.Name} isn't a template that is ready to be used.");
        }

        return Work.On(machine, () => Rebuild(call.State, machine, template)) with
        {
            Begin = () =>
            {
                VirtualMachines.DemandState(machine, "restore", MachineState.Running, MachineState.Stopped);
                if (VolumeBuilder.RootOf(machine) is null)
                {
                    throw ApiError.Refused($"Unable to restore the virtual machine {machine.Name}: no root volume is attached to it.");
                }
            },
        };
    }

    private static void Rebuild(CloudState state, Entity machine, Entity template)
    {
        VolumeBuilder.Remove(state, VolumeBuilder.RootOf(machine)!);
        MachineBuilder.SetTemplate(machine, template);
        var fresh = VolumeBuilder.CreateRoot(
            state, machine, MachineBuilder.OfferingOf(machine), template, null);
        VolumeBuilder.MakeReady(state, fresh);
    }
}
