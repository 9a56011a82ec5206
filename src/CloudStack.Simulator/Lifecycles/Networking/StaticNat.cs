using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>Static NAT: a public address that stands for one machine.</summary>
internal sealed class StaticNat : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("enableStaticNat", Enable);
        commands.Begin("disableStaticNat", Disable);
    }

    /// <summary>Ends an address's static NAT, if it has one.</summary>
    public static void Clear(CloudState state, Entity address)
    {
        if (!address.Flag("isstaticnat"))
        {
            return;
        }

        ForwardingRules.RemoveOf(state, address);
        if (state.Store.Find(ResultClass.VirtualMachine, address.Text("virtualmachineid")) is { } machine)
        {
            machine["publicip"] = null;
            machine["publicipid"] = null;
        }

        address["isstaticnat"] = false;
        foreach (var field in (string[])["virtualmachineid", "virtualmachinename", "virtualmachinedisplayname", "vmipaddress"])
        {
            address[field] = null;
        }

        PortRules.Recount(state, address);
    }

    private static Answer Enable(CommandCall call)
    {
        var address = call.Target("ipaddressid");
        var machine = call.Target("virtualmachineid");
        var network = PortRules.NetworkOf(call.State, address, call.Find("networkid"));
        var nic = machine.Items("nic").FirstOrDefault(n => n.Text("networkid") == network.Id)
            ?? throw ApiError.Refused($"The virtual machine {machine.Name} has no nic in network {network.Name}.");
        if (address.Flag("issourcenat"))
        {
            throw ApiError.Refused("Can't enable static nat: the address is the source NAT address of its network.");
        }

        if (address.Flag("isstaticnat") || PortRules.On(call.State, address).Any())
        {
            throw ApiError.Refused($"Can't enable static nat: the address {address.Text("ipaddress")} is already used by rules or another machine.");
        }

        PortRules.Serve(call.State, address, network.Id);
        address["isstaticnat"] = true;
        address["virtualmachineid"] = machine.Id;
        address["virtualmachinename"] = machine.Link("name");
        address["virtualmachinedisplayname"] = machine.Link("displayname");
        address["vmipaddress"] = call.Text("vmguestip") ?? nic.Text("ipaddress");
        machine["publicip"] = address.Text("ipaddress");
        machine["publicipid"] = address.Id;
        return Answer.Done;
    }

    private static Work Disable(CommandCall call)
    {
        var address = call.Target("ipaddressid");
        return new Work(address, () =>
        {
            Clear(call.State, address);
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                if (!address.Flag("isstaticnat"))
                {
                    throw ApiError.Refused($"The address {address.Text("ipaddress")} has no static nat.");
                }
            },
        };
    }
}
