using System.Text.RegularExpressions;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Access.Limits;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Objects;

/// <summary>Buckets of an object store: quota, policy, versioning, encryption.</summary>
internal sealed partial class Buckets : ICommandFamily
{
    public const string Class = "BucketResponse";
    private const string KeyAttribute = "bucketkey";
    private static readonly string[] Policies = ["public", "private"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listBuckets", call => Listing.Of(call, Class));
        commands.Begin("createBucket", Create);
        commands.Do("updateBucket", Update);
        commands.Do("deleteBucket", Delete);
    }

    private static Work Create(CommandCall call)
    {
        var owner = call.NewOwner(LimitedResource.Bucket);
        var store = call.Target("objectstorageid");
        var name = call.RequiredText("name");
        if (!BucketName().IsMatch(name) || name.Contains("..", StringComparison.Ordinal))
        {
            throw ApiError.Refused($"Invalid bucket name {name}: 3 to 63 lower-case letters, digits, dots and hyphens, no hyphen or dot at its ends.");
        }

        if (call.State.Table(Class).Any(bucket => bucket.Text("objectstorageid") == store.Id && bucket.Name == name))
        {
            throw ApiError.Refused($"Bucket with name {name} already exists in the object store {store.Name}.");
        }

        if (call.IsSet("objectlocking") && call.Flag("versioning") == false)
        {
            throw ApiError.Refused("Object locking needs versioning.");
        }

        var quota = Quota(call)!.Value;
        ResourceLimits.Demand(call.State, owner, LimitedResource.ObjectStorage, quota * VolumeBuilder.Gigabyte);
        DemandRoom(store, quota);
        var policy = Policy(call) ?? "private";
        var bucket = call.Create(Class, owner);
        bucket["name"] = name;
        bucket["objectstorageid"] = store.Id;
        bucket["objectstore"] = store.Link("name");
        bucket["provider"] = store.Link("providername");
        bucket["url"] = $"{store.Text("url")?.TrimEnd('/')}/{name}";
        bucket["quota"] = quota;
        bucket["size"] = 0L;
        bucket["policy"] = policy;
        bucket["objectlocking"] = call.IsSet("objectlocking");
        bucket["versioning"] = call.IsSet("versioning") || call.IsSet("objectlocking");
        bucket["encryption"] = call.IsSet("encryption");
        bucket["accesskey"] = AccessKey(call.State, owner);
        bucket["state"] = "Allocated";
        ObjectStores.Recount(call.State, store);
        return new Work(bucket, () =>
        {
            bucket["state"] = "Created";
            return Answer.Of(bucket);
        })
        {
            Queue = store,
            Abandon = () => Remove(call.State, bucket),
        };
    }

    // An owner's buckets of all stores are opened by one key.
    private static string AccessKey(CloudState state, Owner owner)
    {
        if (owner.Holder.Attribute<string>(KeyAttribute) is not { } key)
        {
            owner.Holder.SetAttribute(KeyAttribute, key = state.Ids.NextText(20));
        }

        return key;
    }

    private static Answer Update(CommandCall call)
    {
        var bucket = call.Target("id");
        var policy = Policy(call);
        if (bucket.Flag("objectlocking") && call.Flag("versioning") == false)
        {
            throw ApiError.Refused($"The bucket {bucket.Name} locks its objects, which needs versioning.");
        }

        if (Quota(call) is { } quota)
        {
            var more = quota - bucket.Number("quota");
            ResourceLimits.Demand(call.State, bucket.Owner!, LimitedResource.ObjectStorage, more * VolumeBuilder.Gigabyte);
            var store = call.State.Store.Find(ObjectStores.Class, bucket.Text("objectstorageid"));
            if (store is not null)
            {
                DemandRoom(store, more);
            }

            bucket["quota"] = quota;
            if (store is not null)
            {
                ObjectStores.Recount(call.State, store);
            }
        }

        bucket["policy"] = policy ?? bucket.Text("policy");
        call.Apply(bucket, "versioning", "encryption");
        return Answer.Done;
    }

    private static long? Quota(CommandCall call) => call.Number("quota") is < 0 or > int.MaxValue
        ? throw ApiError.Refused($"The quota {call.Number("quota")} isn't a number of GB.")
        : call.Number("quota");

    private static void DemandRoom(Entity store, long gigabytes)
    {
        if (gigabytes > 0 && store.Number("storageallocated") + (gigabytes * VolumeBuilder.Gigabyte) > store.Number("storagetotal"))
        {
            throw ApiError.Exhausted($"The object store {store.Name} has no room for {gigabytes} GB more.");
        }
    }

    private static string? Policy(CommandCall call) => call.Text("policy") is not { Length: > 0 } wanted
        ? null
        : Array.Find(Policies, policy => policy.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.Refused($"The policy {wanted} isn't known; {string.Join(" and ", Policies)} are.");

    private static Answer Delete(CommandCall call)
    {
        Remove(call.State, call.Target("id"));
        return Answer.Done;
    }

    /// <summary>Takes a bucket away, out of what its store counts.</summary>
    public static void Remove(CloudState state, Entity bucket)
    {
        state.Store.Remove(bucket);
        if (state.Store.Find(ObjectStores.Class, bucket.Text("objectstorageid")) is { } store)
        {
            ObjectStores.Recount(state, store);
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", RegexOptions.CultureInvariant)]
    private static partial Regex BucketName();
}
