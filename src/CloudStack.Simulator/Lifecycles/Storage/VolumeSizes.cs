using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Storage;

/// <summary>A volume gets another size, offering or storage.</summary>
internal sealed class VolumeSizes : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("resizeVolume", Resize);
        commands.Begin("changeOfferingForVolume", ChangeOffering);
        commands.Begin("migrateVolume", Migrate);
    }

    private static Work Resize(CommandCall call)
    {
        var volume = call.Target("id");
        var offering = call.Find("diskofferingid");
        if (offering is null && !call.Has("size"))
        {
            throw ApiError.Refused("Please specify a size or a disk offering to resize the volume to.");
        }

        return Work.On(volume, () => Apply(call, volume, offering)) with { Begin = () => Demand(call, volume, offering) };
    }

    private static Work ChangeOffering(CommandCall call)
    {
        var volume = call.Target("id");
        var offering = call.Target("diskofferingid");
        return Work.On(volume, () => Apply(call, volume, offering)) with
        {
            Begin = () =>
            {
                if (volume.Text("diskofferingid") == offering.Id && !offering.Flag("iscustomized"))
                {
                    throw ApiError.Refused($"Volume {volume.Name} already has the disk offering {offering.Name}.");
                }

                Demand(call, volume, offering);
            },
        };
    }

    private static void Demand(CommandCall call, Entity volume, Entity? offering)
    {
        if (volume.State is not (VolumeBuilder.Allocated or VolumeBuilder.Ready))
        {
            throw ApiError.Refused($"Volume {volume.Name} is in state {volume.State}; only an Allocated or Ready one can be resized.");
        }

        var bytes = TargetSize(call, volume, offering);
        ResourceLimits.Demand(call.State, volume.Owner!, LimitedResource.PrimaryStorage, bytes - volume.Number("size"));
        if (bytes < volume.Number("size") && !call.IsSet("shrinkok"))
        {
            throw ApiError.Refused($"Going from existing size of {volume.Number("size")} to size of {bytes} would shrink the volume {volume.Name}; need to sign off by supplying the shrinkok parameter with value of true.");
        }

        if (bytes < volume.Number("size") && volume.Text("virtualmachineid") is { } id
            && call.State.Store.Find(id) is { State: MachineState.Running } machine)
        {
            throw ApiError.Refused($"Volume {volume.Name} can't shrink while {machine.Name} is running.");
        }
    }

    private static long TargetSize(CommandCall call, Entity volume, Entity? offering)
    {
        if (offering is not null)
        {
            return Volumes.SizeOf(call, offering) * VolumeBuilder.Gigabyte;
        }

        var current = call.State.Store.Find(ResultClass.DiskOffering, volume.Text("diskofferingid"));
        if (current is not null && !current.Flag("iscustomized"))
        {
            throw ApiError.Refused($"Volume {volume.Name} has the disk offering {current.Name} of a fixed size; specify another offering.");
        }

        return call.Number("size") is { } size and > 0
            ? size * VolumeBuilder.Gigabyte
            : throw ApiError.BadValue(call.Command.Name, "size", $"{call.Number("size")}");
    }

    private static void Apply(CommandCall call, Entity volume, Entity? offering)
    {
        var bytes = TargetSize(call, volume, offering);
        VolumeBuilder.AddUsage(call.State, volume, -1);
        volume["size"] = bytes;
        VolumeBuilder.AddUsage(call.State, volume, 1);
        if (offering is not null)
        {
            VolumeBuilder.SetOffering(volume, offering);
        }
    }

    private static Work Migrate(CommandCall call)
    {
        var volume = call.Target("volumeid");
        var pool = call.Target("storageid");
        return Work.On(volume, () => Put(call.State, volume, pool)) with
        {
            Queue = pool,
            Abandon = () => volume["state"] = volume.State == "Migrating" ? VolumeBuilder.Ready : volume.State,
            Begin = () =>
            {
                DemandMove(volume, pool);
                volume["state"] = "Migrating";
            },
        };
    }

    /// <exception cref="ApiError">The volume can't move to the storage now.</exception>
    public static void DemandMove(Entity volume, Entity pool)
    {
        if (volume.State != VolumeBuilder.Ready)
        {
            throw ApiError.Refused($"Volume {volume.Name} must be in ready state to be migrated.");
        }

        if (pool.Id == volume.Text("storageid") || pool.State != "Up" || pool.Text("zoneid") != volume.Text("zoneid"))
        {
            throw ApiError.Refused(
                $"Volume {volume.Name} can't move to {pool.Name}: it is there already, or the storage isn't up in its zone.");
        }
    }

    /// <summary>Puts a volume on other storage.</summary>
    public static void Put(CloudState state, Entity volume, Entity pool)
    {
        VolumeBuilder.AddUsage(state, volume, -1);
        volume["storageid"] = pool.Id;
        volume["storage"] = pool.Link("name");
        volume["state"] = VolumeBuilder.Ready;
        VolumeBuilder.AddUsage(state, volume, 1);
    }
}
