using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.AutoScale;

/// <summary>What autoscaling measures, and the thresholds on it.</summary>
internal sealed class AutoScaleCounters : ICommandFamily
{
    public const string Counter = "CounterResponse";
    public const string Condition = "ConditionResponse";
    public const string CounterOf = "counter";
    private static readonly string[] Sources = ["cpu", "memory", "snmp", "netscaler", "virtualrouter"];
    private static readonly string[] Operators = ["EQ", "GT", "GE", "LT", "LE"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createCounter", CreateCounter);
        commands.Begin("deleteCounter", DeleteCounter);
        commands.Read("listCounters", call => Listing.Of(call, Counter));
        commands.Begin("createCondition", CreateCondition);
        commands.Begin("updateCondition", UpdateCondition);
        commands.Begin("deleteCondition", DeleteCondition);
        commands.Read("listConditions", ListConditions);
    }

    /// <summary>True where a figure meets a condition.</summary>
    public static bool IsMet(Entity condition, double figure) => condition.Number("threshold") is var threshold
        && condition.Text("relationaloperator") switch
        {
            "EQ" => Math.Abs(figure - threshold) < 0.005,
            "GT" => figure > threshold,
            "GE" => figure >= threshold,
            "LT" => figure < threshold,
            _ => figure <= threshold,
        };

    private static Work CreateCounter(CommandCall call)
    {
        var source = Array.Find(Sources, known => known.Equals(call.RequiredText("source"), StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.Refused($"The source {call.Text("source")} isn't supported; one of {string.Join(", ", Sources)} is.");
        var counter = call.Create(Counter, null);
        call.Apply(counter, "name", "provider", "value");
        counter["source"] = source;
        return new Work(counter, () => Answer.Of(counter)) { Abandon = () => call.State.Store.Remove(counter) };
    }

    private static Work DeleteCounter(CommandCall call)
    {
        var counter = call.Target("id");
        return Removal(call, counter, () => call.State.Table(Condition).Any(c => c.Text("counterid") == counter.Id), "a condition");
    }

    private static Work CreateCondition(CommandCall call)
    {
        var counter = call.Target("counterid");
        var (comparison, threshold) = Threshold(call);
        var condition = call.Create(Condition, call.NewOwner());
        condition["counterid"] = counter.Id;
        condition["countername"] = counter.Link("name");
        condition["counter"] = counter;
        condition["relationaloperator"] = comparison;
        condition["threshold"] = threshold;
        return new Work(condition, () => Answer.Of(condition)) { Abandon = () => call.State.Store.Remove(condition) };
    }

    private static Work UpdateCondition(CommandCall call)
    {
        var condition = call.Target("id");
        var (comparison, threshold) = Threshold(call);
        return Work.On(condition, () =>
        {
            condition["relationaloperator"] = comparison;
            condition["threshold"] = threshold;
        }) with
        {
            Begin = () =>
            {
                foreach (var policy in PoliciesWith(call.State, condition))
                {
                    AutoScaleGroups.DemandDisabled(call.State, policy);
                }
            },
        };
    }

    private static Work DeleteCondition(CommandCall call)
    {
        var condition = call.Target("id");
        return Removal(call, condition, () => PoliciesWith(call.State, condition).Any(), "a policy");
    }

    private static Answer ListConditions(CommandCall call)
    {
        var policy = call.Find("policyid");
        return Listing.Of(call, Condition, condition => policy is null || policy.Items("conditions").Contains(condition), "policyid");
    }

    private static IEnumerable<Entity> PoliciesWith(CloudState state, Entity condition) =>
        state.Table(AutoScalePolicies.Class).Where(policy => policy.Items("conditions").Contains(condition));

    private static (string Operator, long Threshold) Threshold(CommandCall call)
    {
        var comparison = Array.Find(Operators, known => known.Equals(call.RequiredText("relationaloperator"), StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.Refused($"The operator {call.Text("relationaloperator")} isn't known; one of {string.Join(", ", Operators)} is.");
        var threshold = call.Number("threshold") ?? throw ApiError.Missing(call.Command.Name, "threshold");
        return threshold >= 0 ? (comparison, threshold) : throw ApiError.Refused($"Invalid threshold {threshold}: it can't be negative.");
    }

    private static Work Removal(CommandCall call, Entity entity, Func<bool> isUsed, string user) => new(entity, () =>
    {
        call.State.Store.Remove(entity);
        return Answer.Done;
    })
    {
        Begin = () =>
        {
            if (isUsed())
            {
                throw ApiError.StillInUse($"{entity.Name ?? entity.Id} can't be deleted: {user} uses it.");
            }
        },
    };
}
