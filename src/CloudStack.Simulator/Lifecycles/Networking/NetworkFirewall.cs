using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>Firewall rules of whole networks: of IPv6 networks and of routed ones. The commands differ by name alone.</summary>
internal sealed class NetworkFirewall : ICommandFamily
{
    private const string Kind = "kind";

    public void Register(CommandTable commands, CloudState state)
    {
        foreach (var kind in (string[])["Ipv6", "Routing"])
        {
            commands.Begin($"create{kind}FirewallRule", call => Create(call, kind));
            commands.Begin($"update{kind}FirewallRule", call => Update(call, kind));
            commands.Begin($"delete{kind}FirewallRule", call => Delete(call, kind));
            commands.Read($"list{kind}FirewallRules", call => Listing.Of(
                call, ResultClass.Firewall, rule => rule.Attribute<string>(Kind) == kind && IsAsked(call, rule), "traffictype"));
        }
    }

    /// <summary>True for a rule of these families, which stands in one table with those of public addresses.</summary>
    public static bool Owns(Entity rule) => rule.Attribute<string>(Kind) is not null;

    private static bool IsAsked(CommandCall call, Entity rule) =>
        call.Text("traffictype") is not { } asked || asked.Equals(rule.Text("traffictype"), StringComparison.OrdinalIgnoreCase);

    private static Work Create(CommandCall call, string kind)
    {
        var network = call.Target("networkid");
        if (network.Text("vpcid") is not null || network.Text("type") != "Isolated")
        {
            throw ApiError.Refused($"Firewall rules can't be made for network {network.Name}: it's part of a VPC, or isn't isolated.");
        }

        var rule = call.New(ResultClass.Firewall);
        rule["networkid"] = network.Id;
        rule["fordisplay"] = call.Flag("fordisplay") ?? true;
        rule["traffictype"] = Direction(call);
        rule["state"] = "Active";
        rule.SetAttribute(Kind, kind);
        rule.Owner = network.Owner;
        var any = kind == "Ipv6" ? "::/0" : "0.0.0.0/0";
        Describe(call, rule, PortRules.Sources(call) ?? any, PortRules.Sources(call, "destcidrlist") ?? any);
        DemandNew(call.State, rule);
        call.State.Store.Add(rule);
        return new Work(rule, () => Answer.Of(rule)) { Queue = network, Abandon = () => call.State.Store.Remove(rule) };
    }

    private static void Describe(CommandCall call, Entity rule, string? sources, string? destinations)
    {
        var protocol = PortRules.Protocol(call, "tcp", "udp", "icmp", "all");
        var hasPorts = protocol is "tcp" or "udp";
        if (!hasPorts && (call.Has("startport") || call.Has("endport")))
        {
            throw ApiError.Refused($"Can't specify start/end port when protocol is {protocol}");
        }

        if (protocol != "icmp" && (call.Has("icmptype") || call.Has("icmpcode")))
        {
            throw ApiError.Refused("Can specify icmpCode and icmpType for ICMP protocol only");
        }

        var (first, last) = hasPorts && call.Has("startport") ? PortRules.Ports(call, "startport", "endport") : (1, 65_535);
        rule["protocol"] = protocol;
        rule["startport"] = hasPorts ? first : null;
        rule["endport"] = hasPorts ? last : null;
        rule["icmptype"] = call.Number("icmptype");
        rule["icmpcode"] = call.Number("icmpcode");
        rule["cidrlist"] = sources;
        rule["destcidrlist"] = destinations;
    }

    private static string Direction(CommandCall call) => call.Text("traffictype") switch
    {
        null => "Ingress",
        { } text when text.Equals("ingress", StringComparison.OrdinalIgnoreCase) => "Ingress",
        { } text when text.Equals("egress", StringComparison.OrdinalIgnoreCase) => "Egress",
        { } text => throw ApiError.Refused($"Invalid traffic type {text}; Ingress or Egress is."),
    };

    private static void DemandNew(CloudState state, Entity rule)
    {
        if (state.Table(ResultClass.Firewall).FirstOrDefault(other => IsSame(other, rule)) is { } known)
        {
            throw ApiError.RulesConflict($"The new rule conflicts with the existing rule {known.Id} of the network.");
        }
    }

    private static bool IsSame(Entity other, Entity rule) =>
        other != rule && other.Attribute<string>(Kind) == rule.Attribute<string>(Kind)
        && Array.TrueForAll(["networkid", "traffictype", "protocol", "cidrlist", "destcidrlist"], field => other.Text(field) == rule.Text(field))
        && other.Number("startport") <= rule.Number("endport") && rule.Number("startport") <= other.Number("endport")
        && other.Text("icmptype") == rule.Text("icmptype") && other.Text("icmpcode") == rule.Text("icmpcode");

    private static Work Update(CommandCall call, string kind)
    {
        var rule = Target(call, kind);
        return Work.On(rule, () => call.Apply(rule, "fordisplay"));
    }

    private static Work Delete(CommandCall call, string kind)
    {
        var rule = Target(call, kind);
        return Work.Removing(call.State.Store, rule);
    }

    private static Entity Target(CommandCall call, string kind)
    {
        var rule = call.Target("id");
        return rule.Attribute<string>(Kind) == kind ? rule : throw ApiError.NoEntity(call.Command.Name, "id", rule.Id);
    }
}
