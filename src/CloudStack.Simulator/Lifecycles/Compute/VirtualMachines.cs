using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Kubernetes;
using CloudStack.Simulator.Lifecycles.Metrics;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>Virtual machines: list, start, stop, reboot, destroy, expunge, recover.</summary>
internal sealed class VirtualMachines : ICommandFamily
{
    private static readonly TimeSpan ExpungeDelay = TimeSpan.FromDays(1);

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listVirtualMachines", List);
        commands.Read("listVirtualMachinesMetrics", call => List(call).ShownAs(machine => ComputeMetrics.Of(call, machine)));
        commands.Begin("startVirtualMachine", Start);
        commands.Begin("stopVirtualMachine", Stop);
        commands.Begin("rebootVirtualMachine", Reboot);
        commands.Begin("destroyVirtualMachine", Destroy);
        commands.Begin("expungeVirtualMachine", Expunge);
        commands.Do("recoverVirtualMachine", Recover);
    }

    /// <exception cref="ApiError">The machine is in none of the states.</exception>
    public static void DemandState(Entity machine, string action, params string[] states)
    {
        if (!states.Contains(machine.State))
        {
            throw ApiError.Refused(
                $"Unable to {action} the virtual machine {machine.Name}: it is in state {machine.State}, which needs to be {string.Join(" or ", states)}.");
        }
    }

    private static Answer List(CommandCall call)
    {
        var network = call.Find("networkid");
        var group = call.Find("affinitygroupid");
        var keyPair = call.Text("keypair");
        Func<Entity, bool> isWanted =
            machine => (machine.State != MachineState.Destroyed || call.Caller.Role != RoleType.User)
                && (network is null || machine.Items("nic").Any(nic => nic.Text("networkid") == network.Id))
                && (group is null || machine.Items("affinitygroup").Contains(group))
                && (keyPair is null || machine.Text("keypairs")?.Split(',').Contains(keyPair) == true)
                && HasStorage(call, machine);

        // A list that filters nothing is counted without a look at each machine.
        var filters = call.Caller.Role == RoleType.User || network is not null || group is not null || keyPair is not null || call.Has("storageid");
        return Listing.Of(call, ResultClass.VirtualMachine, filters ? isWanted : null, "affinitygroupid", "keypair", "userdata");
    }

    private static bool HasStorage(CommandCall call, Entity machine) =>
        call.Text("storageid") is not { } pool || VolumeBuilder.Of(machine).Any(volume => volume.Text("storageid") == pool);

    private static Work Start(CommandCall call)
    {
        var machine = call.Target("id");
        var host = call.Find("hostid");
        return new Work(machine, () =>
        {
            try
            {
                MachineBuilder.Start(call.State, machine, host);
            }
            catch (ApiError)
            {
                MachineBuilder.Enter(call.State, machine, MachineState.Stopped);
                throw;
            }

            return Answer.Of(machine);
        })
        {
            Begin = () =>
            {
                DemandState(machine, "start", MachineState.Stopped);
                if (VolumeBuilder.RootOf(machine) is null)
                {
                    throw ApiError.Refused($"Unable to start the virtual machine {machine.Name}: no root volume is attached to it.");
                }

                MachineBuilder.Enter(call.State, machine, MachineState.Starting);
            },
        };
    }

    private static Work Stop(CommandCall call)
    {
        var machine = call.Target("id");
        return new Work(machine, () =>
        {
            MachineBuilder.Stop(call.State, machine);
            return Answer.Of(machine);
        })
        {
            Begin = () =>
            {
                DemandState(machine, "stop", MachineState.Running);
                MachineBuilder.Enter(call.State, machine, MachineState.Stopping);
            },
        };
    }

    private static Work Reboot(CommandCall call)
    {
        var machine = call.Target("id");
        return new Work(machine, () =>
        {
            MachineBuilder.Enter(call.State, machine, MachineState.Running);
            return Answer.Of(machine);
        })
        {
            Begin = () => DemandState(machine, "reboot", MachineState.Running),
        };
    }

    private static Work Destroy(CommandCall call)
    {
        var machine = call.Target("id");
        var volumes = call.FindAll("volumeids");
        return new Work(machine, () =>
        {
            if (machine.State == MachineState.Stopping)
            {
                MachineBuilder.Stop(call.State, machine);
            }

            foreach (var volume in volumes)
            {
                VolumeBuilder.Remove(call.State, volume);
            }

            if (call.IsSet("expunge"))
            {
                MachineBuilder.Enter(call.State, machine, MachineState.Destroyed);
                MachineBuilder.Remove(call.State, machine);
            }
            else
            {
                Discard(call.State, machine);
            }

            return Answer.Of(machine);
        })
        {
            Begin = () =>
            {
                DemandState(machine, "destroy", MachineState.Running, MachineState.Stopped, MachineState.Error);
                DemandDestroyable(machine, volumes);
                if (machine.State == MachineState.Running)
                {
                    MachineBuilder.Enter(call.State, machine, MachineState.Stopping);
                }
            },
        };
    }

    private static void DemandDestroyable(Entity machine, IReadOnlyList<Entity> volumes)
    {
        if (machine.Flag("deleteprotection"))
        {
            throw ApiError.Refused($"Instance {machine.Name} has delete protection enabled and can't be destroyed.");
        }

        ClusterMachines.DemandFree(machine);
        if (volumes.FirstOrDefault(v => v.Text("virtualmachineid") != machine.Id || VolumeBuilder.IsRoot(v)) is { } foreign)
        {
            throw ApiError.Refused($"Volume {foreign.Name} isn't a data volume of the virtual machine {machine.Name}.");
        }
    }

    /// <summary>Destroys a machine; the server's nightly cleaning takes it away, unless it's recovered before.</summary>
    public static void Discard(CloudState state, Entity machine)
    {
        MachineBuilder.Enter(state, machine, MachineState.Destroyed);
        var destroyed = machine["lastupdated"];
        state.Timeline.At(state.Clock.GetUtcNow() + ExpungeDelay, () =>
        {
            if (machine.State == MachineState.Destroyed && Equals(machine["lastupdated"], destroyed))
            {
                MachineBuilder.Remove(state, machine);
            }
        });
    }

    private static Work Expunge(CommandCall call)
    {
        var machine = call.Target("id");
        return new Work(machine, () =>
        {
            MachineBuilder.Remove(call.State, machine);
            return Answer.Done;
        })
        {
            Begin = () => DemandState(machine, "expunge", MachineState.Destroyed, MachineState.Error),
        };
    }

    private static Answer Recover(CommandCall call)
    {
        var machine = call.Target("id");
        DemandState(machine, "recover", MachineState.Destroyed);
        ResourceLimits.Demand(call.State, machine.Owner!, LimitedResource.Machine);
        MachineBuilder.Enter(call.State, machine, MachineState.Stopped);
        return Answer.Of(machine);
    }
}
