using System.Globalization;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>What an account, project or domain shows of its amounts and limits, read when they are asked for.</summary>
internal static class AccountCounts
{
    /// <summary>Ties the fields of an account, project or domain to the cloud.</summary>
    public static void Follow(CloudState state, Entity holder)
    {
        foreach (var resource in LimitedResource.All)
        {
            holder.TrySet(resource.Field + "total", new Amount(state, holder, resource));
            holder.TrySet(resource.Field + "limit", new Limit(state, holder, resource));
            holder.TrySet(resource.Field + "available", new Rest(state, holder, resource));
        }

        holder.TrySet("vmrunning", new Machines(state, holder, MachineState.Running));
        holder.TrySet("vmstopped", new Machines(state, holder, MachineState.Stopped));
    }

    private static long Used(CloudState state, Entity holder, LimitedResource resource) => state.Amounts.Of(holder, resource) / resource.Unit;

    private static string Text(long amount) => amount < 0 ? "Unlimited" : amount.ToString(CultureInfo.InvariantCulture);

    private sealed class Amount(CloudState state, Entity holder, LimitedResource resource) : FieldSource
    {
        public override object? Read() => Used(state, holder, resource);
    }

    private sealed class Limit(CloudState state, Entity holder, LimitedResource resource) : FieldSource
    {
        public override object? Read() => Text(ResourceLimits.Of(state, holder, resource));
    }

    private sealed class Rest(CloudState state, Entity holder, LimitedResource resource) : FieldSource
    {
        public override object? Read() => ResourceLimits.Of(state, holder, resource) is >= 0 and var limit
            ? Text(Math.Max(0, limit - Used(state, holder, resource)))
            : Text(ResourceLimits.Unlimited);
    }

    private sealed class Machines(CloudState state, Entity holder, string inState) : FieldSource
    {
        public override object? Read() => state.Table(ResultClass.VirtualMachine)
            .LongCount(machine => machine.Owner?.Holder == holder && machine.State == inState);
    }
}
