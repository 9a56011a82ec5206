using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Storage;

/// <summary>When snapshots of a volume are taken: one policy per interval.</summary>
internal sealed class SnapshotPolicies : ICommandFamily
{
    private static readonly string[] Intervals = ["HOURLY", "DAILY", "WEEKLY", "MONTHLY"];
    private const long MostKept = 8;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("createSnapshotPolicy", Create);
        commands.Begin("updateSnapshotPolicy", Update);
        commands.Do("deleteSnapshotPolicies", Delete);
        commands.Read("listSnapshotPolicies", call => Listing.Of(call, ResultClass.SnapshotPolicy));
    }

    /// <summary>Takes away the policies of a volume that goes.</summary>
    public static void Forget(CloudState state, Entity volume)
    {
        foreach (var policy in state.Table(ResultClass.SnapshotPolicy).Where(p => p.Text("volumeid") == volume.Id).ToList())
        {
            state.Store.Remove(policy);
        }
    }

    private static Answer Create(CommandCall call)
    {
        var volume = call.Target("volumeid");
        var interval = Array.FindIndex(Intervals, i => i.Equals(call.Text("intervaltype"), StringComparison.OrdinalIgnoreCase));
        if (interval < 0)
        {
            throw ApiError.Refused($"Unsupported interval type {call.Text("intervaltype")}; one of {string.Join(", ", Intervals)} is.");
        }

        if (call.Number("maxsnaps") is not (> 0 and <= MostKept))
        {
            throw ApiError.Refused($"maxSnaps must be between 1 and {MostKept}.");
        }

        // A second policy of the same interval takes the first one's place.
        foreach (var former in call.State.Table(ResultClass.SnapshotPolicy)
            .Where(p => p.Text("volumeid") == volume.Id && p.Number("intervaltype") == interval).ToList())
        {
            call.State.Store.Remove(former);
        }

        var policy = call.New(ResultClass.SnapshotPolicy);
        policy["volumeid"] = volume.Id;
        policy["volumename"] = volume.Link("name");
        policy["intervaltype"] = (long)interval;
        policy["fordisplay"] = true;
        policy.Owner = volume.Owner;
        call.Apply(policy, "schedule", "timezone", "maxsnaps", "fordisplay");
        call.State.Store.Add(policy);
        return Answer.Of(policy);
    }

    private static Work Update(CommandCall call)
    {
        var policy = call.Target("id");
        return Work.On(policy, () => call.Apply(policy, "fordisplay"));
    }

    private static Answer Delete(CommandCall call)
    {
        var policies = call.FindAll("ids").ToList();
        if (call.Find("id") is { } one)
        {
            policies.Add(one);
        }

        if (policies.Count == 0)
        {
            throw ApiError.Refused("No policy id(s) specified.");
        }

        policies.ForEach(call.State.Store.Remove);
        return Answer.Done;
    }
}
