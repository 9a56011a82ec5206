using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Tests.Commands.Invariants;

/// <summary>Backups, buckets, shared file systems, hosts' power and dedication, schedules.</summary>
internal sealed class StoreInvariants : IInvariants
{
    public IReadOnlyList<(string Command, (string Name, string Wish)[] Arguments)> Moves { get; } =
    [
        ("assignVirtualMachineToBackupOffering", [("virtualmachineid", "UserVmResponse?!backupofferingid"), ("backupofferingid", "BackupOfferingResponse")]),
        ("removeVirtualMachineFromBackupOffering", [("virtualmachineid", "UserVmResponse?backupofferingid")]),
        ("createBackup", [("virtualmachineid", "UserVmResponse?backupofferingid")]),
        ("createBackupSchedule", [("virtualmachineid", "UserVmResponse?backupofferingid"), ("intervaltype", "=DAILY"), ("schedule", "=10:3"), ("timezone", "=Etc/UTC"), ("maxbackups", "=2")]),
        ("deleteBackupSchedule", [("id", "BackupScheduleResponse")]),
        ("deleteBackup", [("id", "BackupResponse")]),
        ("restoreBackup", [("id", "BackupResponse")]),
        ("restoreVolumeFromBackupAndAttachToVM", [("backupid", "BackupResponse"), ("virtualmachineid", "<backupid.virtualmachineid"), ("volumeid", ">VolumeResponse.virtualmachineid=backupid.virtualmachineid")]),
        ("createVMFromBackup", [("backupid", "BackupResponse"), ("zoneid", "ZoneResponse?name=fra1"), ("networkids", "NetworkResponse?name=admin-net")]),
        ("addBackupRepository", [("name", "*share-"), ("zoneid", "ZoneResponse"), ("type", "=nfs"), ("address", "*10.20.0.71:/export/b")]),
        ("importBackupOffering", [("externalid", "BackupRepositoryResponse"), ("zoneid", "<externalid.zoneid"), ("name", "*copies-"), ("description", "=Copies"), ("allowuserdrivenbackups", "=true")]),
        ("deleteBackupOffering", [("id", "BackupOfferingResponse")]),
        ("deleteBackupRepository", [("id", "BackupRepositoryResponse")]),
        ("addObjectStoragePool", [("name", "*objects-"), ("provider", "=Ceph"), ("url", "*https://objects.example/")]),
        ("createBucket", [("name", "*bucket-"), ("objectstorageid", "ObjectStoreResponse"), ("quota", "=40"), ("account", "=ledger"), ("domainid", "DomainResponse?name=Finance")]),
        ("createBucket", [("name", "*bucket-"), ("objectstorageid", "ObjectStoreResponse"), ("quota", "=20000")]),
        ("updateBucket", [("id", "BucketResponse"), ("quota", "=60")]),
        ("deleteBucket", [("id", "BucketResponse")]),
        ("deleteObjectStoragePool", [("id", "ObjectStoreResponse")]),
        ("createSharedFileSystem", [("name", "*files-"), ("networkid", "NetworkResponse?type=Isolated|Shared"), ("zoneid", "<networkid.zoneid"), ("serviceofferingid", "ServiceOfferingResponse?name=Medium"), ("diskofferingid", "DiskOfferingResponse?name=Disk 20 GB"), ("filesystem", "=XFS")]),
        ("startSharedFileSystem", [("id", "SharedFSResponse?state=Stopped")]),
        ("stopSharedFileSystem", [("id", "SharedFSResponse?state=Ready")]),
        ("restartSharedFileSystem", [("id", "SharedFSResponse?state=Ready|Stopped")]),
        ("changeSharedFileSystemServiceOffering", [("id", "SharedFSResponse?state=Stopped"), ("serviceofferingid", "ServiceOfferingResponse?name=Large")]),
        ("changeSharedFileSystemDiskOffering", [("id", "SharedFSResponse?state=Ready|Stopped"), ("diskofferingid", "DiskOfferingResponse?name=Disk 100 GB")]),
        ("destroySharedFileSystem", [("id", "SharedFSResponse?state=Stopped")]),
        ("recoverSharedFileSystem", [("id", "SharedFSResponse?state=Destroyed")]),
        ("expungeSharedFileSystem", [("id", "SharedFSResponse?state=Destroyed")]),
        ("configureOutOfBandManagement", [("hostid", "HostResponse"), ("driver", "=ipmitool"), ("address", "=10.20.9.9"), ("port", "=623"), ("username", "=bmc"), ("password", "=bmc")]),
        ("enableOutOfBandManagementForHost", [("_power", "OutOfBandManagementResponse"), ("hostid", "<_power.hostid")]),
        ("issueOutOfBandManagementPowerAction", [("_power", "OutOfBandManagementResponse?powerstate=On"), ("hostid", "<_power.hostid"), ("action", "=OFF")]),
        ("issueOutOfBandManagementPowerAction", [("_power", "OutOfBandManagementResponse?powerstate=On"), ("hostid", "<_power.hostid"), ("action", "=SOFT")]),
        ("issueOutOfBandManagementPowerAction", [("hostid", "HostResponse?state=Disconnected"), ("action", "=ON")]),
        ("declareHostAsDegraded", [("id", "HostResponse?state=Alert|Disconnected|Down")]),
        ("cancelHostAsDegraded", [("id", "HostResponse?resourcestate=Degraded")]),
        ("startRollingMaintenance", [("hostids", "HostResponse")]),
        ("dedicateHost", [("hostid", "HostResponse"), ("domainid", "DomainResponse")]),
        ("releaseDedicatedHost", [("_dedication", "DedicateHostResponse"), ("hostid", "<_dedication.hostid")]),
        ("executeClusterDrsPlan", [("id", "ClusterResponse")]),
        ("createSnapshotPolicy", [("volumeid", "VolumeResponse"), ("intervaltype", "=HOURLY"), ("schedule", "=5"), ("timezone", "=Etc/UTC"), ("maxsnaps", "=2")]),
        ("deleteSnapshotPolicies", [("id", "SnapshotPolicyResponse")]),
        ("archiveSnapshot", [("id", "SnapshotResponse")]),
        ("copySnapshot", [("id", "SnapshotResponse"), ("destzoneids", "ZoneResponse")]),
        ("revertSnapshot", [("id", "SnapshotResponse")]),
        ("createSnapshotFromVMSnapshot", [("vmsnapshotid", "VMSnapshotResponse"), ("volumeid", ">VolumeResponse.virtualmachineid=vmsnapshotid.virtualmachineid")]),
        ("resizeVolume", [("id", "VolumeResponse?type=DATADISK"), ("diskofferingid", "DiskOfferingResponse?name=Disk 100 GB")]),
        ("migrateVolume", [("volumeid", "VolumeResponse?state=Ready"), ("storageid", "StoragePoolResponse")]),
        ("recoverVolume", [("id", "VolumeResponse?state=Destroy")]),
        ("createStoragePool", [("name", "*pool-"), ("clusterid", "ClusterResponse"), ("zoneid", "<clusterid.zoneid"), ("url", "*nfs://10.20.0.52/export/p")]),
        ("enableStorageMaintenance", [("id", "StoragePoolResponse?state=Up")]),
        ("cancelStorageMaintenance", [("id", "StoragePoolResponse?state=Maintenance")]),
        ("deleteStoragePool", [("id", "StoragePoolResponse?state=Maintenance")]),
        ("unmanageVolume", [("id", "VolumeResponse?!virtualmachineid")]),
        ("copyTemplate", [("id", "TemplateResponse"), ("destzoneid", "ZoneResponse")]),
        ("createTemplate", [("name", "*image-"), ("snapshotid", "SnapshotResponse"), ("ostypeid", "GuestOSResponse")]),
        ("deleteTemplate", [("id", "TemplateResponse?ispublic=false"), ("forced", "=true")]),
        ("unmanageVirtualMachine", [("id", "UserVmResponse?!backupofferingid")]),
        ("createInstanceGroup", [("name", "*group-")]),
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
