using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Storage;

/// <summary>Shared file systems: made, started, stopped, changed, destroyed, recovered, expunged.</summary>
internal sealed class SharedFileSystems : ICommandFamily
{
    private const string Ready = "Ready";
    private const string Stopped = "Stopped";
    private const string Destroyed = "Destroyed";
    private const string Error = "Error";
    private const long FewestCpus = 2;
    private const long LeastMegabytes = 1024;

    private static readonly TimeSpan ExpungeDelay = TimeSpan.FromDays(1);
    private static readonly string[] Formats = ["EXT4", "XFS"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listSharedFileSystemProviders", ListProviders);
        commands.Read("listSharedFileSystems", call => Listing.Of(call, SharedFileSystemBuilder.Class));
        commands.Begin("createSharedFileSystem", Create);
        commands.Do("updateSharedFileSystem", Update);
        commands.Begin("startSharedFileSystem", call => Enter(call, "start", Ready, Stopped));
        commands.Begin("stopSharedFileSystem", call => Enter(call, "stop", Stopped, Ready));
        commands.Begin("restartSharedFileSystem", call => Enter(call, "restart", Ready, Ready, Stopped));
        commands.Begin("changeSharedFileSystemServiceOffering", ChangeOffering);
        commands.Begin("changeSharedFileSystemDiskOffering", ChangeDisk);
        commands.Begin("destroySharedFileSystem", Destroy);
        commands.Do("recoverSharedFileSystem", Recover);
        commands.Begin("expungeSharedFileSystem", Expunge);
    }

    private static Answer ListProviders(CommandCall call)
    {
        var provider = call.New("SharedFSProviderResponse");
        provider["name"] = "SHAREDFSVM";
        return Answer.List([provider]);
    }

    private static Work Create(CommandCall call)
    {
        var owner = call.NewOwner(LimitedResource.Volume);
        var network = call.Target("networkid");
        var offering = call.Target("serviceofferingid");
        var diskOffering = call.Target("diskofferingid");
        var format = call.RequiredText("filesystem").ToUpperInvariant();
        if (!Formats.Contains(format))
        {
            throw ApiError.Refused($"Invalid file system format {call.Text("filesystem")}; one of {string.Join(", ", Formats)} is valid.");
        }

        if (network.Text("zoneid") != call.Target("zoneid").Id)
        {
            throw ApiError.Refused($"The network {network.Name} isn't in the zone given.");
        }

        if (network.Text("type") != "Isolated" && network.Text("type") != "Shared")
        {
            throw ApiError.Refused($"The network {network.Name} of type {network.Text("type")} can't carry a shared file system.");
        }

        DemandOffering(offering);
        var gigabytes = Volumes.SizeOf(call, diskOffering);
        ResourceLimits.Demand(call.State, owner, LimitedResource.PrimaryStorage, gigabytes * VolumeBuilder.Gigabyte);
        Networking.GuestNetworks.DemandAddress(network, null);
        var entity = call.Create(SharedFileSystemBuilder.Class, owner);
        call.Apply(entity, "name", "description");
        entity["filesystem"] = format;
        entity["state"] = "Allocated";
        SharedFileSystemBuilder.Create(call.State, entity, network, offering, diskOffering, gigabytes);
        return Work.On(entity, () =>
        {
            SharedFileSystemBuilder.Deploy(call.State, entity);
            entity["state"] = Ready;
        }) with
        {
            Begin = () => entity["state"] = "Deploying",
            Abandon = () => SharedFileSystemBuilder.Remove(call.State, entity),
        };
    }

    private static void DemandOffering(Entity offering)
    {
        if (!offering.Flag("iscustomized") && (offering.Number("cpunumber") < FewestCpus || offering.Number("memory") < LeastMegabytes))
        {
            throw ApiError.Refused(
                $"The service offering {offering.Name} is too small for a shared file system, which needs {FewestCpus} CPUs and {LeastMegabytes} MB.");
        }
    }

    private static Answer Update(CommandCall call)
    {
        var entity = call.Target("id");
        call.Apply(entity, "name", "description");
        return Answer.Of(entity);
    }

