using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Compute;
using CloudStack.Simulator.Lifecycles.Storage;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>Whom primary storage serves: its scope, tags, access groups, and where volumes could move.</summary>
internal sealed class StorageScopes : ICommandFamily
{
    private const string ClusterScope = "CLUSTER";
    private const string ZoneScope = "ZONE";

    private static readonly Dictionary<string, string[]> Providers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["primary"] = ["DefaultPrimary"],
        ["image"] = ["NFS", "S3", "Swift", "SMB"],
        ["object"] = ["MinIO", "Ceph", "Cloudian HyperStore", "ECS", "Simulator"],
    };

    // A place's parameter and its class.
    private static readonly (string Parameter, string Class)[] Places =
    [
        ("storageid", ResultClass.StoragePool), ("hostid", ResultClass.Host), ("clusterid", ResultClass.Cluster),
        ("podid", ResultClass.Pod), ("zoneid", ResultClass.Zone),
    ];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("changeStoragePoolScope", ChangeScope);
        commands.Read("listAffectedVmsForStorageScopeChange", ListAffected);
        commands.Read("findStoragePoolsForMigration", FindPools);
        commands.Read("listStorageTags", ListTags);
        commands.Read("listStorageProviders", ListProviders);
        commands.Do("updateStorageCapabilities", UpdateCapabilities);
        commands.Begin("configureStorageAccess", ConfigureAccess);
        commands.Read("listStorageAccessGroups", ListAccessGroups);
    }

    private static Work ChangeScope(CommandCall call)
    {
        var pool = call.Target("id");
        var scope = call.RequiredText("scope").ToUpperInvariant();
        var cluster = call.Find("clusterid");
        if (scope is not (ClusterScope or ZoneScope))
        {
            throw ApiError.Refused($"Invalid scope {call.Text("scope")}; the scope of primary storage is Cluster or Zone.");
        }

        if (scope == ClusterScope && cluster is null)
        {
            throw ApiError.Missing(call.Command.Name, "clusterid");
        }

        return new Work(pool, () =>
        {
            pool["scope"] = scope;
            var home = scope == ClusterScope ? cluster : null;
            pool["clusterid"] = home?.Id;
            pool["clustername"] = home?.Link("name");
            pool["podid"] = home?.Text("podid");
            pool["podname"] = home?.Link("podname");
            return Answer.Done;
        })
        {
            Begin = () => DemandChangeable(call, pool, scope, cluster),
        };
    }

    private static void DemandChangeable(CommandCall call, Entity pool, string scope, Entity? cluster)
    {
        if (pool.State != "Disabled")
        {
            throw ApiError.Refused($"The scope of {pool.Name} can only be changed while it is Disabled; it is {pool.State}.");
        }

        if (pool.Text("scope") == scope)
        {
            throw ApiError.Refused($"The scope of {pool.Name} is {scope} already.");
        }

        if (scope == ClusterScope && Affected(call.State, pool, cluster!).FirstOrDefault() is { } machine)
        {
            throw ApiError.Refused($"The virtual machine {machine.Name} runs in another cluster with a volume on {pool.Name}; stop or move it.");
        }
    }

    private static IEnumerable<Entity> Affected(CloudState state, Entity pool, Entity cluster) => state.Table(ResultClass.VirtualMachine)
        .Where(machine => machine.State == MachineState.Running
            && VolumeBuilder.Of(machine).Any(volume => volume.Text("storageid") == pool.Id)
            && state.Store.Find(machine.Text("hostid"))?.Text("clusterid") != cluster.Id);

    private static Answer ListAffected(CommandCall call) => Answer.List(
        Affected(call.State, call.Target("storageid"), call.Target("clusterid")).Select(machine =>
        {
            var shown = call.New("VirtualMachineResponse", machine.Id);
            var host = call.State.Store.Find(machine.Text("hostid"));
            shown["name"] = machine.Name;
            shown["type"] = "User";
            shown["hostid"] = host?.Id;
            shown["hostname"] = host?.Name;
            shown["clusterid"] = host?.Text("clusterid");
            shown["clustername"] = host?.Text("clustername");
            return shown;
        }));

    private static Answer FindPools(CommandCall call)
    {
        var volume = call.Target("id");
        return Answer.List(call.State.Table(ResultClass.StoragePool)
            .Where(pool => pool.Text("zoneid") == volume.Text("zoneid") && pool.Id != volume.Text("storageid") && pool.State == "Up")
            .Select(pool =>
            {
                var shown = pool.Copy();
                shown["suitableformigration"] = pool.Number("disksizeallocated") + volume.Number("size") <= pool.Number("disksizetotal");
                return shown;
            }));
    }

    private static Answer ListTags(CommandCall call) => Answer.List(call.State.Table(ResultClass.StoragePool)
        .SelectMany(pool => (pool.Text("tags") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(tag => (pool, tag)))
        .Select(pair =>
        {
            var shown = call.New("StorageTagResponse", $"{pair.pool.Id}/{pair.tag}");
            shown["name"] = pair.tag;
            return shown;
        }));

    private static Answer ListProviders(CommandCall call)
    {
        var type = call.RequiredText("type");
        var names = Providers.GetValueOrDefault(type) ?? throw ApiError.Refused($"Invalid type {type}; one of {string.Join(", ", Providers.Keys)} is valid.");
        return Answer.List(names.Select(name =>
        {
            var shown = call.New("StorageProviderResponse", name);
            shown["name"] = name;
            shown["type"] = type;
            return shown;
        }));
    }

    private static Answer UpdateCapabilities(CommandCall call)
    {
        var pool = call.Target("id");
        if (pool.Text("type") != "NetworkFilesystem")
        {
            throw ApiError.Refused($"The capabilities of {pool.Name} can't be asked for: it's {pool.Text("type")}, not NetworkFilesystem.");
        }

        pool["storagecapabilities"] = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HARDWARE_ACCELERATION"] = "false",
            ["VOLUME_SNAPSHOT_QUIESCEVM"] = "false",
        };
        return Answer.List([pool]);
    }

    private static Work ConfigureAccess(CommandCall call)
    {
        var named = Places.Where(place => call.Has(place.Parameter)).ToList();
        if (named.Count != 1)
        {
            throw ApiError.Refused("Please give exactly one of zoneid, podid, clusterid, hostid and storageid.");
        }

        var place = call.Target(named[0].Parameter);
        return new Work(place, () =>
        {
            place["storageaccessgroups"] = call.Texts("storageaccessgroups") is { Count: > 0 } groups ? string.Join(',', groups) : null;
            return Answer.Done;
        });
    }

    private static Answer ListAccessGroups(CommandCall call) => Answer.List(Places
        .SelectMany(place => call.State.Table(place.Class))
        .SelectMany(entity => (entity.Text("storageaccessgroups") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        .Distinct(StringComparer.Ordinal)
        .Where(group => call.Text("name") is not { } name || name == group)
        .Select(group =>
        {
            var shown = call.New("StorageAccessGroupResponse", group);
            shown["name"] = group;
            return shown;
        }));
}
