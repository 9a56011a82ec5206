using CloudStack.Simulator.Store;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Commands;

/// <summary>Whatever is done in whatever order, and whatever is refused, the cloud fits together.</summary>
public sealed class InvariantTests
{
    private const int Steps = 1700;

    // What is drawn from: the command, and for each argument the class whose objects are tried.
    private static readonly (string Command, (string Name, string Class)[] Arguments)[] Moves =
    [
        ("startVirtualMachine", [("id", "UserVmResponse")]),
        ("stopVirtualMachine", [("id", "UserVmResponse")]),
        ("rebootVirtualMachine", [("id", "UserVmResponse")]),
        ("destroyVirtualMachine", [("id", "UserVmResponse")]),
        ("recoverVirtualMachine", [("id", "UserVmResponse")]),
        ("expungeVirtualMachine", [("id", "UserVmResponse")]),
        ("restoreVirtualMachine", [("virtualmachineid", "UserVmResponse")]),
        ("scaleVirtualMachine", [("id", "UserVmResponse"), ("serviceofferingid", "ServiceOfferingResponse")]),
        ("migrateVirtualMachine", [("virtualmachineid", "UserVmResponse"), ("hostid", "HostResponse")]),
        ("addNicToVirtualMachine", [("virtualmachineid", "UserVmResponse"), ("networkid", "NetworkResponse")]),
        ("removeNicFromVirtualMachine", [("virtualmachineid", "UserVmResponse"), ("nicid", "NicResponse")]),
        ("updateDefaultNicForVirtualMachine", [("virtualmachineid", "UserVmResponse"), ("nicid", "NicResponse")]),
        ("createVMSnapshot", [("virtualmachineid", "UserVmResponse")]),
        ("createVolume", [("diskofferingid", "DiskOfferingResponse"), ("zoneid", "ZoneResponse")]),
        ("attachVolume", [("id", "VolumeResponse"), ("virtualmachineid", "UserVmResponse")]),
        ("detachVolume", [("id", "VolumeResponse")]),
        ("deleteVolume", [("id", "VolumeResponse")]),
        ("destroyVolume", [("id", "VolumeResponse")]),
        ("createSnapshot", [("volumeid", "VolumeResponse")]),
        ("deleteSnapshot", [("id", "SnapshotResponse")]),
        ("associateIpAddress", [("networkid", "NetworkResponse")]),
        ("disassociateIpAddress", [("id", "IPAddressResponse")]),
        ("enableStaticNat", [("ipaddressid", "IPAddressResponse"), ("virtualmachineid", "UserVmResponse")]),
        ("disableStaticNat", [("ipaddressid", "IPAddressResponse")]),
        ("deleteNetwork", [("id", "NetworkResponse")]),
        ("restartNetwork", [("id", "NetworkResponse")]),
        ("prepareHostForMaintenance", [("id", "HostResponse")]),
        ("cancelHostMaintenance", [("id", "HostResponse")]),
        ("suspendProject", [("id", "ProjectResponse")]),
        ("activateProject", [("id", "ProjectResponse")]),
        ("deployVirtualMachine", [("zoneid", "ZoneResponse"), ("serviceofferingid", "ServiceOfferingResponse"), ("templateid", "TemplateResponse"), ("networkids", "NetworkResponse")]),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Fits_together_after_every_step(int seed)
    {
        using var cloud = new SimulatedCloud();
        var root = SignedCaller.Root(cloud);
        var random = new Random(seed);
        var done = 0;
        for (var step = 0; step < Steps; step++)
        {
            var (command, wanted) = Moves[random.Next(Moves.Length)];
            var arguments = wanted.Select(w => (w.Name, Draw(cloud, random, w.Class))).ToArray();
            var before = cloud.StateVersion;
            var reply = await root.PostAsync(command, arguments);

            Assert.True(reply.Status is 200 or 431 or 531 or 533 or 536 or 537, $"{command}: {reply.Body}");
            Assert.True(reply.Status == 200 || cloud.StateVersion == before, $"{command} was refused and changed something.");
            done += reply.Status == 200 ? 1 : 0;
            var problems = Problems(cloud.Store).ToList();
            Assert.True(problems.Count == 0, $"Step {step}, {command}({string.Join(", ", arguments)}): {string.Join('\n', problems)}");
        }

        Assert.InRange(done, Steps / 4, Steps);
    }

    private static string Draw(SimulatedCloud cloud, Random random, string className)
    {
        var table = cloud.Store.Table(className);
        return table.Count == 0 ? "0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11" : table.ElementAt(random.Next(table.Count)).Id;
    }

    private static IEnumerable<string> Problems(CloudStore store)
    {
        // Snapshots outlive their volumes, and addresses show machines of static NAT.
        (string Class, string Field)[] references =
        [
            ("NicResponse", "virtualmachineid"), ("NicResponse", "networkid"), ("NicSecondaryIpResponse", "nicid"),
            ("VolumeResponse", "virtualmachineid"), ("VolumeResponse", "storageid"), ("UserVmResponse", "hostid"),
            ("IPAddressResponse", "associatednetworkid"), ("IPAddressResponse", "virtualmachineid"),
            ("FirewallResponse", "ipaddressid"), ("FirewallResponse", "networkid"), ("FirewallRuleResponse", "ipaddressid"),
            ("FirewallRuleResponse", "virtualmachineid"), ("LoadBalancerResponse", "publicipid"), ("VMSnapshotResponse", "virtualmachineid"),
            ("DomainRouterResponse", "guestnetworkid"), ("ResourceTagResponse", "resourceid"), ("UserVmResponse", "publicipid"),
        ];
        foreach (var (className, field) in references)
        {
            foreach (var entity in store.Table(className).Where(e => e.Text(field) is { } id && store.Find(id) is null))
            {
                yield return $"{entity} points by {field} to nothing.";
            }
        }

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

        foreach (var twice in store.Table("NicResponse").Where(n => n.Text("ipaddress") is not null)
            .GroupBy(n => (n.Text("networkid"), n.Text("ipaddress"))).Where(g => g.Count() > 1))
        {
            yield return $"{twice.Key} is given twice.";
        }
    }
}
