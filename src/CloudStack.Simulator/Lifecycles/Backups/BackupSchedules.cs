using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Backups;

/// <summary>When a machine is backed up: one schedule per interval, which acts with the cloud's clock.</summary>
internal sealed class BackupSchedules : ICommandFamily
{
    public const string Class = "BackupScheduleResponse";
    private const string PlanAttribute = "plan";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listBackupSchedule", call => Listing.Of(call, Class));
        commands.Do("createBackupSchedule", Set);
        commands.Do("updateBackupSchedule", Set);
        commands.Do("deleteBackupSchedule", Delete);
    }

    /// <summary>Takes away the schedules of a machine that goes or loses its offering.</summary>
    public static void Forget(CloudState state, Entity machine)
    {
        foreach (var schedule in Of(state, machine).ToList())
        {
            state.Store.Remove(schedule);
        }
    }

    private static IEnumerable<Entity> Of(CloudState state, Entity machine) =>
        state.Table(Class).Where(schedule => schedule.Text("virtualmachineid") == machine.Id);

    /// <summary>A second schedule of the same interval takes the place of the first.</summary>
    private static Answer Set(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        BackupOfferings.DemandDriven(call, BackupOfferings.Of(call.State, machine));
        var plan = IntervalSchedule.Read(call.RequiredText("intervaltype"), call.RequiredText("schedule"), call.RequiredText("timezone"));
        if (call.Number("maxbackups") is < 0)
        {
            throw ApiError.Refused("maxbackups can't be negative; 0 keeps all.");
        }

        var schedule = Of(call.State, machine).FirstOrDefault(s => s.Text("intervaltype") == plan.Interval)
            ?? call.Create(Class, null);
        schedule.Owner = machine.Owner;
        schedule["virtualmachineid"] = machine.Id;
        schedule["virtualmachinename"] = machine.Link("name");
        schedule["intervaltype"] = plan.Interval;
        call.Apply(schedule, "schedule", "timezone", "maxbackups", "quiescevm");
        schedule.SetAttribute(PlanAttribute, plan);
        Follow(call.State, call.Caller, schedule, plan);
        return Answer.Of(schedule);
    }

    private static void Follow(CloudState state, Caller caller, Entity schedule, IntervalSchedule plan) =>
        state.Timeline.At(plan.Next(state.Clock.GetUtcNow()), () =>
        {
            if (schedule.Table is not null && ReferenceEquals(schedule.Attribute<IntervalSchedule>(PlanAttribute), plan))
            {
                Run(state, caller, schedule);
                Follow(state, caller, schedule, plan);
            }
        });

    private static void Run(CloudState state, Caller caller, Entity schedule)
    {
        var machine = state.Store.Find(ResultClass.VirtualMachine, schedule.Text("virtualmachineid"))!;
        if (machine.State is not (Compute.MachineState.Running or Compute.MachineState.Stopped))
        {
            return;
        }

        try
        {
            MachineBackups.DemandRoom(state, machine);
        }
        catch (ApiError)
        {
            // A scheduled backup beyond the owner's limit is left out; the next one is tried again.
            return;
        }

        var interval = schedule.Text("intervaltype")!;
        var backup = MachineBackups.Begin(state, machine, interval);
        MachineBackups.Complete(backup);
        state.Events.Write(state.Catalog.FindCommand("createBackup")!, caller, backup);
        if (schedule.Number("maxbackups") is > 0 and var kept)
        {
            var made = MachineBackups.Of(state, machine)
                .Where(b => b.Text("intervaltype") == interval && b.Text("status") == MachineBackups.BackedUp).ToList();
            foreach (var oldest in made.Take(made.Count - (int)Math.Min(kept, made.Count)))
            {
                state.Store.Remove(oldest);
            }
        }
    }

    private static Answer Delete(CommandCall call)
    {
        var schedules = call.Find("id") is { } one ? [one]
            : call.Find("virtualmachineid") is { } machine ? Of(call.State, machine).ToList()
            : throw ApiError.Refused("Either instance ID or ID of backup schedule needs to be specified.");
        if (schedules.Count == 0 || schedules.Exists(schedule => schedule.Class.Name != Class))
        {
            throw ApiError.Refused("Could not find the requested backup schedule.");
        }

        schedules.ForEach(call.State.Store.Remove);
        return Answer.Done;
    }
}