    private static Work Enter(CommandCall call, string action, string reached, params string[] from)
    {
        var entity = call.Target("id");
        return Work.On(entity, () => entity["state"] = reached) with
        {
            Begin = () =>
            {
                DemandState(entity, action, from);
                entity["state"] = reached == Ready ? "Starting" : "Stopping";
            },
        };
    }

    private static Work ChangeOffering(CommandCall call)
    {
        var entity = call.Target("id");
        var offering = call.Target("serviceofferingid");
        return Work.On(entity, () => SharedFileSystemBuilder.SetOffering(entity, offering)) with
        {
            Begin = () =>
            {
                DemandState(entity, "change the service offering of", Stopped);
                DemandOffering(offering);
            },
        };
    }

    private static Work ChangeDisk(CommandCall call)
    {
        var entity = call.Target("id");
        return Work.On(entity, () =>
        {
            var volume = SharedFileSystemBuilder.VolumeOf(call.State, entity);
            var bytes = NewBytes(call, volume);
            VolumeBuilder.AddUsage(call.State, volume, -1);
            if (call.Find("diskofferingid") is { } offering)
            {
                VolumeBuilder.SetOffering(volume, offering);
            }

            volume["size"] = bytes;
            VolumeBuilder.AddUsage(call.State, volume, 1);
            SharedFileSystemBuilder.ShowSize(entity, volume);
        }) with
        {
            Begin = () =>
            {
                DemandState(entity, "change the disk offering of", Ready, Stopped);
                var volume = SharedFileSystemBuilder.VolumeOf(call.State, entity);
                var more = NewBytes(call, volume) - volume.Number("size");
                if (more < 0)
                {
                    throw ApiError.Refused($"The shared file system {entity.Name} can grow but not shrink.");
                }

                ResourceLimits.Demand(call.State, entity.Owner!, LimitedResource.PrimaryStorage, more);
            },
        };
    }

    private static long NewBytes(CommandCall call, Entity volume)
    {
        var offering = call.Find("diskofferingid") ?? call.State.Store.Find(ResultClass.DiskOffering, volume.Text("diskofferingid"))
            ?? throw ApiError.Missing(call.Command.Name, "diskofferingid");
        return offering.Flag("iscustomized") && !call.Has("size")
            ? volume.Number("size")
            : Volumes.SizeOf(call, offering) * VolumeBuilder.Gigabyte;
    }

    private static Work Destroy(CommandCall call)
    {
        var entity = call.Target("id");
        return new Work(entity, () =>
        {
            if (call.IsSet("expunge"))
            {
                SharedFileSystemBuilder.Remove(call.State, entity);
                return Answer.Done;
            }

            entity["state"] = Destroyed;
            var mark = new object();
            entity.SetAttribute(Destroyed, mark);
            call.State.Timeline.At(call.State.Clock.GetUtcNow() + ExpungeDelay, () =>
            {
                if (entity.Table is not null && entity.State == Destroyed && entity.Attribute<object>(Destroyed) == mark)
                {
                    SharedFileSystemBuilder.Remove(call.State, entity);
                }
            });
            return Answer.Done;
        })
        {
            Begin = () =>
            {
                DemandState(entity, "destroy", Ready, Stopped);
                if (entity.State == Ready && !call.IsSet("forced"))
                {
                    throw ApiError.Refused($"The shared file system {entity.Name} is running; stop it first, or force its end.");
                }
            },
        };
    }

    private static Answer Recover(CommandCall call)
    {
        var entity = call.Target("id");
        DemandState(entity, "recover", Destroyed);
        entity["state"] = Stopped;
        return Answer.Done;
    }

    private static Work Expunge(CommandCall call)
    {
        var entity = call.Target("id");
        return new Work(entity, () =>
        {
            SharedFileSystemBuilder.Remove(call.State, entity);
            return Answer.Done;
        })
        {
            Begin = () => DemandState(entity, "expunge", Destroyed, Error),
        };
    }

    private static void DemandState(Entity entity, string action, params string[] states)
    {
        if (!states.Contains(entity.State))
        {
            throw ApiError.Refused(
                $"Unable to {action} the shared file system {entity.Name}: its state is {entity.State}, not {string.Join(" or ", states)}.");
        }
    }
}
