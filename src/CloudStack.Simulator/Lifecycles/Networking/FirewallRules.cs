using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>Firewall rules on public addresses, and egress rules on networks; both are one class on the wire.</summary>
internal sealed class FirewallRules : ICommandFamily
{
    private const string Egress = "Egress";
    private const string Ingress = "Ingress";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createFirewallRule", Create);
        commands.Begin("updateFirewallRule", call => Update(call, Ingress));
        commands.Begin("deleteFirewallRule", call => Delete(call, Ingress));
        commands.Read("listFirewallRules", call => List(call, Ingress));
        commands.Begin("createEgressFirewallRule", CreateEgress);
        commands.Begin("updateEgressFirewallRule", call => Update(call, Egress));
        commands.Begin("deleteEgressFirewallRule", call => Delete(call, Egress));
        commands.Read("listEgressFirewallRules", call => List(call, Egress));
    }

    /// <summary>Opens ports of a public address.</summary>
    public static Entity Open(CloudState state, Entity address, string protocol, long? first, long? last, string? sources)
    {
        var rule = New(state, Ingress, protocol, first, last, sources);
        rule["ipaddressid"] = address.Id;
        rule["ipaddress"] = address.Text("ipaddress");
        rule["networkid"] = address.Text("associatednetworkid");
        rule["state"] = "Active";
        rule.Owner = address.Owner;
        state.Store.Add(rule);
        PortRules.Recount(state, address);
        return rule;
    }

    private static Work Create(CommandCall call)
    {
        var address = call.Target("ipaddressid");
        if (address.Text("vpcid") is not null)
        {
            throw ApiError.Refused($"The public address {address.Text("ipaddress")} is one of a VPC; its tiers are guarded by network ACLs.");
        }

        PortRules.NetworkOf(call.State, address);
        var (protocol, ports) = Checked(call);
        var sources = PortRules.Sources(call) ?? "0.0.0.0/0";
        if (ports is { } range)
        {
            PortRules.DemandFree(call.State, address, ResultClass.Firewall, protocol, range, ("startport", "endport"));
        }

        var rule = Open(call.State, address, protocol, ports?.First, ports?.Last, sources);
        call.Apply(rule, "icmpcode", "icmptype");
        return new Work(rule, () => Answer.Of(rule)) { Queue = address };
    }

    private static Work CreateEgress(CommandCall call)
    {
        var network = call.Target("networkid");
        var (protocol, ports) = Checked(call);
        var sources = PortRules.Sources(call) ?? network.Text("cidr");
        var destinations = PortRules.Sources(call, "destcidrlist");
        var rule = New(call.State, Egress, protocol, ports?.First, ports?.Last, sources);
        rule["networkid"] = network.Id;
        rule["destcidrlist"] = destinations;
        rule["state"] = "Active";
        rule.Owner = network.Owner;
        call.Apply(rule, "icmpcode", "icmptype");
        call.State.Store.Add(rule);
        return new Work(rule, () => Answer.Of(rule)) { Queue = network };
    }

    private static (string Protocol, (long First, long Last)? Ports) Checked(CommandCall call)
    {
        var protocol = PortRules.Protocol(call, "tcp", "udp", "icmp", "all");
        if (protocol is "icmp" or "all")
        {
            return call.Has("startport") || call.Has("endport")
                ? throw ApiError.Refused($"Can't specify start/end port when protocol is {protocol}")
                : (protocol, null);
        }

        return (protocol, call.Has("startport") ? PortRules.Ports(call, "startport", "endport") : (1, 65_535));
    }

    private static Work Update(CommandCall call, string direction)
    {
        var rule = Target(call, direction);
        return Work.On(rule, () => call.Apply(rule, "fordisplay"));
    }

    private static Work Delete(CommandCall call, string direction)
    {
        var rule = Target(call, direction);
        return new Work(rule, () =>
        {
            call.State.Store.Remove(rule);
            if (call.State.Store.Find(rule.Text("ipaddressid")) is { } address)
            {
                PortRules.Recount(call.State, address);
            }

            return Answer.Done;
        });
    }

    private static Entity Target(CommandCall call, string direction)
    {
        var rule = call.Target("id");
        return rule.Class.Name == ResultClass.Firewall && IsOf(rule, direction)
            ? rule
            : throw ApiError.NoEntity(call.Command.Name, "id", rule.Id);
    }

    private static Answer List(CommandCall call, string direction) =>
        Listing.Of(call, ResultClass.Firewall, rule => IsOf(rule, direction));

    private static bool IsOf(Entity rule, string direction) =>
        rule.Text("traffictype") == direction && !NetworkFirewall.Owns(rule);

    private static Entity New(CloudState state, string direction, string protocol, long? first, long? last, string? sources)
    {
        var rule = state.New(ResultClass.Firewall);
        rule["traffictype"] = direction;
        rule["protocol"] = protocol;
        rule["startport"] = first;
        rule["endport"] = last;
        rule["cidrlist"] = sources;
        rule["fordisplay"] = true;
        return rule;
    }
}
