using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>Port-forwarding rules: public ports of an address that lead to a machine's ports.</summary>
internal sealed class PortForwarding : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createPortForwardingRule", Create);
        commands.Begin("updatePortForwardingRule", Update);
        commands.Begin("deletePortForwardingRule", Delete);
        commands.Read("listPortForwardingRules", call => Listing.Of(
            call, ResultClass.FirewallRule, IsOne));
    }

    public static void Remove(CloudState state, Entity rule)
    {
        state.Store.Remove(rule);
        if (state.Store.Find(rule.Text("ipaddressid")) is { } address)
        {
            PortRules.Recount(state, address);
        }
    }

    private static bool IsOne(Entity rule) => rule.Class.Name == ResultClass.FirewallRule && rule.Text("publicport") is not null;

    private static Entity Target(CommandCall call)
    {
        var rule = call.Target("id");
        return IsOne(rule) ? rule : throw ApiError.NoEntity(call.Command.Name, "id", rule.Id);
    }

    private static Work Create(CommandCall call)
    {
        var address = call.Target("ipaddressid");
        var machine = call.Target("virtualmachineid");
        var protocol = PortRules.Protocol(call, "tcp", "udp");
        var outer = PortRules.Ports(call, "publicport", "publicendport");
        var inner = PortRules.Ports(call, "privateport", "privateendport");
        if (outer.Last - outer.First != inner.Last - inner.First)
        {
            throw ApiError.Refused("Source port and destination port ranges should be of equal sizes.");
        }

        var network = PortRules.NetworkOf(call.State, address, call.Find("networkid"));
        var nic = machine.Items("nic").FirstOrDefault(n => n.Text("networkid") == network.Id)
            ?? throw ApiError.Refused($"The virtual machine {machine.Name} has no nic in network {network.Name}.");
        if (address.Flag("isstaticnat"))
        {
            throw ApiError.RulesConflict($"The address {address.Text("ipaddress")} has static NAT; a port forwarding rule can't be on it.");
        }

        PortRules.DemandFree(call.State, address, ResultClass.FirewallRule, protocol, outer, ("publicport", "publicendport"));
        PortRules.DemandFree(call.State, address, ResultClass.LoadBalancer, protocol, outer, ("publicport", "publicport"));
        var rule = call.New(ResultClass.FirewallRule);
        rule["ipaddressid"] = address.Id;
        rule["ipaddress"] = address.Text("ipaddress");
        rule["networkid"] = network.Id;
        rule["protocol"] = protocol;
        rule["cidrlist"] = PortRules.Sources(call) ?? "";
        rule["state"] = "Active";
        rule["fordisplay"] = call.Flag("fordisplay") ?? true;
        SetPorts(rule, "public", outer);
        SetPorts(rule, "private", inner);
        Point(rule, machine, call.Text("vmguestip") ?? nic.Text("ipaddress"));
        rule.Owner = address.Owner;
        call.State.Store.Add(rule);
        PortRules.Recount(call.State, address);
        return new Work(rule, () => Answer.Of(rule)) { Queue = network, Abandon = () => Remove(call.State, rule) };
    }

    private static Work Update(CommandCall call)
    {
        var rule = Target(call);
        var machine = call.Find("virtualmachineid");
        var nic = machine?.Items("nic").FirstOrDefault(n => n.Text("networkid") == rule.Text("networkid"));
        if (machine is not null && nic is null)
        {
            throw ApiError.Refused($"The virtual machine {machine.Name} has no nic in the rule's network.");
        }

        (long First, long Last)? inner = call.Has("privateport") ? PortRules.Ports(call, "privateport", "privateendport") : null;
        return Work.On(rule, () =>
        {
            call.Apply(rule, "fordisplay");
            if (inner is { } ports)
            {
                SetPorts(rule, "private", ports);
            }

            if (machine is not null)
            {
                Point(rule, machine, call.Text("vmguestip") ?? nic!.Text("ipaddress"));
            }
        });
    }

    private static Work Delete(CommandCall call)
    {
        var rule = Target(call);
        return new Work(rule, () =>
        {
            Remove(call.State, rule);
            return Answer.Done;
        });
    }

    private static void Point(Entity rule, Entity machine, string? guestAddress)
    {
        rule["virtualmachineid"] = machine.Id;
        rule["virtualmachinename"] = machine.Link("name");
        rule["virtualmachinedisplayname"] = machine.Link("displayname");
        rule["vmguestip"] = guestAddress;
    }

    private static void SetPorts(Entity rule, string side, (long First, long Last) ports)
    {
        rule[side + "port"] = ports.First.ToString(CultureInfo.InvariantCulture);
        rule[side + "endport"] = ports.Last.ToString(CultureInfo.InvariantCulture);
    }
}
