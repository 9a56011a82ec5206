using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>The counts that an account or project shows of what it owns, counted when they are asked for.</summary>
internal static class AccountCounts
{
    private static readonly (string Field, string Class)[] Counted =
    [
        ("vmtotal", ResultClass.VirtualMachine), ("volumetotal", ResultClass.Volume), ("snapshottotal", ResultClass.Snapshot),
        ("iptotal", ResultClass.IpAddress), ("networktotal", ResultClass.Network), ("templatetotal", ResultClass.Template),
    ];

    /// <summary>Ties the counts of an account or project to the cloud.</summary>
    public static void Follow(CloudState state, Entity holder)
    {
        foreach (var (field, className) in Counted)
        {
            holder[field] = new OwnedCount(state, holder, className, null);
        }

        holder["vmrunning"] = new OwnedCount(state, holder, ResultClass.VirtualMachine, MachineState.Running);
        holder["vmstopped"] = new OwnedCount(state, holder, ResultClass.VirtualMachine, MachineState.Stopped);
        foreach (var limit in (string[])["vmlimit", "volumelimit", "snapshotlimit", "iplimit", "networklimit", "templatelimit", "projectlimit", "cpulimit", "memorylimit"])
        {
            holder.TrySet(limit, "Unlimited");
        }
    }

    private sealed class OwnedCount(CloudState state, Entity holder, string className, string? inState) : FieldSource
    {
        public override object? Read() => state.Table(className).LongCount(entity =>
            entity.Owner?.Holder == holder && (inState is null || entity.State == inState));
    }
}
