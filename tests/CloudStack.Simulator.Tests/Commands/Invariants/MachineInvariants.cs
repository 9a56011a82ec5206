using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Tests.Commands.Invariants;

/// <summary>Machines, their parts, hosts and pools.</summary>
internal sealed class MachineInvariants : IInvariants
{
    public IReadOnlyList<(string Command, (string Name, string Wish)[] Arguments)> Moves { get; } =
    [
        ("startVirtualMachine", [("id", "UserVmResponse?state=Stopped")]),
        ("stopVirtualMachine", [("id", "UserVmResponse")]),
        ("rebootVirtualMachine", [("id", "UserVmResponse")]),
        ("destroyVirtualMachine", [("id", "UserVmResponse?state=Stopped|Error")]),
        ("recoverVirtualMachine", [("id", "UserVmResponse?state=Destroyed")]),
        ("expungeVirtualMachine", [("id", "UserVmResponse?state=Destroyed")]),
        ("restoreVirtualMachine", [("virtualmachineid", "UserVmResponse")]),
        ("scaleVirtualMachine", [("id", "UserVmResponse?state=Stopped"), ("serviceofferingid", "ServiceOfferingResponse?issystem=false")]),
        ("migrateVirtualMachine", [("virtualmachineid", "UserVmResponse?state=Running"), ("hostid", "HostResponse")]),
        ("addNicToVirtualMachine", [("virtualmachineid", "UserVmResponse"), ("networkid", "NetworkResponse")]),
        ("removeNicFromVirtualMachine", [("nicid", "NicResponse?isdefault=false"), ("virtualmachineid", "<nicid.virtualmachineid")]),
        ("updateDefaultNicForVirtualMachine", [("nicid", "NicResponse?isdefault=false"), ("virtualmachineid", "<nicid.virtualmachineid")]),
        ("createVMSnapshot", [("virtualmachineid", "UserVmResponse?state=Running")]),
        ("createVolume", [("diskofferingid", "DiskOfferingResponse"), ("zoneid", "ZoneResponse")]),
        ("attachVolume", [("id", "VolumeResponse?!virtualmachineid"), ("virtualmachineid", "UserVmResponse")]),
        ("detachVolume", [("id", "VolumeResponse?type=DATADISK")]),
        ("deleteVolume", [("id", "VolumeResponse?!virtualmachineid")]),
        ("destroyVolume", [("id", "VolumeResponse?!virtualmachineid")]),
        ("createSnapshot", [("volumeid", "VolumeResponse?state=Ready")]),
        ("deleteSnapshot", [("id", "SnapshotResponse")]),
        ("associateIpAddress", [("networkid", "NetworkResponse")]),
        ("disassociateIpAddress", [("id", "IPAddressResponse?issourcenat=false")]),
        ("enableStaticNat", [("ipaddressid", "IPAddressResponse?issourcenat=false"), ("_nic", ">NicResponse.networkid=ipaddressid.associatednetworkid"), ("virtualmachineid", "<_nic.virtualmachineid")]),
        ("disableStaticNat", [("ipaddressid", "IPAddressResponse?isstaticnat=true")]),
        ("deleteNetwork", [("id", "NetworkResponse")]),
        ("restartNetwork", [("id", "NetworkResponse")]),
        ("prepareHostForMaintenance", [("id", "HostResponse")]),
        ("cancelHostMaintenance", [("id", "HostResponse?resourcestate=Maintenance")]),
        ("suspendProject", [("id", "ProjectResponse")]),
        ("activateProject", [("id", "ProjectResponse")]),
        ("deployVirtualMachine", [("networkids", "NetworkResponse?account=admin"), ("zoneid", "<networkids.zoneid"), ("serviceofferingid", "ServiceOfferingResponse?issystem=false"), ("templateid", "TemplateResponse?isready=true")]),
    ];

    // Snapshots outlive their volumes, and addresses show machines of static NAT.
    public IReadOnlyList<(string Class, string Field)> References { get; } =
    [
        ("NicResponse", "virtualmachineid"), ("NicResponse", "networkid"), ("NicSecondaryIpResponse", "nicid"),
        ("VolumeResponse", "virtualmachineid"), ("VolumeResponse", "storageid"), ("UserVmResponse", "hostid"),
        ("IPAddressResponse", "associatednetworkid"), ("IPAddressResponse", "virtualmachineid"),
        ("FirewallResponse", "ipaddressid"), ("FirewallResponse", "networkid"), ("FirewallRuleResponse", "ipaddressid"),
        ("FirewallRuleResponse", "virtualmachineid"), ("LoadBalancerResponse", "publicipid"), ("VMSnapshotResponse", "virtualmachineid"),
        ("DomainRouterResponse", "guestnetworkid"), ("ResourceTagResponse", "resourceid"), ("UserVmResponse", "publicipid"),
    ];

    public IEnumerable<string> Problems(CloudStore store)
    {
        foreach (var machine in store.Table("UserVmResponse"))
        {
            var isPlaced = machine.Text("hostid") is not null;
            if (isPlaced != (machine.State == "Running"))
            {
                yield return $"{machine} is {machine.State} {(isPlaced ? "on" : "without")} a host.";
            }

            if (machine.Items("nic").Count > 0 && machine.Items("nic").Count(nic => nic.Flag("isdefault")) != 1)
            {
                yield return $"{machine} hasn't one default nic.";
            }

            var roots = store.Table("VolumeResponse").Count(v => v.Text("virtualmachineid") == machine.Id && v.Text("type") == "ROOT");
            if (roots > 1 || (roots == 0 && machine.State == "Running"))
            {
                yield return $"{machine} is {machine.State} with {roots} root volumes.";
            }
        }

        foreach (var host in store.Table("HostResponse"))
        {
            var sum = store.Table("UserVmResponse").Where(m => m.Text("hostid") == host.Id).Sum(m => m.Number("memory") << 20);
            if (sum != host.Number("memoryallocatedbytes"))
            {
                yield return $"{host} has {host.Number("memoryallocatedbytes")} allocated, its machines have {sum}.";
            }
        }

        foreach (var pool in store.Table("StoragePoolResponse"))
        {
            var sum = store.Table("VolumeResponse").Where(v => v.Text("storageid") == pool.Id).Sum(v => v.Number("size"));
            if (sum != pool.Number("disksizeallocated"))
            {
                yield return $"{pool} has {pool.Number("disksizeallocated")} allocated, its volumes have {sum}.";
            }
        }

        foreach (var nic in store.Table("NicResponse"))
        {
            var holder = store.Find(nic.Text("virtualmachineid"));
            if (holder?.Items("nic").Contains(nic) != true || store.Find("NetworkResponse", nic.Text("networkid")) is null)
            {
                yield return $"{nic} has no machine or no network.";
            }
        }

        foreach (var twice in store.Table("NicResponse").Where(n => n.Text("ipaddress") is not null)
            .GroupBy(n => (n.Text("networkid"), n.Text("ipaddress"))).Where(g => g.Count() > 1))
        {
            yield return $"{twice.Key} is given twice.";
        }
    }
}
