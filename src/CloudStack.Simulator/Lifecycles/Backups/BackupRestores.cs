using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Backups;

/// <summary>What a backup is for: a machine put back, one of its volumes attached elsewhere, a new machine.</summary>
internal sealed class BackupRestores : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("restoreBackup", Restore);
        commands.Begin("restoreVolumeFromBackupAndAttachToVM", RestoreVolume);
        commands.Begin("createVMFromBackup", CreateMachine);
    }

    private static Work Restore(CommandCall call)
    {
        var backup = call.Target("id");
        var machine = call.State.Store.Find(ResultClass.VirtualMachine, backup.Text("virtualmachineid"))
            ?? throw ApiError.Refused($"The virtual machine of the backup {backup.Name} is gone; make a new one by createVMFromBackup.");
        return new Work(backup, () =>
        {
            backup["status"] = MachineBackups.BackedUp;
            MachineBuilder.Enter(call.State, machine, MachineState.Stopped);
            return Answer.Done;
        })
        {
            Queue = machine,
            Begin = () =>
            {
                MachineBackups.DemandBackedUp(backup, "restored");
                VirtualMachines.DemandState(machine, "restore", MachineState.Stopped);
                if (MachineBackups.VolumesOf(backup).Count != VolumeBuilder.Of(machine).Count)
                {
                    throw ApiError.Refused(
                        $"The virtual machine {machine.Name} has other volumes than at the time of the backup; attach or detach them first.");
                }

                backup["status"] = MachineBackups.Restoring;
            },
        };
    }

    private static Work RestoreVolume(CommandCall call)
    {
        var backup = call.Target("backupid");
        var machine = call.Target("virtualmachineid");
        var kept = MachineBackups.VolumesOf(backup).FirstOrDefault(volume => volume.Id == call.RequiredText("volumeid"))
            ?? throw ApiError.Refused($"The backup {backup.Name} holds no volume {call.Text("volumeid")}.");
        return new Work(machine, () =>
        {
            Attach(call.State, machine, backup, kept);
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                MachineBackups.DemandBackedUp(backup, "restored from");
                VolumeAttachment.DemandAttachable(machine);
                if (machine.Text("zoneid") != backup.Text("zoneid"))
                {
                    throw ApiError.Refused($"The virtual machine {machine.Name} isn't in the zone of the backup {backup.Name}.");
                }

                ResourceLimits.Demand(call.State, machine.Owner!, LimitedResource.Volume);
                ResourceLimits.Demand(call.State, machine.Owner!, LimitedResource.PrimaryStorage, kept.Size);
            },
        };
    }

    private static void Attach(CloudState state, Entity machine, Entity backup, BackedUpVolume kept)
    {
        var offering = state.Store.Find(ResultClass.DiskOffering, kept.DiskOfferingId)
            ?? state.Table(ResultClass.DiskOffering).FirstOrDefault(o => o.Flag("iscustomized"))
            ?? throw ApiError.Refused("No disk offering of a custom size is there for the restored volume.");
        var zone = state.Store.Find(machine.Text("zoneid"))!;
        var volume = VolumeBuilder.CreateData(
            state, machine.Owner!, zone, offering, $"{backup.Name}-{kept.Name}", Math.Max(1, kept.Size / VolumeBuilder.Gigabyte));
        VolumeBuilder.MakeReady(state, volume);
        VolumeBuilder.Attach(state, volume, machine, VolumeAttachment.FreeDevice(machine, null));
    }

    private static Work CreateMachine(CommandCall call)
    {
        var backup = call.Target("backupid");
        MachineBackups.DemandBackedUp(backup, "made a machine of");
        if (backup.Text("zoneid") != call.Target("zoneid").Id && !IsForOtherZones(call.State, backup))
        {
            throw ApiError.Refused($"The backup {backup.Name} is of another zone, and its repository isn't shared between zones.");
        }

        var data = MachineBackups.VolumesOf(backup).Where(volume => volume.Type != "ROOT").ToList();
        ResourceLimits.Demand(call.State, call.NewOwner(), LimitedResource.Volume, data.Count + 1);
        ResourceLimits.Demand(call.State, call.NewOwner(), LimitedResource.PrimaryStorage, data.Sum(volume => volume.Size));
        var details = backup["vmdetails"] as IReadOnlyDictionary<string, string> ?? new Dictionary<string, string>();
        var work = MachineDeployment.Deploy(
            call,
            call.State.Store.Find(ResultClass.ServiceOffering, details.GetValueOrDefault("serviceofferingid")),
            call.State.Store.Find(ResultClass.Template, details.GetValueOrDefault("templateid")));
        return work with
        {
            Finish = () =>
            {
                var answer = work.Finish();
                foreach (var kept in data)
                {
                    Attach(call.State, work.Subject!, backup, kept);
                }

                return answer;
            },
        };
    }

    private static bool IsForOtherZones(CloudState state, Entity backup) =>
        state.Store.Find(BackupOfferings.Class, backup.Text("backupofferingid"))?.Flag("crosszoneinstancecreation") == true;
}
