using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Metrics;

/// <summary>What machines and volumes used in the past hours: a point every ten minutes since their machine started.</summary>
internal sealed class UsageHistory : ICommandFamily
{
    private const string MachineClass = "VmMetricsStatsResponse";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(12);

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listVirtualMachinesUsageHistory", call => List(call, ResultClass.VirtualMachine, OfMachine));
        commands.Read("listSystemVmsUsageHistory", call => List(call, "SystemVmResponse", OfMachine));
        commands.Read("listVolumesUsageHistory", call => List(call, ResultClass.Volume, OfVolume));
    }

    private static Answer List(CommandCall call, string className, Func<CommandCall, Entity, Entity> picture)
    {
        if (call.Date("startdate") is { } start && call.Date("enddate") is { } end && start > end)
        {
            throw ApiError.Refused("The start date can't lie after the end date.");
        }

        return Listing.Of(
            call, className, entity => call.Text("name") is not { } name || entity.Name == name, "name", "startdate", "enddate")
            .ShownAs(entity => picture(call, entity));
    }

    private static Entity OfMachine(CommandCall call, Entity machine)
    {
        var picture = Pictures.Of(call, machine, MachineClass);
        picture["stats"] = Points(call, machine, share: 1);
        return picture;
    }

    private static Entity OfVolume(CommandCall call, Entity volume)
    {
        var picture = Pictures.Of(call, volume, "VolumeMetricsStatsResponse");
        if (call.State.Store.Find(ResultClass.VirtualMachine, volume.Text("virtualmachineid")) is { } machine)
        {
            picture["stats"] = Points(call, machine, VolumeBuilder.Of(machine).Count);
        }

        return picture;
    }

    private static List<Entity> Points(CommandCall call, Entity machine, int share)
    {
        var points = new List<Entity>();
        if (machine.State != MachineState.Running || StartOf(machine) is not { } started)
        {
            return points;
        }

        var now = call.State.Clock.GetUtcNow();
        var from = Latest(started, now - Kept, call.Date("startdate"));
        var to = call.Date("enddate") is { } end && end < now ? end : now;
        var first = from.UtcTicks + ((Interval.Ticks - (from.UtcTicks % Interval.Ticks)) % Interval.Ticks);
        for (var moment = new DateTimeOffset(first, TimeSpan.Zero); moment <= to; moment += Interval)
        {
            points.Add(Point(call, machine, started, moment, share));
        }

        return points;
    }

    private static DateTimeOffset? StartOf(Entity machine) =>
        (machine.Class.Has("lastupdated") ? machine["lastupdated"] : null) as DateTimeOffset? ?? machine["created"] as DateTimeOffset?;

    private static DateTimeOffset Latest(DateTimeOffset started, DateTimeOffset kept, DateTimeOffset? wished)
    {
        var latest = started > kept ? started : kept;
        return wished is { } from && from > latest ? from : latest;
    }

    private static Entity Point(CommandCall call, Entity machine, DateTimeOffset started, DateTimeOffset moment, int share)
    {
        var point = call.New("StatsResponse");
        point["timestamp"] = moment;
        MachineMetrics.Show(machine, point, started, moment);
        foreach (var field in (string[])["diskkbsread", "diskkbswrite", "diskioread", "diskiowrite"])
        {
            point[field] = point.Number(field) / Math.Max(1, share);
        }

        point["diskiopstotal"] = point.Number("diskioread") + point.Number("diskiowrite");
        return point;
    }
}
