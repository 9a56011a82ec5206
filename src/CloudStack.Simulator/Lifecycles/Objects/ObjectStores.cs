using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Objects;

/// <summary>Object stores: where buckets are kept.</summary>
internal sealed class ObjectStores : ICommandFamily
{
    public const string Class = "ObjectStoreResponse";
    private const long Gigabyte = 1L << 30;
    private const long DefaultBytes = 10L << 40;

    private static readonly string[] Providers = ["MinIO", "Ceph", "Cloudian HyperStore", "ECS", "Simulator"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listObjectStoragePools", call => Listing.Of(
            call, Class, store => call.Text("provider") is not { } p || string.Equals(store.Text("providername"), p, StringComparison.OrdinalIgnoreCase),
            "provider"));
        commands.Do("addObjectStoragePool", Add);
        commands.Do("updateObjectStoragePool", Update);
        commands.Do("deleteObjectStoragePool", Delete);
    }

    public static Entity Create(CloudState state, string name, string provider, string url, long bytes)
    {
        var store = state.New(Class);
        store["name"] = name;
        store["providername"] = provider;
        store["url"] = url;
        store["storagetotal"] = bytes;
        store["storageallocated"] = 0L;
        store["storageused"] = 0L;
        state.Store.Add(store);
        return store;
    }

    /// <summary>Sums up what a store's buckets may take and hold.</summary>
    public static void Recount(CloudState state, Entity store)
    {
        var buckets = state.Table(Buckets.Class).Where(bucket => bucket.Text("objectstorageid") == store.Id).ToList();
        store["storageallocated"] = buckets.Sum(bucket => bucket.Number("quota") * Gigabyte);
        store["storageused"] = buckets.Sum(bucket => bucket.Number("size"));
    }

    private static Answer Add(CommandCall call)
    {
        var provider = Providers.FirstOrDefault(p => p.Equals(call.Text("provider"), StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.Refused($"can't find object store provider: {call.Text("provider")}");
        DemandFree(call, null);
        return Answer.Of(Create(
            call.State, call.RequiredText("name"), provider, call.RequiredText("url"), call.Number("size") * Gigabyte ?? DefaultBytes));
    }

    private static Answer Update(CommandCall call)
    {
        var store = call.Target("id");
        DemandFree(call, store);
        var total = call.Number("size") * Gigabyte ?? store.Number("storagetotal");
        if (total < store.Number("storageallocated"))
        {
            throw ApiError.Refused($"The object store {store.Name} can't shrink below what its buckets may take.");
        }

        store["storagetotal"] = total;
        call.Apply(store, "name", "url");
        return Answer.Of(store);
    }

    private static void DemandFree(CommandCall call, Entity? self)
    {
        if (call.Text("url") is { } url && !(Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https"))
        {
            throw ApiError.Refused($"{url} is not a valid URL of an object store.");
        }

        if (call.Number("size") is <= 0)
        {
            throw ApiError.Refused("The size has to be a positive number of GB.");
        }

        if (call.State.Table(Class).FirstOrDefault(s => s != self && (s.Name == call.Text("name") || s.Text("url") == call.Text("url"))) is { } other)
        {
            throw ApiError.Refused($"The object store {other.Name} with the URL {other.Text("url")} is there already.");
        }
    }

    private static Answer Delete(CommandCall call)
    {
        var store = call.Target("id");
        if (call.State.Table(Buckets.Class).Any(bucket => bucket.Text("objectstorageid") == store.Id))
        {
            throw ApiError.Refused($"Cannot delete object store {store.Name} with buckets.");
        }

        call.State.Store.Remove(store);
        return Answer.Done;
    }
}
