using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>A running machine moves to another host and its volumes to other storage, in one job.</summary>
internal sealed class MachineVolumeMoves : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state) => commands.Begin("migrateVirtualMachineWithVolume", Migrate);

    private static Work Migrate(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        var wanted = call.Find("hostid");
        var moves = MovesOf(call, machine);
        if (wanted is null && moves.Count == 0 && !call.IsSet("autoselect"))
        {
            throw ApiError.Refused("Please specify a host by hostid, storage by migrateto, or autoselect=true.");
        }

        if (machine.State == MachineState.Running)
        {
            var move = MachineMoves.MoveOf(call.State, machine, wanted);
            return Work.On(machine, () =>
            {
                _ = move.Finish();
                moves.ForEach(one => VolumeSizes.Put(call.State, one.Volume, one.Pool));
            }) with
            {
                Begin = () =>
                {
                    moves.ForEach(one => VolumeSizes.DemandMove(one.Volume, one.Pool));
                    move.Begin!();
                },
                Abandon = move.Abandon,
            };
        }

        if (wanted is not null)
        {
            throw ApiError.Refused($"The virtual machine {machine.Name} isn't running: only its volumes can move.");
        }

        return Work.On(machine, () => moves.ForEach(one => VolumeSizes.Put(call.State, one.Volume, one.Pool))) with
        {
            Begin = () =>
            {
                VirtualMachines.DemandState(machine, "migrate the volumes of", MachineState.Stopped);
                moves.ForEach(one => VolumeSizes.DemandMove(one.Volume, one.Pool));
            },
        };
    }

    private static List<(Entity Volume, Entity Pool)> MovesOf(CommandCall call, Entity machine) =>
    [
        .. call.Map("migrateto").Select(pair =>
        {
            var volume = call.Look("migrateto", pair.Key, ResultClass.Volume);
            return volume.Text("virtualmachineid") == machine.Id
                ? (volume, call.Look("migrateto", pair.Value, ResultClass.StoragePool))
                : throw ApiError.Refused($"The volume {volume.Name} isn't attached to the virtual machine {machine.Name}.");
        }),
    ];
}
