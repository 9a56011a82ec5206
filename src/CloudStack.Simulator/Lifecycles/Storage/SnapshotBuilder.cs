using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Storage;

/// <summary>Makes snapshots of volumes.</summary>
internal static class SnapshotBuilder
{
    public const string BackingUp = "BackingUp";
    public const string BackedUp = "BackedUp";

    public static Entity Create(CloudState state, Entity volume, string name, string type)
    {
        var snapshot = state.New(ResultClass.Snapshot);
        snapshot["name"] = name;
        snapshot["snapshottype"] = type;
        snapshot["intervaltype"] = type;
        snapshot["state"] = BackingUp;
        snapshot["created"] = state.Clock.GetUtcNow();
        snapshot["volumeid"] = volume.Id;
        snapshot["volumename"] = volume.Link("name");
        snapshot["volumetype"] = volume.Text("type");
        snapshot["volumestate"] = volume.Link("state");
        snapshot["zoneid"] = volume.Text("zoneid");
        snapshot["zonename"] = volume.Link("zonename");
        snapshot["virtualsize"] = volume.Number("size");
        snapshot["locationtype"] = "Secondary";
        snapshot["revertable"] = false;
        volume.Owner!.Claim(snapshot);
        state.Store.Add(snapshot);
        return snapshot;
    }

    public static Entity MakeReady(Entity snapshot)
    {
        snapshot["state"] = BackedUp;
        snapshot["physicalsize"] = snapshot.Number("virtualsize") / 4;
        snapshot["revertable"] = true;
        return snapshot;
    }
}
