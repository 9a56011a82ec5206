using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>Nics of machines and their addresses.</summary>
internal sealed class MachineNics : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listNics", List);
        commands.Begin("addNicToVirtualMachine", Add);
        commands.Begin("removeNicFromVirtualMachine", Remove);
        commands.Begin("updateDefaultNicForVirtualMachine", MakeDefault);
        commands.Begin("updateVmNicIp", ChangeAddress);
        commands.Begin("addIpToNic", AddAddress);
        commands.Begin("removeIpFromNic", RemoveAddress);
    }

    private static Answer List(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        return Listing.Of(
            call, ResultClass.Nic, nic => nic.Text("virtualmachineid") == machine.Id && (call.Text("nicid") is not { } id || nic.Id == id));
    }

    private static Work Add(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        var network = NetworkPermissions.Usable(call, "networkid", call.RequiredText("networkid"));
        if (network.Text("zoneid") != machine.Text("zoneid"))
        {
            throw ApiError.Refused($"Network {network.Name} isn't in the zone of the virtual machine {machine.Name}.");
        }

        return Work.On(machine, () => GuestNetworks.AddNic(call.State, machine, network, call.Text("ipaddress"), call.Text("macaddress"))) with
        {
            Begin = () =>
            {
                VirtualMachines.DemandState(machine, "add a nic to", MachineState.Running, MachineState.Stopped);
                if (machine.Items("nic").Any(nic => nic.Text("networkid") == network.Id))
                {
                    throw ApiError.Refused($"The virtual machine {machine.Name} already has a nic in network {network.Name}.");
                }

                GuestNetworks.DemandAddress(network, call.Text("ipaddress"));
                GuestNetworks.Implement(call.State, network);
            },
        };
    }

    private static Work Remove(CommandCall call)
    {
        var (machine, nic) = NicOf(call);
        return Work.On(machine, () => GuestNetworks.RemoveNic(call.State, machine, nic)) with
        {
            Begin = () =>
            {
                if (nic.Flag("isdefault"))
                {
                    throw ApiError.Refused($"Unable to remove the nic from {machine.Name}: it is the default nic.");
                }

                if (call.State.Table(ResultClass.IpAddress).Any(a => a.Text("virtualmachineid") == machine.Id
                    && a.Text("associatednetworkid") == nic.Text("networkid")))
                {
                    throw ApiError.Refused($"Unable to remove the nic from {machine.Name}: static NAT points to it.");
                }
            },
        };
    }

    private static Work MakeDefault(CommandCall call)
    {
        var (machine, nic) = NicOf(call);
        return Work.On(machine, () =>
        {
            foreach (var other in machine.Items("nic"))
            {
                other["isdefault"] = other == nic;
            }

            machine.TrySet("ipaddress", nic.Link("ipaddress"));
        }) with
        {
            Begin = () =>
            {
                if (nic.Flag("isdefault"))
                {
                    throw ApiError.Refused($"Unable to set default nic, because the nic is already the default one of {machine.Name}.");
                }
            },
        };
    }

    private static Work ChangeAddress(CommandCall call)
    {
        var nic = call.Target("nicid");
        var machine = call.State.Store.Find(nic.Text("virtualmachineid")!)!;
        var network = call.State.Store.Find(nic.Text("networkid")!)!;
        return Work.On(machine, () =>
        {
            var former = nic.Text("ipaddress");
            nic["ipaddress"] = GuestNetworks.TakeAddress(network, call.Text("ipaddress"));
            GuestNetworks.ReleaseAddress(network, former ?? "");
        }) with
        {
            Begin = () =>
            {
                VirtualMachines.DemandState(machine, "change an address of", MachineState.Stopped);
                GuestNetworks.DemandAddress(network, call.Text("ipaddress"));
            },
        };
    }

    private static Work AddAddress(CommandCall call)
    {
        var nic = call.Target("nicid");
        var network = call.State.Store.Find(nic.Text("networkid")!)!;
        GuestNetworks.DemandAddress(network, call.Text("ipaddress"));
        var address = call.New(ResultClass.SecondaryIp);
        address["ipaddress"] = GuestNetworks.TakeAddress(network, call.Text("ipaddress"));
        address["nicid"] = nic.Id;
        address["networkid"] = network.Id;
        address["virtualmachineid"] = nic.Text("virtualmachineid");
        address.Owner = nic.Owner;
        call.State.Store.Add(address);
        nic.AddItem("secondaryip", address);
        return new Work(address, () => Answer.Of(address)) { Queue = nic };
    }

    private static Work RemoveAddress(CommandCall call)
    {
        var address = call.Target("id");
        var nic = call.State.Store.Find(address.Text("nicid"));
        return new Work(address, () =>
        {
            nic?.RemoveItem("secondaryip", address);
            if (call.State.Store.Find(address.Text("networkid")) is { } network)
            {
                GuestNetworks.ReleaseAddress(network, address.Text("ipaddress")!);
            }

            call.State.Store.Remove(address);
            return Answer.Done;
        })
        {
            Queue = nic,
        };
    }

    private static (Entity Machine, Entity Nic) NicOf(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        var nic = call.Target("nicid");
        return machine.Items("nic").Contains(nic)
            ? (machine, nic)
            : throw ApiError.Refused($"The nic {nic.Id} isn't one of the virtual machine {machine.Name}.");
    }
}
