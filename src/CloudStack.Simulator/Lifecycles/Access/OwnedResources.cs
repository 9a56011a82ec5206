using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Lifecycles.Networking.Vpc;
using CloudStack.Simulator.Lifecycles.Objects;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>Everything that an account or project owns.</summary>
internal static class OwnedResources
{
    /// <exception cref="ApiError">Somebody else's machine is plugged into a network of owners that go.</exception>
    public static void DemandAlone(CloudState state, Func<Owner, bool> goes)
    {
        foreach (var nic in state.Table(ResultClass.Nic))
        {
            if (state.Store.Find(nic.Text("virtualmachineid")) is { } machine && state.Store.Find(nic.Text("networkid")) is { } network
                && network.Owner is { } owner && goes(owner) && machine.Owner is { } other && !goes(other))
            {
                throw ApiError.StillInUse(
                    $"The network {network.Name} can't be cleaned up: the virtual machine {machine.Name} of {other.Holder.Name} is plugged into it.");
            }
        }
    }

    /// <summary>Takes it all away, in the order that keeps references true.</summary>
    public static void Remove(CloudState state, Owner owner)
    {
        foreach (var machine in Of(state, ResultClass.VirtualMachine, owner))
        {
            MachineBuilder.Remove(state, machine);
        }

        foreach (var shared in Of(state, SharedFileSystemBuilder.Class, owner))
        {
            SharedFileSystemBuilder.Remove(state, shared);
        }

        foreach (var volume in Of(state, ResultClass.Volume, owner))
        {
            VolumeBuilder.Remove(state, volume);
        }

        foreach (var network in Of(state, ResultClass.Network, owner))
        {
            GuestNetworks.Remove(state, network);
        }

        foreach (var vpc in Of(state, VpcBuilder.Class, owner))
        {
            VpcBuilder.Remove(state, vpc);
        }

        foreach (var bucket in Of(state, Buckets.Class, owner))
        {
            Buckets.Remove(state, bucket);
        }

        VlanRanges.ReleaseAll(state, owner);
        foreach (var table in state.Store.Tables.Where(table => !table.IsJournal).ToList())
        {
            foreach (var entity in Of(state, table.Class.Name, owner).Where(entity => entity != owner.Holder))
            {
                state.Store.Remove(entity);
            }
        }
    }

    public static List<Entity> Of(CloudState state, string className, Owner owner) =>
        [.. state.Table(className).Where(entity => entity.Owner == owner)];
}
