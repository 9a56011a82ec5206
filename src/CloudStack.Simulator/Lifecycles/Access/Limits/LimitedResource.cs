using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access.Limits;

/// <summary>Something of which an owner may have only so much.</summary>
/// <param name="Number">Its number in requests and answers.</param>
/// <param name="Name">Its name in answers.</param>
/// <param name="Field">What its fields of accounts begin with, such as <c>vm</c> in <c>vmlimit</c>.</param>
/// <param name="Unit">How much one of a limit is: 1, or the bytes of a gigabyte.</param>
/// <param name="Counts">The classes that count, and what one object of each counts.</param>
internal sealed record LimitedResource(
    int Number, string Name, string Field, long Unit, params (string Class, Func<Entity, long> Weight)[] Counts)
{
    public static readonly LimitedResource Machine = new(0, "user_vm", "vm", 1, (ResultClass.VirtualMachine, Alive));
    public static readonly LimitedResource Address = new(1, "public_ip", "ip", 1, (ResultClass.IpAddress, One));
    public static readonly LimitedResource Volume = new(2, "volume", "volume", 1, (ResultClass.Volume, One));
    public static readonly LimitedResource Snapshot = new(3, "snapshot", "snapshot", 1, (ResultClass.Snapshot, One));
    public static readonly LimitedResource Template = new(4, "template", "template", 1, (ResultClass.Template, One));
    public static readonly LimitedResource Project = new(5, "project", "project", 1);
    public static readonly LimitedResource Network = new(6, "network", "network", 1, (ResultClass.Network, One));
    public static readonly LimitedResource Vpc = new(7, "vpc", "vpc", 1, ("VpcResponse", One));
    public static readonly LimitedResource Cpu = new(8, "cpu", "cpu", 1, (ResultClass.VirtualMachine, m => Alive(m) * m.Number("cpunumber")));
    public static readonly LimitedResource Memory = new(9, "memory", "memory", 1, (ResultClass.VirtualMachine, m => Alive(m) * m.Number("memory")));
    public static readonly LimitedResource PrimaryStorage =
        new(10, "primary_storage", "primarystorage", VolumeBuilder.Gigabyte, (ResultClass.Volume, v => v.Number("size")));

    public static readonly LimitedResource SecondaryStorage = new(
        11, "secondary_storage", "secondarystorage", VolumeBuilder.Gigabyte,
        (ResultClass.Template, t => t.Number("size")), (ResultClass.Snapshot, s => s.Number("physicalsize")));

    public static readonly LimitedResource Backup = new(12, "backup", "backup", 1, ("BackupResponse", One));
    public static readonly LimitedResource BackupStorage =
        new(13, "backup_storage", "backupstorage", VolumeBuilder.Gigabyte, ("BackupResponse", b => b.Number("size")));

    public static readonly LimitedResource Bucket = new(14, "bucket", "bucket", 1, ("BucketResponse", One));
    public static readonly LimitedResource ObjectStorage =
        new(15, "object_storage", "objectstorage", VolumeBuilder.Gigabyte, ("BucketResponse", b => b.Number("quota") * VolumeBuilder.Gigabyte));

    public static readonly LimitedResource Gpu = new(16, "gpu", "gpu", 1, (ResultClass.VirtualMachine, m => Alive(m) * m.Number("gpucount")));

    /// <summary>Every one, at the place of its number.</summary>
    public static readonly IReadOnlyList<LimitedResource> All =
    [
        Machine, Address, Volume, Snapshot, Template, Project, Network, Vpc, Cpu, Memory, PrimaryStorage, SecondaryStorage, Backup,
        BackupStorage, Bucket, ObjectStorage, Gpu,
    ];

    private static long One(Entity entity) => 1;

    private static long Alive(Entity machine) => machine.State is MachineState.Destroyed or MachineState.Error ? 0 : 1;
}
