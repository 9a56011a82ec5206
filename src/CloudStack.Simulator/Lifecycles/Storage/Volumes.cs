using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Storage;

/// <summary>Volumes: made of an offering or a snapshot, changed, destroyed, recovered, deleted.</summary>
internal sealed class Volumes : ICommandFamily
{
    public const string Destroyed = "Destroy";
    private const long MaxGigabytes = 1024;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listVolumes", List);
        commands.Begin("createVolume", Create);
        commands.Do("deleteVolume", Delete);
        commands.Begin("destroyVolume", Destroy);
        commands.Do("recoverVolume", Recover);
        commands.Begin("updateVolume", Update);
        commands.Do("assignVolume", Assign);
    }

    public static Answer List(CommandCall call) => Listing.Of(
        call,
        ResultClass.Volume,
        volume => (volume.State != Destroyed || call.Caller.IsRoot)
            && (call.Text("hostid") is not { } host || HostOf(call.State, volume) == host),
        "hostid", "listsystemvms", "isencrypted");

    private static string? HostOf(CloudState state, Entity volume) =>
        volume.Text("virtualmachineid") is { } id ? state.Store.Find(id)?.Text("hostid") : null;

    private static Work Create(CommandCall call)
    {
        var owner = call.NewOwner(LimitedResource.Volume);
        var machine = call.Find("virtualmachineid");
        var (source, offering, zone, size) = Source(call);
        ResourceLimits.Demand(call.State, owner, LimitedResource.PrimaryStorage, size * VolumeBuilder.Gigabyte);
        if (machine is not null)
        {
            VolumeAttachment.DemandAttachable(machine);
        }

        var volume = VolumeBuilder.CreateData(
            call.State, owner, zone, offering, call.Text("name") ?? $"DATA-{call.State.Ids.NextId()[..8]}", size,
            call.ChosenId("customid"));
        volume["snapshotid"] = source?.Id;
        call.Apply(volume, "displayvolume", "miniops", "maxiops");
        return new Work(volume, () =>
        {
            if (source is not null || machine is not null)
            {
                VolumeBuilder.MakeReady(call.State, volume);
            }

            if (machine is not null)
            {
                VolumeBuilder.Attach(call.State, volume, machine, VolumeAttachment.FreeDevice(machine, null));
            }

            return Answer.Of(volume);
        })
        {
            Abandon = () => VolumeBuilder.Remove(call.State, volume),
        };
    }

    private static (Entity? Snapshot, Entity Offering, Entity Zone, long Gigabytes) Source(CommandCall call)
    {
        var snapshot = call.Find("snapshotid");
        var offering = call.Find("diskofferingid");
        if (snapshot is not null)
        {
            return FromSnapshot(call, snapshot, offering);
        }

        if (offering is null)
        {
            throw ApiError.Refused("Missing parameter(s), either a positive volume size must be specified with a disk offering id or a snapshot id must be passed in.");
        }

        var zone = call.Find("zoneid") ?? throw ApiError.Refused("Missing parameter, zone id.");
        if (offering.State != "Active")
        {
            throw ApiError.Refused($"The disk offering {offering.Name} isn't active.");
        }

        return (null, offering, zone, SizeOf(call, offering));
    }

    private static (Entity? Snapshot, Entity Offering, Entity Zone, long Gigabytes) FromSnapshot(
        CommandCall call, Entity snapshot, Entity? offering)
    {
        if (snapshot.State != SnapshotBuilder.BackedUp)
        {
            throw ApiError.Refused($"Snapshot {snapshot.Name} is not in {SnapshotBuilder.BackedUp} state yet and can't be used for volume creation.");
        }

        offering ??= call.State.Store.Find(ResultClass.DiskOffering, call.State.Store.Find(snapshot.Text("volumeid"))?.Text("diskofferingid") ?? "")
            ?? call.State.Table(ResultClass.DiskOffering).FirstOrDefault(o => o.Flag("iscustomized"))
            ?? throw ApiError.Missing(call.Command.Name, "diskofferingid");
        var zone = call.Find("zoneid") ?? call.State.Store.Find(snapshot.Text("zoneid")!)!;
        return (snapshot, offering, zone, Math.Max(1, snapshot.Number("virtualsize") / VolumeBuilder.Gigabyte));
    }

    /// <summary>The size in GB that an offering gives or leaves to the caller.</summary>
    public static long SizeOf(CommandCall call, Entity offering)
    {
        if (!offering.Flag("iscustomized"))
        {
            return call.Has("size") && call.Number("size") != offering.Number("disksize")
                ? throw ApiError.Refused($"This disk offering does not allow custom sizes; {offering.Name} has {offering.Number("disksize")} GB.")
                : offering.Number("disksize");
        }

        return call.Number("size") is { } size and > 0 and <= MaxGigabytes
            ? size
            : throw ApiError.Refused($"Please specify a volume size in the range of 1 Gb to {MaxGigabytes} Gb.");
    }

    private static Answer Delete(CommandCall call)
    {
        var volume = call.Target("id");
        DemandDisposable(volume);
        call.State.Jobs.DemandIdle(volume);
        VolumeBuilder.Remove(call.State, volume);
        return Answer.Done;
    }

    private static Work Destroy(CommandCall call)
    {
        var volume = call.Target("id");
        return Work.On(volume, () =>
        {
            volume["state"] = Destroyed;
            SnapshotPolicies.Forget(call.State, volume);
            if (call.IsSet("expunge"))
            {
                VolumeBuilder.Remove(call.State, volume);
            }
        }) with
        {
            Begin = () =>
            {
                DemandDisposable(volume);
                if (volume.State == Destroyed)
                {
                    throw ApiError.Refused($"Volume {volume.Name} is destroyed already.");
                }
            },
        };
    }

    private static Answer Recover(CommandCall call)
    {
        var volume = call.Target("id");
        if (volume.State != Destroyed)
        {
            throw ApiError.Refused($"Volume {volume.Name} is in state {volume.State}; only a volume in state {Destroyed} can be recovered.");
        }

        volume["state"] = volume.Text("storageid") is null ? VolumeBuilder.Allocated : VolumeBuilder.Ready;
        return Answer.Of(volume);
    }

    /// <exception cref="ApiError">A machine has the volume, or it's protected.</exception>
    public static void DemandDisposable(Entity volume)
    {
        if (volume.Text("virtualmachineid") is not null)
        {
            throw ApiError.Refused($"Please specify a volume that is not attached to any VM: {volume.Name} is attached to {volume.Text("vmname")}.");
        }

        if (volume.Flag("deleteprotection"))
        {
            throw ApiError.Refused($"Volume {volume.Name} has delete protection enabled and can't be deleted.");
        }
    }

    private static Work Update(CommandCall call)
    {
        var volume = call.Target("id");
        return Work.On(volume, () => call.Apply(volume, "name", "displayvolume", "chaininfo", "path", "deleteprotection"));
    }

    private static Answer Assign(CommandCall call)
    {
        var volume = call.Target("volumeid");
        if (volume.Text("virtualmachineid") is not null)
        {
            throw ApiError.Refused($"Volume {volume.Name} is attached to {volume.Text("vmname")}; detach it before it gets another owner.");
        }

        call.State.Jobs.DemandIdle(volume);
        var owner = call.Find("accountid") is { } account ? Owner.OfAccount(account)
            : call.Find("projectid") is { } project ? Owner.OfProject(project)
            : throw ApiError.Refused("Please provide an account or a project to assign the volume to.");
        owner.Claim(volume);
        return Answer.Of(volume);
    }
}
