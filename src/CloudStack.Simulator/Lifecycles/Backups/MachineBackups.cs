using System.Globalization;
using System.Text.Json;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Backups;

/// <summary>A volume as it was when its machine was backed up.</summary>
internal sealed record BackedUpVolume(string Id, string Name, string Type, long Size, string? DiskOfferingId);

/// <summary>Backups of machines: made, listed, deleted.</summary>
internal sealed class MachineBackups : ICommandFamily
{
    public const string Class = "BackupResponse";
    public const string BackingUp = "BackingUp";
    public const string BackedUp = "BackedUp";
    public const string Restoring = "Restoring";
    public const string Manual = "MANUAL";
    private const string VolumesAttribute = "volumes";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listBackups", List);
        commands.Begin("createBackup", Create);
        commands.Begin("deleteBackup", Delete);
    }

    public static IEnumerable<Entity> Of(CloudState state, Entity machine) =>
        state.Table(Class).Where(backup => backup.Text("virtualmachineid") == machine.Id);

    /// <summary>The volumes in a backup, the root volume first.</summary>
    public static IReadOnlyList<BackedUpVolume> VolumesOf(Entity backup) =>
        backup.Attribute<IReadOnlyList<BackedUpVolume>>(VolumesAttribute) ?? [];

    /// <exception cref="ApiError">The owner may have no further backup.</exception>
    public static void DemandRoom(CloudState state, Entity machine)
    {
        ResourceLimits.Demand(state, machine.Owner!, LimitedResource.Backup);
        ResourceLimits.Demand(state, machine.Owner!, LimitedResource.BackupStorage, VolumeBuilder.Of(machine).Sum(v => v.Number("size")));
    }

    /// <summary>Begins a backup of a machine that has an offering.</summary>
    public static Entity Begin(CloudState state, Entity machine, string interval)
    {
        var offering = BackupOfferings.Of(state, machine);
        var volumes = VolumeBuilder.Of(machine).Select(volume => new BackedUpVolume(
            volume.Id, volume.Name!, volume.Text("type")!, volume.Number("size"), volume.Text("diskofferingid"))).ToList();
        var backup = state.New(Class);
        backup["name"] = string.Create(CultureInfo.InvariantCulture, $"{machine.Name}-{state.Clock.GetUtcNow():yyyyMMddHHmmss}");
        backup["status"] = BackingUp;
        backup["type"] = "FULL";
        backup["intervaltype"] = interval;
        backup["created"] = state.Clock.GetUtcNow();
        backup["virtualmachineid"] = machine.Id;
        backup["virtualmachinename"] = machine.Link("name");
        backup["backupofferingid"] = offering.Id;
        backup["backupofferingname"] = offering.Link("name");
        backup["externalid"] = $"{machine.Text("instancename")}/{backup.Id}";
        backup["zoneid"] = machine.Text("zoneid");
        backup["zone"] = machine.Link("zonename");
        backup["virtualsize"] = volumes.Sum(volume => volume.Size);
        backup["size"] = 0L;
        backup["isbackupvmexpunged"] = false;
        backup["vmbackupofferingremoved"] = false;
        backup["volumes"] = JsonSerializer.Serialize(volumes.Select(v => new { uuid = v.Id, path = v.Id, size = v.Size, type = v.Type }));
        backup["vmdetails"] = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["serviceofferingid"] = machine.Text("serviceofferingid")!,
            ["templateid"] = machine.Text("templateid")!,
        };
        backup.SetAttribute(VolumesAttribute, volumes);
        machine.Owner!.Claim(backup);
        state.Store.Add(backup);
        return backup;
    }

    /// <summary>Ends a backup; what is written is what the volumes hold, a third of their size.</summary>
    public static void Complete(Entity backup)
    {
        backup["status"] = BackedUp;
        backup["size"] = backup.Number("virtualsize") / 3;
    }

    /// <summary>Keeps the backups of a machine that goes, as the server does.</summary>
    public static void Outlive(CloudState state, Entity machine)
    {
        foreach (var backup in Of(state, machine))
        {
            backup["isbackupvmexpunged"] = true;
        }
    }

    /// <exception cref="ApiError">The backup isn't complete, or being restored.</exception>
    public static void DemandBackedUp(Entity backup, string what)
    {
        if (backup.Text("status") != BackedUp)
        {
            throw ApiError.Refused($"The backup {backup.Name} can't be {what}: its status is {backup.Text("status")}, not {BackedUp}.");
        }
    }

    private static Answer List(CommandCall call) => Listing.Of(call, Class, null, "listvmdetails");

    private static Work Create(CommandCall call)
    {
        var machine = call.Target("virtualmachineid");
        BackupOfferings.DemandDriven(call, BackupOfferings.Of(call.State, machine));
        Compute.VirtualMachines.DemandState(machine, "back up", Compute.MachineState.Running, Compute.MachineState.Stopped);
        if (Of(call.State, machine).Any(backup => backup.Text("status") is BackingUp or Restoring))
        {
            throw ApiError.Refused($"Another backup of the virtual machine {machine.Name} is under way.");
        }

        DemandRoom(call.State, machine);
        var backup = Begin(call.State, machine, Manual);
        call.Apply(backup, "name", "description");
        return new Work(backup, () =>
        {
            Complete(backup);
            return Answer.Done;
        })
        {
            Queue = machine,
            Abandon = () => call.State.Store.Remove(backup),
        };
    }

    private static Work Delete(CommandCall call)
    {
        var backup = call.Target("id");
        return Work.Removing(call.State.Store, backup) with
        {
            Begin = () =>
            {
                if (!call.IsSet("forced"))
                {
                    DemandBackedUp(backup, "deleted");
                }
            },
        };
    }
}
