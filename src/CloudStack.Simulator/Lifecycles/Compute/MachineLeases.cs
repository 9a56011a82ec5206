using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Lifecycles.Operations;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>Machines that are lent for some days. With the cloud's clock, at the end of its lease a machine is stopped or destroyed.</summary>
internal static class MachineLeases
{
    private const string Attribute = "lease";
    private const string Destroy = "DESTROY";
    private const long Endless = -1;
    private const long MostDays = 36_500;
    private static readonly string[] Actions = ["STOP", Destroy];
    private static readonly TimeSpan Retry = TimeSpan.FromHours(1);

    /// <exception cref="ApiError">The call's lease can't be granted to a new machine.</exception>
    public static void Demand(CommandCall call)
    {
        if (call.Has("leaseduration") != call.Has("leaseexpiryaction") && call.Number("leaseduration") != Endless)
        {
            throw ApiError.Refused("A lease needs both its duration in days and the action at its end.");
        }

        if (call.Number("leaseduration") is { } days and not Endless && days is < 1 or > MostDays)
        {
            throw ApiError.Refused($"Invalid lease duration {days}: it's 1 to {MostDays} days, or {Endless} for none.");
        }

        if (call.Text("leaseexpiryaction") is { } action && !Actions.Contains(action, StringComparer.OrdinalIgnoreCase))
        {
            throw ApiError.Refused($"Invalid lease expiry action {action}; one of {string.Join(", ", Actions)} is valid.");
        }
    }

    /// <exception cref="ApiError">The call changes the lease of a machine that has none, or whose lease is over.</exception>
    public static void DemandChangeable(CommandCall call, Entity machine)
    {
        Demand(call);
        if (call.Has("leaseduration") && IsOn(call.State) && machine.Attribute<Lease>(Attribute) is null)
        {
            throw new ApiError(
                ApiError.Internal, $"The lease of the virtual machine {machine.Name} can't be changed: it got none when it was deployed, or it's over.", null);
        }
    }

    /// <summary>Gives a machine the lease that the call says, or else its offering.</summary>
    public static void Grant(CommandCall call, Entity machine, Entity? offering = null)
    {
        if (!IsOn(call.State))
        {
            return;
        }

        if (call.Number("leaseduration") is { } days)
        {
            Grant(call.State, call.Caller, machine, days, call.Text("leaseexpiryaction"));
        }
        else if (offering?.Number("leaseduration") is > 0 and var usual)
        {
            Grant(call.State, call.Caller, machine, usual, offering.Text("leaseexpiryaction"));
        }
    }

    private static void Grant(CloudState state, Caller caller, Entity machine, long days, string? action)
    {
        if (days == Endless)
        {
            End(machine);
            return;
        }

        var lease = new Lease(state.Clock.GetUtcNow().AddDays(days), action!.ToUpperInvariant());
        machine.SetAttribute(Attribute, lease);
        machine["leaseduration"] = days;
        machine["leaseexpiryaction"] = lease.Action;
        machine["leaseexpirydate"] = lease.Ends;
        state.Timeline.At(lease.Ends, () => Expire(state, caller, machine, lease));
    }

    private static bool IsOn(CloudState state) =>
        Configurations.ValueOf(state, "instance.lease.enabled", state.Table(ResultClass.Domain).First()) != "false";

    /// <summary>What can't be done in the machine's state is tried again an hour later.</summary>
    private static void Expire(CloudState state, Caller caller, Entity machine, Lease lease)
    {
        if (machine.Table is null || machine.Attribute<Lease>(Attribute) != lease)
        {
            return;
        }

        var isDestroyed = lease.Action == Destroy;
        if (machine.State is not (MachineState.Running or MachineState.Stopped) || (isDestroyed && machine.Flag("deleteprotection")))
        {
            state.Timeline.At(state.Clock.GetUtcNow() + Retry, () => Expire(state, caller, machine, lease));
            return;
        }

        End(machine);
        if (machine.State == MachineState.Running)
        {
            MachineBuilder.Stop(state, machine);
        }

        if (isDestroyed)
        {
            VirtualMachines.Discard(state, machine);
        }

        state.Events.Write("VM.LEASE.EXPIRED", caller, machine, $"The lease of {machine.Name} is over: {lease.Action}.");
        state.Events.Write(state.Catalog.FindCommand(isDestroyed ? "destroyVirtualMachine" : "stopVirtualMachine")!, caller, machine);
    }

    private static void End(Entity machine)
    {
        machine.SetAttribute(Attribute, null);
        foreach (var field in (string[])["leaseduration", "leaseexpiryaction", "leaseexpirydate"])
        {
            machine[field] = null;
        }
    }

    private sealed record Lease(DateTimeOffset Ends, string Action);
}
