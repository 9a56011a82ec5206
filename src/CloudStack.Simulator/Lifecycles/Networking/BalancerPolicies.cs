using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>How load balancers keep clients on a machine, and how they find out whether machines are well.</summary>
internal sealed class BalancerPolicies : ICommandFamily
{
    private static readonly Kind Stickiness = new("LBStickinessResponse", "LBStickinessPolicyResponse", "stickinesspolicy");
    private static readonly Kind Health = new("LBHealthCheckResponse", "LBHealthCheckPolicyResponse", "healthcheckpolicy");
    private static readonly string[] Methods = ["LbCookie", "AppCookie", "SourceBased"];

    private static readonly (string Argument, string Field, long Default, long Most)[] Figures =
    [
        ("responsetimeout", "responsetime", 2, 60), ("intervaltime", "healthcheckinterval", 5, 300),
        ("healthythreshold", "healthcheckthresshold", 2, 10), ("unhealthythreshold", "unhealthcheckthresshold", 1, 10),
    ];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createLBStickinessPolicy", CreateStickiness);
        commands.Begin("updateLBStickinessPolicy", Update);
        commands.Begin("deleteLBStickinessPolicy", Delete);
        commands.Read("listLBStickinessPolicies", call => List(call, Stickiness));
        commands.Begin("createLBHealthCheckPolicy", CreateHealthCheck);
        commands.Begin("updateLBHealthCheckPolicy", Update);
        commands.Begin("deleteLBHealthCheckPolicy", Delete);
        commands.Read("listLBHealthCheckPolicies", call => List(call, Health));
    }

    /// <summary>Takes a rule's policies away.</summary>
    public static void Cut(CloudState state, Entity rule)
    {
        foreach (var holder in Of(state, Stickiness, rule).Concat(Of(state, Health, rule)).ToList())
        {
            state.Store.Remove(holder);
        }
    }

    private static Work CreateStickiness(CommandCall call)
    {
        var rule = LoadBalancers.RuleOf(call, "lbruleid");
        var method = Methods.FirstOrDefault(known => known.Equals(call.RequiredText("methodname"), StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.Refused($"Invalid stickiness method {call.Text("methodname")}; one of {string.Join(", ", Methods)} is.");
        if (Of(call.State, Stickiness, rule).Any())
        {
            throw ApiError.Refused($"The load balancer rule {rule.Name} already has a stickiness policy.");
        }

        var policy = call.New(Stickiness.Policy);
        policy["name"] = call.RequiredText("name");
        policy["methodname"] = method;
        policy["params"] = call.Map("param");
        return Add(call, Stickiness, rule, policy);
    }

    private static Work CreateHealthCheck(CommandCall call)
    {
        var rule = LoadBalancers.RuleOf(call, "lbruleid");
        var path = call.Text("pingpath") ?? "/";
        if (!path.StartsWith('/'))
        {
            throw ApiError.Refused($"Invalid ping path {path}: it must begin with a slash.");
        }

        if (Of(call.State, Health, rule).Any())
        {
            throw ApiError.Refused($"The load balancer rule {rule.Name} already has a health check policy.");
        }

        var policy = call.New(Health.Policy);
        policy["pingpath"] = path;
        foreach (var (argument, field, usual, most) in Figures)
        {
            var figure = call.Number(argument) ?? usual;
            policy[field] = figure >= 1 && figure <= most
                ? figure
                : throw ApiError.Refused(string.Create(CultureInfo.InvariantCulture, $"Invalid {argument} {figure}: it must be from 1 to {most}."));
        }

        if (policy.Number("responsetime") >= policy.Number("healthcheckinterval"))
        {
            throw ApiError.Refused("The response timeout must be less than the interval between checks.");
        }

        return Add(call, Health, rule, policy);
    }

    // The answer's object holds the rule and, in a list of one, the policy; both have the policy's identifier.
    private static Work Add(CommandCall call, Kind kind, Entity rule, Entity policy)
    {
        call.Apply(policy, "description");
        policy["fordisplay"] = call.Flag("fordisplay") ?? true;
        policy["state"] = "Add";
        var holder = call.New(kind.Holder, policy.Id);
        rule.Owner!.Claim(holder);
        holder["lbruleid"] = rule.Id;
        holder["zoneid"] = rule.Text("zoneid");
        holder[kind.Field] = new List<Entity> { policy };
        call.State.Store.Add(holder);
        return new Work(holder, () =>
        {
            policy["state"] = "Active";
            return Answer.Of(holder);
        })
        {
            Queue = rule,
            Abandon = () => call.State.Store.Remove(holder),
        };
    }

    private static Work Update(CommandCall call)
    {
        var holder = call.Target("id");
        return Work.On(holder, () =>
        {
            foreach (var policy in PoliciesOf(holder))
            {
                call.Apply(policy, "fordisplay");
            }
        });
    }

    private static Work Delete(CommandCall call)
    {
        var holder = call.Target("id");
        return Work.Removing(call.State.Store, holder);
    }

    private static Answer List(CommandCall call, Kind kind)
    {
        if (!call.Has("id") && !call.Has("lbruleid"))
        {
            throw ApiError.Refused("Load balancer rule ID or policy ID can't be null");
        }

        return Listing.Of(call, kind.Holder);
    }

    private static IEnumerable<Entity> Of(CloudState state, Kind kind, Entity rule) =>
        state.Table(kind.Holder).Where(holder => holder.Text("lbruleid") == rule.Id);

    private static IReadOnlyList<Entity> PoliciesOf(Entity holder) =>
        holder.Items(holder.Class.Name == Stickiness.Holder ? Stickiness.Field : Health.Field);

    private sealed record Kind(string Holder, string Policy, string Field);
}
