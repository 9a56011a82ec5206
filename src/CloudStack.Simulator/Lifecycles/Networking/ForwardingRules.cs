using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>IP forwarding: which ports of a static NAT address lead to its machine.</summary>
internal sealed class ForwardingRules : ICommandFamily
{
    private const string Ports = "ports";
    private const string Opened = "opened";

    private sealed record PortSpan(long First, long Last);

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createIpForwardingRule", Create);
        commands.Begin("deleteIpForwardingRule", Delete);
        commands.Read("listIpForwardingRules", call => Listing.Of(call, ResultClass.FirewallRule, Owns).ShownAs(rule => Shown(call, rule)));
    }

    /// <summary>True for a rule of this family, which shares its class with port forwarding.</summary>
    public static bool Owns(Entity rule) => rule.Attribute<PortSpan>(Ports) is not null;

    /// <summary>Takes away the rules of an address whose static NAT ends.</summary>
    public static void RemoveOf(CloudState state, Entity address)
    {
        foreach (var rule in PortRules.On(state, address).Where(Owns).ToList())
        {
            Remove(state, rule);
        }
    }

    private static Work Create(CommandCall call)
    {
        var address = call.Target("ipaddressid");
        var protocol = PortRules.Protocol(call, "tcp", "udp");
        var ports = PortRules.Ports(call, "startport", "endport");
        var sources = PortRules.Sources(call);
        if (!address.Flag("isstaticnat"))
        {
            throw ApiError.Refused($"Can't create an IP forwarding rule: the address {address.Text("ipaddress")} has no static NAT.");
        }

        DemandFree(call.State, address, protocol, ports);
        var opens = call.Flag("openfirewall") != false && address.Text("vpcid") is null;
        if (opens)
        {
            PortRules.DemandFree(call.State, address, ResultClass.Firewall, protocol, ports, ("startport", "endport"));
        }

        var rule = call.New(ResultClass.FirewallRule);
        rule["ipaddressid"] = address.Id;
        rule["ipaddress"] = address.Text("ipaddress");
        rule["networkid"] = address.Text("associatednetworkid");
        rule["protocol"] = protocol;
        rule["cidrlist"] = sources ?? "";
        rule["state"] = "Active";
        rule["fordisplay"] = true;
        rule["virtualmachineid"] = address.Text("virtualmachineid");
        rule["virtualmachinename"] = address.Text("virtualmachinename");
        rule["virtualmachinedisplayname"] = address.Text("virtualmachinedisplayname");
        rule["vmguestip"] = address.Text("vmipaddress");
        rule.SetAttribute(Ports, new PortSpan(ports.First, ports.Last));
        rule.Owner = address.Owner;
        call.State.Store.Add(rule);
        if (opens)
        {
            rule.SetAttribute(Opened, FirewallRules.Open(call.State, address, protocol, ports.First, ports.Last, sources ?? "0.0.0.0/0"));
        }

        PortRules.Recount(call.State, address);
        return new Work(rule, () => Answer.Of(rule)) { Queue = address, Abandon = () => Remove(call.State, rule) };
    }

    private static void DemandFree(CloudState state, Entity address, string protocol, (long First, long Last) ports)
    {
        foreach (var rule in PortRules.On(state, address).Where(rule => Owns(rule) && rule.Text("protocol") == protocol))
        {
            var (first, last) = PortsOf(rule);
            if (first <= ports.Last && ports.First <= last)
            {
                throw ApiError.RulesConflict(
                    $"The range specified, {ports.First}-{ports.Last}, conflicts with rule {rule.Id} which has {first}-{last}");
            }
        }
    }

    private static Work Delete(CommandCall call)
    {
        var rule = call.Target("id");
        return Owns(rule)
            ? new Work(rule, () =>
            {
                Remove(call.State, rule);
                return Answer.Done;
            })
            : throw ApiError.NoEntity(call.Command.Name, "id", rule.Id);
    }

    private static void Remove(CloudState state, Entity rule)
    {
        if (rule.Attribute<Entity>(Opened) is { Table: not null } opened)
        {
            state.Store.Remove(opened);
        }

        PortForwarding.Remove(state, rule);
    }

    private static PortSpan PortsOf(Entity rule) => rule.Attribute<PortSpan>(Ports)!;

    private static Entity Shown(CommandCall call, Entity rule)
    {
        var shown = call.New(call.Command.Result, rule.Id);
        var (first, last) = PortsOf(rule);
        shown["startport"] = first;
        shown["endport"] = last;
        foreach (var field in (string[])["protocol", "ipaddress", "state", "virtualmachineid", "virtualmachinename", "virtualmachinedisplayname"])
        {
            shown[field] = rule.Text(field);
        }

        return shown;
    }
}
