using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Backups;
using CloudStack.Simulator.Lifecycles.Objects;

namespace CloudStack.Simulator.Seed;

/// <summary>Where backups and buckets can be kept.</summary>
internal static class StoreSeed
{
    private const long ObjectStoreBytes = 50L << 40;

    public static void Plant(CloudState state, Places places)
    {
        var repository = BackupRepositories.Create(state, places.Frankfurt, "fra1-backup-1", "nfs", "10.20.0.70:/export/backup1");
        BackupOfferings.Create(state, repository, "Nightly copies", "Machines of fra1, copied to a share beside it", isForUsers: true);
        ObjectStores.Create(state, "fra1-objects-1", "Ceph", "https://objects.fra1.example", ObjectStoreBytes);
    }
}
