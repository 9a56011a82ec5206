using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Images;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Storage;

/// <summary>Snapshots archived, copied to other zones, offered for download, and made of machine snapshots.</summary>
internal sealed class SnapshotCopies : ICommandFamily
{
    private const string Secondary = "Secondary";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("archiveSnapshot", Archive);
        commands.Begin("copySnapshot", Copy);
        commands.Begin("extractSnapshot", Extract);
        commands.Begin("createSnapshotFromVMSnapshot", FromMachineSnapshot);
    }

    private static Work Archive(CommandCall call)
    {
        var snapshot = call.Target("id");
        return new Work(snapshot, () =>
        {
            snapshot["locationtype"] = Secondary;
            return Answer.Done;
        })
        {
            Begin = () => Snapshots.DemandReady(snapshot, "archived"),
        };
    }

    private static Work Copy(CommandCall call)
    {
        var snapshot = call.Target("id");
        var zones = call.FindAll("destzoneids").ToList();
        if (call.Find("destzoneid") is { } one)
        {
            zones.Add(one);
        }

        if (zones.Count == 0)
        {
            throw ApiError.Refused("Please specify the zones to copy to by destzoneid or destzoneids.");
        }

        if (zones.Find(zone => zone.Id == snapshot.Text("zoneid")) is { } same)
        {
            throw ApiError.Refused($"The snapshot {snapshot.Name} is in zone {same.Name} already.");
        }

        return Work.On(snapshot, () =>
        {
            foreach (var zone in zones)
            {
                CopyTo(call.State, snapshot, zone);
            }
        }) with
        {
            Begin = () =>
            {
                Snapshots.DemandReady(snapshot, "copied");
                ResourceLimits.Demand(call.State, snapshot.Owner!, LimitedResource.Snapshot, zones.Count);
                ResourceLimits.Demand(call.State, snapshot.Owner!, LimitedResource.SecondaryStorage, zones.Count * snapshot.Number("physicalsize"));
            },
        };
    }

    private static void CopyTo(CloudState state, Entity snapshot, Entity zone)
    {
        var copy = state.New(ResultClass.Snapshot);
        foreach (var field in snapshot.Class.Fields.Where(field => field.Name is not ("id" or "tags")))
        {
            copy[field.Name] = snapshot[field.Name];
        }

        copy["zoneid"] = zone.Id;
        copy["zonename"] = zone.Link("name");
        copy["locationtype"] = Secondary;
        copy["revertable"] = false;
        copy["created"] = state.Clock.GetUtcNow();
        snapshot.Owner!.Claim(copy);
        state.Store.Add(copy);
    }

    private static Work Extract(CommandCall call)
    {
        var snapshot = call.Target("id");
        return new Work(snapshot, () => ImageTransfers.Offer(call, snapshot))
        {
            Begin = () =>
            {
                Snapshots.DemandReady(snapshot, "downloaded");
                if (snapshot.Text("zoneid") != call.Target("zoneid").Id)
                {
                    throw ApiError.Refused($"The snapshot {snapshot.Name} isn't in the zone given.");
                }
            },
        };
    }

    private static Work FromMachineSnapshot(CommandCall call)
    {
        var volume = call.Target("volumeid");
        var source = call.Target("vmsnapshotid");
        if (volume.Text("virtualmachineid") != source.Text("virtualmachineid") || source.State != "Ready")
        {
            throw ApiError.Refused($"The volume {volume.Name} isn't part of the machine snapshot {source.Name}, or that isn't Ready.");
        }

        if (volume.State != VolumeBuilder.Ready)
        {
            throw ApiError.Refused($"The volume {volume.Name} is in state {volume.State}, not {VolumeBuilder.Ready}.");
        }

        ResourceLimits.Demand(call.State, volume.Owner!, LimitedResource.Snapshot);
        var snapshot = SnapshotBuilder.Create(call.State, volume, call.Text("name") ?? $"{source.Name}_{volume.Name}", "MANUAL");
        return new Work(snapshot, () => Answer.Of(SnapshotBuilder.MakeReady(snapshot)))
        {
            Queue = volume,
            Abandon = () => call.State.Store.Remove(snapshot),
        };
    }
}
