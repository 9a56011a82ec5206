using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>Primary storage: added, taken into maintenance, deleted when no volume is on it.</summary>
internal sealed class PrimaryStorage : ICommandFamily
{
    private const string Maintenance = "Maintenance";
    private const long DefaultBytes = 4L << 40;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listStoragePools", List);
        commands.Do("createStoragePool", Create);
        commands.Do("updateStoragePool", Update);
        commands.Do("deleteStoragePool", Delete);
        commands.Begin("enableStorageMaintenance", Enable);
        commands.Begin("cancelStorageMaintenance", Cancel);
    }

    public static Answer List(CommandCall call) => Listing.Of(
        call, ResultClass.StoragePool, pool => call.Text("status") is not { } status || string.Equals(pool.State, status, StringComparison.OrdinalIgnoreCase),
        "hostid");

    private static Answer Create(CommandCall call)
    {
        var zone = call.Target("zoneid");
        var name = call.RequiredText("name");
        var url = call.RequiredText("url");
        if (!Uri.TryCreate(url, UriKind.Absolute, out _))
        {
            throw ApiError.Refused($"{url} is not a valid uri");
        }

        if (call.State.Table(ResultClass.StoragePool).Any(p => p.Name == name))
        {
            throw ApiError.Refused($"The storage pool name {name} is taken.");
        }

        var bytes = call.Number("capacitybytes") ?? DefaultBytes;
        var isForZone = string.Equals(call.Text("scope"), "zone", StringComparison.OrdinalIgnoreCase);
        if (!isForZone && !call.Has("clusterid"))
        {
            throw ApiError.Missing(call.Command.Name, "clusterid");
        }

        var pool = isForZone
            ? InfrastructureBuilder.CreateZonePool(call.State, zone, name, url, bytes)
            : InfrastructureBuilder.CreatePool(call.State, call.Target("clusterid"), name, url, bytes);
        call.Apply(pool, "tags", "provider", "managed", "capacityiops");
        return Answer.Of(pool);
    }

    private static Answer Update(CommandCall call)
    {
        var pool = call.Target("id");
        if (call.Flag("enabled") is { } isEnabled)
        {
            pool["state"] = isEnabled ? "Up" : "Disabled";
        }

        call.Apply(pool, "name", "capacityiops");
        if (call.Texts("tags") is { Count: > 0 } tags)
        {
            pool["tags"] = string.Join(',', tags);
        }

        pool["disksizetotal"] = call.Number("capacitybytes") ?? pool.Number("disksizetotal");
        return Answer.Of(pool);
    }

    private static Answer Delete(CommandCall call)
    {
        var pool = call.Target("id");
        if (pool.State != Maintenance)
        {
            throw ApiError.Refused($"Unable to delete storage {pool.Name}: it is in state {pool.State}, which has to be {Maintenance}.");
        }

        if (call.State.Table(ResultClass.Volume).Any(volume => volume.Text("storageid") == pool.Id) && !call.IsSet("forced"))
        {
            throw ApiError.StillInUse($"Cannot delete pool {pool.Name} as there are associated volumes for this pool.");
        }

        call.State.Store.Remove(pool);
        return Answer.Done;
    }

    private static Work Enable(CommandCall call)
    {
        var pool = call.Target("id");
        return Work.On(pool, () => pool["state"] = Maintenance) with
        {
            Begin = () => Demand(pool, "Up", "put into maintenance"),
        };
    }

    private static Work Cancel(CommandCall call)
    {
        var pool = call.Target("id");
        return Work.On(pool, () => pool["state"] = "Up") with
        {
            Begin = () => Demand(pool, Maintenance, "taken out of maintenance"),
        };
    }

    private static void Demand(Entity pool, string needed, string what)
    {
        if (pool.State != needed)
        {
            throw ApiError.Refused($"Primary storage {pool.Name} can't be {what}: its state is {pool.State}, not {needed}.");
        }
    }
}
