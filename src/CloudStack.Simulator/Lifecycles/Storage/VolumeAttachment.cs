using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Storage;

/// <summary>Volumes on machines: attached and detached.</summary>
internal sealed class VolumeAttachment : ICommandFamily
{
    private const int MaxDevices = 28;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("attachVolume", Attach);
        commands.Begin("detachVolume", Detach);
    }

    /// <exception cref="ApiError">The machine takes no volume now.</exception>
    public static void DemandAttachable(Entity machine)
    {
        VirtualMachines.DemandState(machine, "attach a volume to", MachineState.Running, MachineState.Stopped);
        if (VolumeBuilder.Of(machine).Count >= MaxDevices)
        {
            throw ApiError.Refused($"The virtual machine {machine.Name} already has {MaxDevices} volumes.");
        }
    }

    /// <summary>The device for one more volume of a machine.</summary>
    /// <exception cref="ApiError">The device wished for is taken or the root volume's.</exception>
    public static long FreeDevice(Entity machine, long? wanted)
    {
        var taken = VolumeBuilder.Of(machine).Select(volume => volume.Number("deviceid")).Append(3).ToHashSet();
        if (wanted is { } device)
        {
            return device > 0 && !taken.Contains(device)
                ? device
                : throw ApiError.Refused($"deviceId {device} is used by the virtual machine {machine.Name}, or reserved.");
        }

        for (var free = 1L; ; free++)
        {
            if (!taken.Contains(free))
            {
                return free;
            }
        }
    }

    private static long Device(CommandCall call, Entity volume, Entity machine)
    {
        if (!VolumeBuilder.IsRoot(volume))
        {
            return FreeDevice(machine, call.Number("deviceid"));
        }

        if (VolumeBuilder.RootOf(machine) is not null || machine.State != MachineState.Stopped)
        {
            throw ApiError.Refused($"The root volume {volume.Name} can only go to a stopped virtual machine that has none; {machine.Name} isn't one.");
        }

        return 0;
    }

    private static Work Attach(CommandCall call)
    {
        var volume = call.Target("id");
        var machine = call.Target("virtualmachineid");
        return new Work(volume, () =>
        {
            var device = Device(call, volume, machine);
            VolumeBuilder.MakeReady(call.State, volume);
            VolumeBuilder.Attach(call.State, volume, machine, device);
            return Answer.Of(volume);
        })
        {
            Queue = machine,
            Begin = () =>
            {
                DemandFree(volume, machine);
                DemandAttachable(machine);
                Device(call, volume, machine);
            },
        };
    }

    private static void DemandFree(Entity volume, Entity machine)
    {
        if (volume.Text("virtualmachineid") is not null)
        {
            throw ApiError.Refused($"Please specify a volume that is not attached to any VM: {volume.Name} is attached to {volume.Text("vmname")}.");
        }

        if (volume.State is not (VolumeBuilder.Allocated or VolumeBuilder.Ready or "Uploaded"))
        {
            throw ApiError.Refused($"Volume {volume.Name} is in state {volume.State}; it has to be Allocated, Ready or Uploaded.");
        }

        if (volume.Text("zoneid") != machine.Text("zoneid"))
        {
            throw ApiError.Refused($"Volume {volume.Name} isn't in the zone of the virtual machine {machine.Name}.");
        }

        if (volume.Owner != machine.Owner)
        {
            throw ApiError.NotPermitted($"Volume {volume.Name} and the virtual machine {machine.Name} belong to different owners.");
        }
    }

    private static Work Detach(CommandCall call)
    {
        var volume = call.Find("id") ?? ByDevice(call);
        return new Work(volume, () =>
        {
            VolumeBuilder.Detach(call.State, volume);
            return Answer.Of(volume);
        })
        {
            Queue = call.State.Store.Find(volume.Text("virtualmachineid")),
            Begin = () =>
            {
                if (volume.Text("vmtype") == SharedFileSystemBuilder.MachineType)
                {
                    throw ApiError.Refused($"Volume {volume.Name} belongs to the shared file system {volume.Text("vmname")} and can't be detached.");
                }

                if (volume.Text("virtualmachineid") is not { } id || call.State.Store.Find(id) is not { } machine)
                {
                    throw ApiError.Refused($"The specified volume {volume.Name} is not attached to a virtual machine.");
                }

                if (VolumeBuilder.IsRoot(volume))
                {
                    VirtualMachines.DemandState(machine, "detach the root volume of", MachineState.Stopped);
                }
            },
        };
    }

    private static Entity ByDevice(CommandCall call)
    {
        if (!call.Has("virtualmachineid") || !call.Has("deviceid"))
        {
            throw ApiError.Refused("Please specify either a volume id, or a tuple (device id, instance id)");
        }

        var machine = call.Target("virtualmachineid");
        return VolumeBuilder.Of(machine).FirstOrDefault(volume => volume.Number("deviceid") == call.Number("deviceid"))
            ?? throw ApiError.Refused($"The virtual machine {machine.Name} has no volume on device {call.Number("deviceid")}.");
    }
}
