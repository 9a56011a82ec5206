using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>Data moved between image stores, older ways to add them, and staging stores.</summary>
internal sealed class ImageStoreData : ICommandFamily
{
    private const string Staging = "ImageCacheStore";
    private static readonly string[] Policies = ["BALANCE", "COMPLETE"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("addSecondaryStorage", AddNfs);
        commands.Begin("migrateSecondaryStorageData", Migrate);
        commands.Begin("migrateResourceToAnotherSecondaryStorage", MigrateSome);
        commands.Do("createSecondaryStagingStore", CreateStaging);
        commands.Read("listSecondaryStagingStores", call => Answer.List(call.State.Table(ResultClass.ImageStore)
            .Where(store => IsStaging(store) && Matches(call, store))));
        commands.Do("deleteSecondaryStagingStore", DeleteStaging);
    }

    /// <summary>True for a store that only holds copies of an object store's images for a while.</summary>
    public static bool IsStaging(Entity store) => store.Attribute<string>(Staging) is not null;

    private static bool Matches(CommandCall call, Entity store) => Array.TrueForAll(
        (string[])["id", "name", "zoneid", "protocol"], field => call.Text(field) is not { } wanted || store.Text(field) == wanted);

    private static Answer AddNfs(CommandCall call) =>
        Answer.Of(InfrastructureBuilder.CreateImageStore(call.State, call.Find("zoneid"), DemandNfs(call), "NFS", call.Text("url")));

    private static string DemandNfs(CommandCall call)
    {
        var url = call.RequiredText("url");
        if (!url.StartsWith("nfs://", StringComparison.OrdinalIgnoreCase) || !Uri.TryCreate(url, UriKind.Absolute, out _))
        {
            throw ApiError.Refused($"{url} isn't a URL of the form nfs://server/path.");
        }

        return call.State.Table(ResultClass.ImageStore).Any(store => store.Text("url") == url)
            ? throw ApiError.Refused($"The image store {url} is there already.")
            : url;
    }

    private static Work Migrate(CommandCall call)
    {
        var source = call.Target("srcpool");
        var targets = call.FindAll("destpools");
        var policy = (call.Text("migrationtype") ?? "COMPLETE").ToUpperInvariant();
        if (!Policies.Contains(policy))
        {
            throw ApiError.Refused($"Invalid migration type {call.Text("migrationtype")}; one of {string.Join(", ", Policies)} is valid.");
        }

        DemandTargets(source, targets);
        return new Work(source, () =>
        {
            var moving = policy == "COMPLETE" ? source.Number("disksizeused") : source.Number("disksizeused") / (targets.Count + 1) * targets.Count;
            Move(source, targets, moving);
            return Result(call, policy, $"{policy} migration from {source.Name} succeeded");
        })
        {
            Begin = () =>
            {
                if (policy == "COMPLETE" && !source.Flag("readonly"))
                {
                    source["readonly"] = true;
                }
            },
        };
    }

    private static void DemandTargets(Entity source, IReadOnlyList<Entity> targets)
    {
        if (targets.Count == 0)
        {
            throw ApiError.Refused("No destination image store was given.");
        }

        foreach (var target in targets)
        {
            if (target == source || target.Flag("readonly") || target.Text("zoneid") != source.Text("zoneid")
                || target.Text("providername") != source.Text("providername"))
            {
                throw ApiError.Refused(
                    $"The image store {target.Name} can't take data of {source.Name}: it's the same, read-only, of another zone or another kind.");
            }
        }
    }

    private static Work MigrateSome(CommandCall call)
    {
        var source = call.Target("srcpool");
        var target = call.Target("destpool");
        var resources = call.FindAll("templates").Concat(call.FindAll("snapshots")).ToList();
        if (resources.Count == 0)
        {
            throw ApiError.Refused("Please give templates or snapshots to migrate.");
        }

        DemandTargets(source, [target]);
        return new Work(source, () =>
        {
            Move(source, [target], Math.Min(source.Number("disksizeused"), resources.Sum(resource => resource.Number("physicalsize"))));
            return Result(call, "COMPLETE", $"{resources.Count} resources were moved from {source.Name} to {target.Name}");
        });
    }

    private static void Move(Entity source, IReadOnlyList<Entity> targets, long bytes)
    {
        source["disksizeused"] = source.Number("disksizeused") - bytes;
        for (var i = 0; i < targets.Count; i++)
        {
            var share = (bytes / targets.Count) + (i == 0 ? bytes % targets.Count : 0);
            targets[i]["disksizeused"] = targets[i].Number("disksizeused") + share;
        }
    }

    private static Answer Result(CommandCall call, string type, string message)
    {
        var result = call.New("MigrationResponse");
        result["success"] = true;
        result["migrationtype"] = type;
        result["message"] = message;
        return Answer.Of(result);
    }

    private static Answer CreateStaging(CommandCall call)
    {
        if (call.Text("provider") is { Length: > 0 } provider && !provider.Equals("NFS", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiError.Refused($"A staging store of the provider {provider} can't be made; only NFS serves.");
        }

        var store = InfrastructureBuilder.CreateImageStore(call.State, call.Find("zoneid"), DemandNfs(call), "NFS", call.Text("url"));
        store["scope"] = call.Text("scope") ?? store.Text("scope");
        store.SetAttribute(Staging, Staging);
        return Answer.Of(store);
    }

    private static Answer DeleteStaging(CommandCall call)
    {
        var store = call.Target("id");
        if (!IsStaging(store))
        {
            throw ApiError.Refused($"The image store {store.Name} isn't a staging store.");
        }

        call.State.Store.Remove(store);
        return Answer.Done;
    }
}
