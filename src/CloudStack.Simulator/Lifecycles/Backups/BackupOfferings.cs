using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Backups;

/// <summary>Backup offerings: imported from a repository, given to machines and taken from them.</summary>
internal sealed class BackupOfferings : ICommandFamily
{
    public const string Class = "BackupOfferingResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listBackupOfferings", call => Listing.Of(call, Class));
        commands.Begin("importBackupOffering", Import);
        commands.Do("updateBackupOffering", Update);
        commands.Do("deleteBackupOffering", Delete);
        commands.Begin("assignVirtualMachineToBackupOffering", Assign);
        commands.Begin("removeVirtualMachineFromBackupOffering", Unassign);
    }

    public static Entity Create(CloudState state, Entity repository, string name, string text, bool isForUsers)
    {
        var offering = state.New(Class);
        offering["name"] = name;
        offering["description"] = text;
        offering["externalid"] = repository.Id;
        offering["provider"] = repository.Text("provider");
        offering["zoneid"] = repository.Text("zoneid");
        offering["zonename"] = repository.Link("zonename");
        offering["created"] = state.Clock.GetUtcNow();
        offering["allowuserdrivenbackups"] = isForUsers;
        offering["crosszoneinstancecreation"] = repository.Flag("crosszoneinstancecreation");
        state.Store.Add(offering);
        return offering;
    }

    /// <summary>The offering that a machine has.</summary>
    /// <exception cref="ApiError">It has none.</exception>
    public static Entity Of(CloudState state, Entity machine) => state.Store.Find(Class, machine.Text("backupofferingid"))
        ?? throw ApiError.Refused($"The virtual machine {machine.Name} has no backup offering; assign it one first.");

    /// <exception cref="ApiError">The offering leaves backups to administrators.</exception>
    public static void DemandDriven(CommandCall call, Entity offering)
    {
        if (call.Caller.Role == RoleType.User && !offering.Flag("allowuserdrivenbackups"))
        {
            throw ApiError.NotPermitted($"The backup offering {offering.Name} doesn't let users make or schedule backups of their own.");
        }
    }

    private static Work Import(CommandCall call)
    {
        var zone = call.Target("zoneid");
        var external = call.RequiredText("externalid");
        var repository = call.State.Store.Find(BackupRepositories.Class, external);
        if (repository is null || repository.Text("zoneid") != zone.Id)
        {
            throw ApiError.Refused($"The provider offers nothing with the id {external} in zone {zone.Name}; see listBackupProviderOfferings.");
        }

        return new Work(null, () => Answer.Of(Create(
            call.State, repository, call.RequiredText("name"), call.RequiredText("description"), call.IsSet("allowuserdrivenbackups"))))
        {
            Queue = repository,
            Begin = () =>
            {
                if (call.State.Table(Class).Any(o => o.Text("externalid") == external || o.Name == call.Text("name")))
                {
                    throw ApiError.Refused($"A backup offering with the name {call.Text("name")} or the external id {external} is there already.");
                }
            },
        };
    }

    private static Answer Update(CommandCall call)
    {
        var offering = call.Target("id");
        if (!call.Has("name") && !call.Has("description") && !call.Has("allowuserdrivenbackups"))
        {
            throw ApiError.Refused("Nothing to update: give a name, a description or allowuserdrivenbackups.");
        }

        call.Apply(offering, "name", "description", "allowuserdrivenbackups");
        return Answer.Of(offering);
    }

    private static Answer Delete(CommandCall call)
    {
        var offering = call.Target("id");
        if (call.State.Table(ResultClass.VirtualMachine).FirstOrDefault(m => m.Text("backupofferingid") == offering.Id) is { } machine)
        {
            throw ApiError.Refused($"The backup offering {offering.Name} is assigned to the virtual machine {machine.Name}.");
        }

        if (call.State.Table(MachineBackups.Class).Any(backup => backup.Text("backupofferingid") == offering.Id))
        {
            throw ApiError.Refused($"The backup offering {offering.Name} has backups; delete them first.");
        }

        call.State.Store.Remove(offering);
        return Answer.Done;
    }

    private static Work Assign(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        var offering = call.Target("backupofferingid");
        return new Work(machine, () =>
        {
            machine["backupofferingid"] = offering.Id;
            machine["backupofferingname"] = offering.Link("name");
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                VirtualMachines.DemandState(machine, "give a backup offering to", MachineState.Running, MachineState.Stopped);
                if (machine.Text("backupofferingid") is not null)
                {
                    throw ApiError.Refused($"The virtual machine {machine.Name} already has the backup offering {machine.Text("backupofferingname")}.");
                }

                if (offering.Table is null || offering.Text("zoneid") != machine.Text("zoneid"))
                {
                    throw ApiError.Refused($"The backup offering {offering.Name} isn't of the zone of the virtual machine {machine.Name}.");
                }
            },
        };
    }

    private static Work Unassign(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        return new Work(machine, () =>
        {
            machine["backupofferingid"] = null;
            machine["backupofferingname"] = null;
            BackupSchedules.Forget(call.State, machine);
            foreach (var backup in MachineBackups.Of(call.State, machine))
            {
                backup["vmbackupofferingremoved"] = true;
            }

            return Answer.Done;
        })
        {
            Begin = () =>
            {
                Of(call.State, machine);
                if (MachineBackups.Of(call.State, machine).Any(backup => backup.Text("status") != MachineBackups.BackedUp))
                {
                    throw ApiError.Refused($"A backup of the virtual machine {machine.Name} is under way; wait until it's done.");
                }
            },
        };
    }
}
