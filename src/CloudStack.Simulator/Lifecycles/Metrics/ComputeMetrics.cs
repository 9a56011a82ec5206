using System.Globalization;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Metrics;

/// <summary>What machines, their volumes and the storage under them are at.</summary>
internal sealed class ComputeMetrics : ICommandFamily
{
    private const double Attention = 0.75;
    private const double NoMore = 0.85;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listVolumesMetrics", call => Volumes.List(call).ShownAs(volume => OfVolume(call, volume)));
        commands.Read("listStoragePoolsMetrics", call => Infrastructure.PrimaryStorage.List(call).ShownAs(pool => OfPool(call, pool)));
    }

    /// <summary>A machine with its totals written out.</summary>
    public static Entity Of(CommandCall call, Entity machine)
    {
        var picture = Pictures.Of(call, machine, "VmMetricsResponse");
        picture["cputotal"] = Pictures.Gigahertz(machine.Number("cpunumber") * machine.Number("cpuspeed"));
        picture["memorytotal"] = Pictures.Gigabytes(machine.Number("memory") << 20);
        if (machine.State == MachineState.Running)
        {
            picture["networkread"] = Megabytes(machine.Number("networkkbsread"));
            picture["networkwrite"] = Megabytes(machine.Number("networkkbswrite"));
            picture["diskread"] = Megabytes(machine.Number("diskkbsread"));
            picture["diskwrite"] = Megabytes(machine.Number("diskkbswrite"));
            picture["diskiopstotal"] = machine.Number("diskioread") + machine.Number("diskiowrite");
        }

        return picture;
    }

    private static string Megabytes(long kilobytes) => Pictures.Written(kilobytes / 1024.0, "MB");

    /// <summary>A volume carries its share of what its running machine reads and writes.</summary>
    private static Entity OfVolume(CommandCall call, Entity volume)
    {
        var picture = Pictures.Of(call, volume, "VolumeMetricsResponse");
        picture["sizegb"] = Pictures.Gigabytes(volume.Number("size"));
        if (call.State.Store.Find(ResultClass.VirtualMachine, volume.Text("virtualmachineid")) is { State: MachineState.Running } machine)
        {
            var share = VolumeBuilder.Of(machine).Count;
            foreach (var field in (string[])["diskkbsread", "diskkbswrite", "diskioread", "diskiowrite"])
            {
                picture[field] = machine.Number(field) / share;
            }

            picture["diskiopstotal"] = picture.Number("diskioread") + picture.Number("diskiowrite");
        }

        if (volume.Text("storageid") is not null)
        {
            picture["physicalsize"] = volume.Number("size") / 3;
            picture["virtualsize"] = volume.Number("size");
            picture["utilization"] = "33%";
        }

        return picture;
    }

    private static Entity OfPool(CommandCall call, Entity pool)
    {
        var picture = Pictures.Of(call, pool, "StoragePoolMetricsResponse");
        var total = pool.Number("disksizetotal");
        var provisioned = total * (double.TryParse(
            pool.Text("overprovisionfactor"), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) ? factor : 1);
        var (used, allocated) = (pool.Number("disksizeused"), pool.Number("disksizeallocated"));
        picture["disksizetotalgb"] = Pictures.Gigabytes(total);
        picture["disksizeusedgb"] = Pictures.Gigabytes(used);
        picture["disksizeallocatedgb"] = Pictures.Gigabytes(allocated);
        picture["disksizeunallocatedgb"] = Pictures.Gigabytes((long)Math.Max(0, provisioned - allocated));
        picture["storageusagethreshold"] = used > total * Attention;
        picture["storageusagedisablethreshold"] = used > total * NoMore;
        picture["storageallocatedthreshold"] = allocated > provisioned * Attention;
        picture["storageallocateddisablethreshold"] = allocated > provisioned * NoMore;
        return picture;
    }
}
