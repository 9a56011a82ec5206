using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Storage;

/// <summary>When snapshots of a volume are taken, and how many are kept: one policy per interval, which acts with the cloud's clock.</summary>
internal sealed class SnapshotPolicies : ICommandFamily
{
    private const long MostKept = 8;

    // At the place of their numbers in answers.
    private static readonly string[] Intervals =
        [IntervalSchedule.Hourly, IntervalSchedule.Daily, IntervalSchedule.Weekly, IntervalSchedule.Monthly];

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
        var plan = IntervalSchedule.Read(call.RequiredText("intervaltype"), call.RequiredText("schedule"), call.RequiredText("timezone"));
        if (call.Number("maxsnaps") is not (> 0 and <= MostKept))
        {
            throw ApiError.Refused($"maxSnaps must be between 1 and {MostKept}.");
        }

        if (volume.State == Volumes.Destroyed)
        {
            throw ApiError.Refused($"The volume {volume.Name} is destroyed and can't have a snapshot policy.");
        }

        // A second policy of the same interval takes the first one's place.
        var interval = (long)Array.IndexOf(Intervals, plan.Interval);
        foreach (var former in call.State.Table(ResultClass.SnapshotPolicy)
            .Where(p => p.Text("volumeid") == volume.Id && p.Number("intervaltype") == interval).ToList())
        {
            call.State.Store.Remove(former);
        }

        var policy = call.New(ResultClass.SnapshotPolicy);
        policy["volumeid"] = volume.Id;
        policy["volumename"] = volume.Link("name");
        policy["intervaltype"] = interval;
        policy["fordisplay"] = true;
        policy.Owner = volume.Owner;
        call.Apply(policy, "schedule", "timezone", "maxsnaps", "fordisplay");
        call.State.Store.Add(policy);
        Follow(call.State, call.Caller, policy, plan);
        return Answer.Of(policy);
    }

    private static void Follow(CloudState state, Caller caller, Entity policy, IntervalSchedule plan) =>
        state.Timeline.At(plan.Next(state.Clock.GetUtcNow()), () =>
        {
            if (policy.Table is not null)
            {
                Run(state, caller, policy, plan.Interval);
                Follow(state, caller, policy, plan);
            }
        });

    /// <summary>What can't be taken now, for the volume's state or a limit, is left out and tried again the next time.</summary>
    private static void Run(CloudState state, Caller caller, Entity policy, string interval)
    {
        var volume = state.Store.Find(ResultClass.Volume, policy.Text("volumeid"))!;
        if (volume.State != VolumeBuilder.Ready || volume.Owner?.Account is { State: not "enabled" })
        {
            return;
        }

        // The server, too, takes the new one before the oldest goes, so that a limit needs room for one more.
        try
        {
            ResourceLimits.Demand(state, volume.Owner!, LimitedResource.Snapshot);
        }
        catch (ApiError)
        {
            return;
        }

        var name = string.Create(
            CultureInfo.InvariantCulture, $"{volume.Text("vmname") ?? "detached"}_{volume.Name}_{state.Clock.GetUtcNow():yyyyMMddHHmmss}");
        var snapshot = SnapshotBuilder.MakeReady(SnapshotBuilder.Create(state, volume, name, interval));
        state.Events.Write(state.Catalog.FindCommand("createSnapshot")!, caller, snapshot);
        Prune(state, caller, volume, interval, (int)policy.Number("maxsnaps"));
    }

    private static void Prune(CloudState state, Caller caller, Entity volume, string interval, int kept)
    {
        var made = state.Table(ResultClass.Snapshot)
            .Where(s => s.Text("volumeid") == volume.Id && s.Text("intervaltype") == interval && s.State == SnapshotBuilder.BackedUp).ToList();
        foreach (var oldest in made.Take(Math.Max(0, made.Count - kept)))
        {
            state.Store.Remove(oldest);
            state.Events.Write(state.Catalog.FindCommand("deleteSnapshot")!, caller, oldest);
        }
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
