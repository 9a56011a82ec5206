using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>What is done with a machine at set times: schedules that act with the cloud's clock.</summary>
internal sealed class MachineSchedules : ICommandFamily
{
    private const string Class = "VMScheduleResponse";
    private const string PlanAttribute = "plan";

    // Each action, the command that does the same by hand, and the state that it needs.
    private static readonly Dictionary<string, (string Command, string Needed)> Actions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["START"] = ("startVirtualMachine", MachineState.Stopped),
        ["STOP"] = ("stopVirtualMachine", MachineState.Running),
        ["REBOOT"] = ("rebootVirtualMachine", MachineState.Running),
        ["FORCE_STOP"] = ("stopVirtualMachine", MachineState.Running),
        ["FORCE_REBOOT"] = ("rebootVirtualMachine", MachineState.Running),
    };

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listVMSchedule", call => Listing.Of(call, Class));
        commands.Do("createVMSchedule", Create);
        commands.Do("updateVMSchedule", Update);
        commands.Do("deleteVMSchedule", Delete);
    }

    /// <summary>Takes away the schedules of a machine that goes.</summary>
    public static void Forget(CloudState state, Entity machine)
    {
        foreach (var schedule in state.Table(Class).Where(s => s.Text("virtualmachineid") == machine.Id).ToList())
        {
            state.Store.Remove(schedule);
        }
    }

    private static Answer Create(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        var action = call.RequiredText("action").ToUpperInvariant();
        if (!Actions.ContainsKey(action))
        {
            throw ApiError.Refused($"Invalid action {call.Text("action")}; one of {string.Join(", ", Actions.Keys)} is valid.");
        }

        var plan = CronSchedule.Read(call.RequiredText("schedule"), call.RequiredText("timezone"));
        var now = call.State.Clock.GetUtcNow();
        var start = call.Date("startdate") ?? now;
        DemandDates(call, now, start);
        var schedule = call.Create(Class, null);
        schedule.Owner = machine.Owner;
        schedule["virtualmachineid"] = machine.Id;
        schedule["action"] = action;
        schedule["enabled"] = call.Flag("enabled") ?? true;
        schedule["startdate"] = start;
        schedule["description"] = $"{action} {machine.Name}";
        call.Apply(schedule, "description", "schedule", "timezone", "enddate");
        Follow(call.State, call.Caller, schedule, plan);
        return Answer.Of(schedule);
    }

    private static Answer Update(CommandCall call)
    {
        var schedule = call.Target("id");
        var plan = CronSchedule.Read(call.Text("schedule") ?? schedule.Text("schedule") ?? "", call.Text("timezone") ?? schedule.Text("timezone") ?? "");
        var now = call.State.Clock.GetUtcNow();
        DemandDates(call, now, call.Date("startdate") ?? schedule["startdate"] as DateTimeOffset? ?? now);
        call.Apply(schedule, "description", "schedule", "timezone", "startdate", "enddate", "enabled");
        Follow(call.State, call.Caller, schedule, plan);
        return Answer.Of(schedule);
    }

    private static void DemandDates(CommandCall call, DateTimeOffset now, DateTimeOffset start)
    {
        if (call.Has("startdate") && start < now)
        {
            throw ApiError.Refused("The start date of a schedule can't lie in the past.");
        }

        if (call.Date("enddate") is { } end && (end < now || end <= start))
        {
            throw ApiError.Refused("The end date of a schedule has to lie in the future and after its start.");
        }
    }

    private static void Follow(CloudState state, Caller caller, Entity schedule, CronSchedule plan)
    {
        schedule.SetAttribute(PlanAttribute, plan);
        FollowAfter(state, caller, schedule, plan, Latest(state.Clock.GetUtcNow(), schedule["startdate"] as DateTimeOffset?));
    }

    private static DateTimeOffset Latest(DateTimeOffset now, DateTimeOffset? start) => start is { } later && later > now ? later : now;

    private static void FollowAfter(CloudState state, Caller caller, Entity schedule, CronSchedule plan, DateTimeOffset after)
    {
        if (plan.Next(after) is not { } due || (schedule["enddate"] is DateTimeOffset end && due > end))
        {
            return;
        }

        state.Timeline.At(due, () =>
        {
            if (schedule.Table is not null && ReferenceEquals(schedule.Attribute<CronSchedule>(PlanAttribute), plan))
            {
                if (schedule.Flag("enabled"))
                {
                    Act(state, caller, schedule);
                }

                FollowAfter(state, caller, schedule, plan, due);
            }
        });
    }

    /// <summary>What can't be done in the machine's state is left out, and done the next time.</summary>
    private static void Act(CloudState state, Caller caller, Entity schedule)
    {
        var machine = state.Store.Find(ResultClass.VirtualMachine, schedule.Text("virtualmachineid"))!;
        var (command, needed) = Actions[schedule.Text("action")!];
        if (machine.State != needed)
        {
            return;
        }

        try
        {
            Carry(state, machine, command);
        }
        catch (ApiError)
        {
            // No host has room: the machine stays stopped, as after any other failed start.
            return;
        }

        state.Events.Write(state.Catalog.FindCommand(command)!, caller, machine);
    }

    private static void Carry(CloudState state, Entity machine, string command)
    {
        switch (command)
        {
            case "startVirtualMachine" when VolumeIsThere(machine):
                MachineBuilder.Start(state, machine);
                break;
            case "stopVirtualMachine":
                MachineBuilder.Stop(state, machine);
                break;
            case "rebootVirtualMachine":
                MachineBuilder.Enter(state, machine, MachineState.Running);
                break;
        }
    }

    private static bool VolumeIsThere(Entity machine) => Storage.VolumeBuilder.RootOf(machine) is not null;

    private static Answer Delete(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        var schedules = call.FindAll("ids").ToList();
        if (call.Find("id") is { } one)
        {
            schedules.Add(one);
        }

        if (schedules.Count == 0 || schedules.Exists(schedule => schedule.Text("virtualmachineid") != machine.Id))
        {
            throw ApiError.Refused($"Please give the id of a schedule of the virtual machine {machine.Name}.");
        }

        schedules.ForEach(call.State.Store.Remove);
        return Answer.Done;
    }
}
