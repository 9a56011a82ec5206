using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Storage;

/// <summary>Snapshots of volumes: taken, reverted to, deleted.</summary>
internal sealed class Snapshots : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listSnapshots", call => Listing.Of(call, ResultClass.Snapshot));
        commands.Begin("createSnapshot", Create);
        commands.Begin("deleteSnapshot", Delete);
        commands.Begin("revertSnapshot", Revert);
    }

    private static Work Create(CommandCall call)
    {
        var volume = call.Target("volumeid");
        if (volume.State != VolumeBuilder.Ready)
        {
            throw ApiError.Refused($"VolumeId: {volume.Id} is not in Ready state but {volume.State}. Cannot take snapshot.");
        }

        ResourceLimits.Demand(call.State, volume.Owner!, LimitedResource.Snapshot);
        var snapshot = SnapshotBuilder.Create(call.State, volume, call.Text("name") ?? DefaultName(call, volume), "MANUAL");
        return new Work(snapshot, () => Answer.Of(SnapshotBuilder.MakeReady(snapshot)))
        {
            Queue = volume,
            Abandon = () => call.State.Store.Remove(snapshot),
        };
    }

    private static string DefaultName(CommandCall call, Entity volume) => FormattableString.Invariant(
        $"{volume.Text("vmname") ?? "detached"}_{volume.Name}_{call.State.Clock.GetUtcNow():yyyyMMddHHmmss}");

    private static Work Delete(CommandCall call)
    {
        var snapshot = call.Target("id");
        return Work.Removing(call.State.Store, snapshot) with
        {
            Begin = () => DemandReady(snapshot, "deleted"),
        };
    }

    private static Work Revert(CommandCall call)
    {
        var snapshot = call.Target("id");
        return Work.On(snapshot, () => { }) with
        {
            Begin = () =>
            {
                DemandReady(snapshot, "reverted to");
                var volume = call.State.Store.Find(ResultClass.Volume, snapshot.Text("volumeid"))
                    ?? throw ApiError.Refused($"The volume of snapshot {snapshot.Name} is gone.");
                if (volume.Text("virtualmachineid") is { } id && call.State.Store.Find(id) is { } machine)
                {
                    VirtualMachines.DemandState(machine, "revert a volume of", MachineState.Stopped);
                }
            },
        };
    }

    public static void DemandReady(Entity snapshot, string what)
    {
        if (snapshot.State != SnapshotBuilder.BackedUp)
        {
            throw ApiError.Refused($"Snapshot {snapshot.Name} can't be {what}: it is in state {snapshot.State}, not {SnapshotBuilder.BackedUp}.");
        }
    }
}
