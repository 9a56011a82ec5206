using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Tests.Commands.Invariants;

/// <summary>Backups, buckets, shared file systems, hosts' power and dedication, schedules.</summary>
internal sealed class StoreInvariants : IInvariants
{
    public IReadOnlyList<(string Command, (string Name, string Class)[] Arguments)> Moves { get; } =
    [
        ("assignVirtualMachineToBackupOffering", [("virtualmachineid", "UserVmResponse"), ("backupofferingid", "BackupOfferingResponse")]),
        ("removeVirtualMachineFromBackupOffering", [("virtualmachineid", "UserVmResponse")]),
        ("createBackup", [("virtualmachineid", "UserVmResponse")]),
        ("deleteBackup", [("id", "BackupResponse")]),
        ("restoreBackup", [("id", "BackupResponse")]),
        ("createVMFromBackup", [("backupid", "BackupResponse"), ("zoneid", "ZoneResponse"), ("networkids", "NetworkResponse")]),
        ("deleteBackupOffering", [("id", "BackupOfferingResponse")]),
        ("deleteBackupRepository", [("id", "BackupRepositoryResponse")]),
        ("deleteBucket", [("id", "BucketResponse")]),
        ("deleteObjectStoragePool", [("id", "ObjectStoreResponse")]),
        ("startSharedFileSystem", [("id", "SharedFSResponse")]),
        ("stopSharedFileSystem", [("id", "SharedFSResponse")]),
        ("restartSharedFileSystem", [("id", "SharedFSResponse")]),
        ("destroySharedFileSystem", [("id", "SharedFSResponse")]),
        ("recoverSharedFileSystem", [("id", "SharedFSResponse")]),
        ("expungeSharedFileSystem", [("id", "SharedFSResponse")]),
        ("declareHostAsDegraded", [("id", "HostResponse")]),
        ("cancelHostAsDegraded", [("id", "HostResponse")]),
        ("startRollingMaintenance", [("hostids", "HostResponse")]),
        ("dedicateHost", [("hostid", "HostResponse"), ("domainid", "DomainResponse")]),
        ("releaseDedicatedHost", [("hostid", "HostResponse")]),
        ("executeClusterDrsPlan", [("id", "ClusterResponse")]),
        ("archiveSnapshot", [("id", "SnapshotResponse")]),
        ("copySnapshot", [("id", "SnapshotResponse"), ("destzoneids", "ZoneResponse")]),
        ("createSnapshotFromVMSnapshot", [("vmsnapshotid", "VMSnapshotResponse"), ("volumeid", "VolumeResponse")]),
        ("unmanageVolume", [("id", "VolumeResponse")]),
        ("copyTemplate", [("id", "TemplateResponse"), ("destzoneid", "ZoneResponse")]),
        ("unmanageVirtualMachine", [("id", "UserVmResponse")]),
        ("deleteInstanceGroup", [("id", "InstanceGroupResponse")]),
    ];

    // Backups outlive their machines.
    public IReadOnlyList<(string Class, string Field)> References { get; } =
    [
        ("UserVmResponse", "backupofferingid"), ("BackupResponse", "backupofferingid"), ("BackupOfferingResponse", "externalid"),
        ("BackupScheduleResponse", "virtualmachineid"), ("VMScheduleResponse", "virtualmachineid"), ("BucketResponse", "objectstorageid"),
        ("SharedFSResponse", "volumeid"), ("SharedFSResponse", "networkid"), ("OutOfBandManagementResponse", "hostid"), ("HostHAResponse", "hostid"),
        ("DedicateHostResponse", "hostid"), ("DedicateHostResponse", "affinitygroupid"), ("GpuDeviceResponse", "hostid"), ("UserVmResponse", "groupid"),
    ];

    public IEnumerable<string> Problems(CloudStore store)
    {
        foreach (var pool in store.Table("ObjectStoreResponse"))
        {
            var sum = store.Table("BucketResponse").Where(b => b.Text("objectstorageid") == pool.Id).Sum(b => b.Number("quota") << 30);
            if (sum != pool.Number("storageallocated"))
            {
                yield return $"{pool} has {pool.Number("storageallocated")} allocated, its buckets have {sum}.";
            }
        }

        foreach (var backup in store.Table("BackupResponse").Where(b => b.Text("status") != "BackedUp"))
        {
            yield return $"{backup} is left {backup.Text("status")} although no job is under way.";
        }

        foreach (var files in store.Table("SharedFSResponse"))
        {
            if (store.Find("VolumeResponse", files.Text("volumeid"))?.Text("virtualmachineid") != files.Id)
            {
                yield return $"{files} hasn't its volume.";
            }
        }

        foreach (var host in store.Table("HostResponse").Where(h => h.State != "Up" && store.Table("UserVmResponse").Any(m => m.Text("hostid") == h.Id)))
        {
            yield return $"{host} is {host.State} and has machines.";
        }
    }
}
