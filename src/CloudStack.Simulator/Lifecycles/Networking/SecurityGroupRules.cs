using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>What security groups let in and out, by network or by other groups.</summary>
internal sealed class SecurityGroupRules : ICommandFamily
{
    public const string Class = "SecurityGroupRuleResponse";
    private const string Ingress = "ingressrule";
    private const string Egress = "egressrule";
    private const string Group = "group";
    private const string Admitted = "admitted";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("authorizeSecurityGroupIngress", call => Authorize(call, Ingress));
        commands.Begin("authorizeSecurityGroupEgress", call => Authorize(call, Egress));
        commands.Begin("revokeSecurityGroupIngress", call => Revoke(call, Ingress));
        commands.Begin("revokeSecurityGroupEgress", call => Revoke(call, Egress));
    }

    /// <summary>A rule of another group that lets this one's machines in or out, or null.</summary>
    public static Entity? Admitting(CloudState state, Entity group) => state.Table(Class).FirstOrDefault(
        rule => rule.Attribute<Entity>(Admitted) == group && rule.Attribute<Entity>(Group) != group);

    /// <summary>Takes a group's rules away.</summary>
    public static void RemoveAll(CloudState state, Entity group)
    {
        foreach (var rule in group.Items(Ingress).Concat(group.Items(Egress)).ToList())
        {
            state.Store.Remove(rule);
        }
    }

    private static Work Authorize(CommandCall call, string direction)
    {
        var group = call.Find("securitygroupid")
            ?? SecurityGroups.ByName(call, call.NewOwner(), call.RequiredText("securitygroupname"));
        var traffic = TrafficOf(call);
        PortRules.Sources(call);
        var sources = call.Texts("cidrlist").Select(cidr => new Source(cidr, null))
            .Concat(GroupsOf(call).Select(other => new Source(null, other))).ToList();
        if (sources.Count == 0)
        {
            throw ApiError.Refused("At least one cidr or at least one security group needs to be specified.");
        }

        if (sources.Exists(source => group.Items(direction).Any(rule => Repeats(rule, traffic, source))))
        {
            throw ApiError.Refused($"The security group {group.Name} already has such a rule.");
        }

        return Work.On(group, () =>
        {
            DemandKept(group);
            foreach (var source in sources)
            {
                group.AddItem(direction, New(call.State, group, traffic, source));
            }
        });
    }

    private static void DemandKept(Entity group)
    {
        if (group.Table is null)
        {
            throw ApiError.Refused($"The security group {group.Name} was deleted meanwhile.");
        }
    }

    private static Entity New(CloudState state, Entity group, Traffic traffic, Source source)
    {
        var rule = state.New(Class);
        rule["ruleid"] = rule.Id;
        rule["protocol"] = traffic.Protocol;
        rule[traffic.IsIcmp ? "icmptype" : "startport"] = traffic.First;
        rule[traffic.IsIcmp ? "icmpcode" : "endport"] = traffic.Last;
        rule["cidr"] = source.Cidr;
        rule["securitygroupname"] = source.Other?.Link("name");
        rule["account"] = source.Other?.Text("account");
        rule.SetAttribute(Group, group);
        rule.SetAttribute(Admitted, source.Other);
        rule.Owner = group.Owner;
        state.Store.Add(rule);
        return rule;
    }

    private static Traffic TrafficOf(CommandCall call)
    {
        var protocol = call.Has("protocol") ? PortRules.Protocol(call, "tcp", "udp", "icmp", "all") : "all";
        switch (protocol)
        {
            case "icmp":
                return new Traffic(protocol, Icmp(call, "icmptype"), Icmp(call, "icmpcode"));
            case "all":
                return call.Has("startport") || call.Has("endport")
                    ? throw ApiError.Refused("Can't specify start/end port when protocol is all")
                    : new Traffic(protocol, null, null);
            default:
                var (first, last) = PortRules.Ports(call, "startport", "endport");
                return new Traffic(protocol, first, last);
        }
    }

    private static long Icmp(CommandCall call, string name)
    {
        var number = call.Number(name) ?? -1;
        return number is >= -1 and <= 255 ? number : throw ApiError.Refused($"Invalid {name} {number}: it must be from -1 to 255.");
    }

    private static IEnumerable<Entity> GroupsOf(CommandCall call) => call.Records("usersecuritygrouplist").Select(record =>
    {
        var name = record.GetValueOrDefault("group") ?? throw ApiError.Refused("Each entry of userSecurityGroupList needs account and group.");
        return call.State.Table(SecurityGroups.Class).FirstOrDefault(group =>
            group.Name == name && group.Text("account") == record.GetValueOrDefault("account"))
            ?? throw ApiError.Refused($"Unable to find the security group {name} of account {record.GetValueOrDefault("account")}.");
    });

    private static bool Repeats(Entity rule, Traffic traffic, Source source) =>
        rule.Text("protocol") == traffic.Protocol && rule.Text("cidr") == source.Cidr && rule.Attribute<Entity>(Admitted) == source.Other
        && Equals(rule[traffic.IsIcmp ? "icmptype" : "startport"], traffic.First)
        && Equals(rule[traffic.IsIcmp ? "icmpcode" : "endport"], traffic.Last);

    private static Work Revoke(CommandCall call, string direction)
    {
        var rule = call.Target("id");
        var group = rule.Attribute<Entity>(Group);
        if (group is not null && !group.Items(direction).Contains(rule))
        {
            throw ApiError.Refused($"The rule {rule.Id} is no {direction} of the security group {group.Name}.");
        }

        return new Work(rule, () =>
        {
            group?.RemoveItem(direction, rule);
            call.State.Store.Remove(rule);
            return Answer.Done;
        })
        {
            Queue = group,
        };
    }

    private sealed record Source(string? Cidr, Entity? Other);

    private sealed record Traffic(string Protocol, long? First, long? Last)
    {
        public bool IsIcmp => Protocol == "icmp";
    }
}
