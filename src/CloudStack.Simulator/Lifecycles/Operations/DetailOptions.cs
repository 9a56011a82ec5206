using System.Text.Json;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary><c>listDetailOptions</c>: which details machines and templates take, and the values that are suggested for them.</summary>
internal sealed class DetailOptions : ICommandFamily
{
    private static readonly string[] Free = [];
    private static readonly string[] Switch = ["true", "false"];

    private static readonly (string Name, string[] Values)[] Common =
    [
        ("keyboard", ["uk", "us", "jp", "fr"]), ("cpu.corespersocket", Free), ("rootdisksize", Free),
        ("BIOS", ["LEGACY"]), ("UEFI", ["LEGACY", "SECURE"]),
    ];

    private static readonly (string Name, string[] Values)[] Kvm =
    [
        ("cpu.threadspercore", Free), ("nicAdapter", ["e1000", "virtio", "rtl8139", "vmxnet3", "ne2k_pci"]),
        ("rootDiskController", ["osdefault", "ide", "scsi", "virtio", "virtio-blk"]), ("video.hardware", ["cirrus", "vga", "qxl", "virtio"]),
        ("video.ram", Free), ("io.policy", ["threads", "native", "io_uring", "storage_specific"]), ("iothreads", ["enabled"]),
        ("nic.multiqueue.number", Free), ("nic.packed.virtqueues.enabled", Switch), ("virtual.tpm.model", ["tpm-tis", "tpm-crb"]),
        ("virtual.tpm.version", ["1.2", "2.0"]), ("guest.cpu.mode", ["custom", "host-model", "host-passthrough"]), ("guest.cpu.model", Free),
    ];

    private static readonly (string Name, string[] Values)[] Vmware =
    [
        ("nicAdapter", ["E1000", "PCNet32", "Vmxnet2", "Vmxnet3"]),
        ("rootDiskController", ["osdefault", "ide", "scsi", "lsilogic", "lsisas1068", "buslogic", "pvscsi"]),
        ("dataDiskController", ["osdefault", "ide", "scsi", "lsilogic", "lsisas1068", "buslogic", "pvscsi"]),
        ("nestedVirtualizationFlag", Switch), ("svga.vramSize", Free), ("ram.reservation", Free), ("virtual.tpm.enabled", Switch),
    ];

    public void Register(CommandTable commands, CloudState state) => commands.Read("listDetailOptions", List);

    private static Answer List(CommandCall call)
    {
        var kind = ResourceKind.Of(call);
        if (kind.Name is not ("UserVm" or "Template"))
        {
            throw new ApiError(ApiError.Internal, $"No details are suggested for resources of type {kind.Name}.", null);
        }

        // Without a resource, whatever any hypervisor understands.
        var hypervisor = call.Text("resourceid") is { } id ? kind.Look(call, id).Text("hypervisor") : null;
        var options = Common
            .Concat(hypervisor is null or "KVM" ? Kvm : [])
            .Concat(hypervisor is null or "VMware" ? Vmware : [])
            .GroupBy(option => option.Name)
            .ToDictionary(group => group.Key, group => group.SelectMany(option => option.Values).Distinct());
        var answer = call.New(call.Command.Result);
        answer["details"] = new RawJson(JsonSerializer.SerializeToUtf8Bytes(options));
        return Answer.List([answer]);
    }
}
