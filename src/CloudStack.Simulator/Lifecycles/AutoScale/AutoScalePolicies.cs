using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.AutoScale;

/// <summary>When a group grows or shrinks: conditions that hold for some time.</summary>
internal sealed class AutoScalePolicies : ICommandFamily
{
    public const string Class = "AutoScalePolicyResponse";
    public const string ScaleUp = "ScaleUp";
    public const string ScaleDown = "ScaleDown";
    private const long UsualQuietSeconds = 300;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createAutoScalePolicy", Create);
        commands.Begin("updateAutoScalePolicy", Update);
        commands.Begin("deleteAutoScalePolicy", Delete);
        commands.Read("listAutoScalePolicies", List);
    }

    private static Work Create(CommandCall call)
    {
        var action = call.RequiredText("action") switch
        {
            { } text when text.Equals(ScaleUp, StringComparison.OrdinalIgnoreCase) => ScaleUp,
            { } text when text.Equals(ScaleDown, StringComparison.OrdinalIgnoreCase) => ScaleDown,
            { } text => throw ApiError.Refused($"Invalid action {text}; {ScaleUp} or {ScaleDown} is."),
        };
        DemandTimes(call);
        var conditions = Conditions(call);
        var policy = call.Create(Class, conditions[0].Owner);
        policy["action"] = action;
        policy["quiettime"] = UsualQuietSeconds;
        policy["conditions"] = conditions;
        call.Apply(policy, "name", "duration", "quiettime");
        return new Work(policy, () => Answer.Of(policy)) { Abandon = () => call.State.Store.Remove(policy) };
    }

    private static Work Update(CommandCall call)
    {
        var policy = call.Target("id");
        DemandTimes(call);
        var conditions = call.Has("conditionids") ? Conditions(call) : policy.Items("conditions");
        if (conditions.FirstOrDefault(condition => condition.Owner != policy.Owner) is { } stranger)
        {
            throw ApiError.Refused($"The condition {stranger.Id} and the policy belong to different owners.");
        }

        return Work.On(policy, () =>
        {
            call.Apply(policy, "name", "duration", "quiettime");
            policy["conditions"] = conditions;
        }) with
        {
            Begin = () => AutoScaleGroups.DemandDisabled(call.State, policy),
        };
    }

    private static Work Delete(CommandCall call)
    {
        var policy = call.Target("id");
        return Work.Removing(call.State.Store, policy) with
        {
            Begin = () => AutoScaleGroups.DemandUnused(call.State, policy, "policy"),
        };
    }

    private static Answer List(CommandCall call)
    {
        var condition = call.Find("conditionid");
        var group = call.Find("vmgroupid");
        return Listing.Of(
            call, Class,
            policy => (condition is null || policy.Items("conditions").Contains(condition))
                && (group is null || AutoScaleGroups.PoliciesOf(group).Contains(policy)),
            "conditionid", "vmgroupid");
    }

    private static IReadOnlyList<Entity> Conditions(CommandCall call)
    {
        var conditions = call.FindAll("conditionids");
        if (conditions.Count == 0)
        {
            throw ApiError.Missing(call.Command.Name, "conditionids");
        }

        if (conditions.Any(condition => condition.Owner != conditions[0].Owner))
        {
            throw ApiError.Refused("All conditions of a policy must belong to one owner.");
        }

        return conditions.DistinctBy(condition => condition.Text("counterid") ?? condition.Id).Count() == conditions.Count
            ? conditions
            : throw ApiError.Refused("Two of the conditions have the same counter; a policy may have one on each.");
    }

    private static void DemandTimes(CommandCall call)
    {
        if (call.Number("duration") is <= 0 || call.Number("quiettime") is < 0)
        {
            throw ApiError.Refused("A policy's duration must be positive, and its quiet time can't be negative.");
        }
    }
}
