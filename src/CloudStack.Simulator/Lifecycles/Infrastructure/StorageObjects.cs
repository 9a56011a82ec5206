using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Images;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>The files on primary storage and in image stores, folder by folder, as they follow from what the cloud keeps there.</summary>
internal sealed class StorageObjects : ICommandFamily
{
    private const string Class = "DataStoreObjectResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listStoragePoolObjects", call => List(call, OnPool(call.State, call.Target("id"))));
        commands.Read("listImageStoreObjects", call => List(call, InStore(call.State, call.Target("id"))));
        commands.Begin("downloadImageStoreObject", Download);
    }

    private static IEnumerable<StoredFile> OnPool(CloudState state, Entity pool) => state.Table(ResultClass.Volume)
        .Where(volume => volume.Text("storageid") == pool.Id)
        .Select(volume => new StoredFile(volume.Text("path") ?? volume.Id, volume, "volume", volume.Number("size") / 3));

    private static IEnumerable<StoredFile> InStore(CloudState state, Entity store)
    {
        var zone = store.Text("zoneid");
        bool IsHere(Entity entity) => zone is null || entity.Text("zoneid") is not { } home || home == zone;
        var templates = state.Table(ResultClass.Template).Where(t => t.Flag("isready") && IsHere(t)).Select(t =>
            new StoredFile($"template/tmpl/{t.Id}/{t.Id}.{Extension(t)}", t, "template", t.Number("physicalsize")));
        var snapshots = state.Table(ResultClass.Snapshot).Where(s => s.State == "BackedUp" && IsHere(s)).Select(s =>
            new StoredFile($"snapshots/{s.Text("volumeid")}/{s.Id}", s, "snapshot", s.Number("physicalsize")));
        return templates.Concat(snapshots);
    }

#pragma warning disable CA1308 // File extensions are in lower case.
    private static string Extension(Entity template) => template.Text("format")?.ToLowerInvariant() ?? "img";
#pragma warning restore CA1308

    private static Answer List(CommandCall call, IEnumerable<StoredFile> files)
    {
        var folder = Clean(call.Text("path"));
        var found = files.Where(file => folder.Length == 0 || file.Path == folder || file.Path.StartsWith(folder + "/", StringComparison.Ordinal)).ToList();
        if (found.Count == 0 && folder.Length > 0)
        {
            throw ApiError.Refused($"There is nothing at {call.Text("path")}.");
        }

        var start = folder.Length == 0 ? 0 : folder.Length + 1;
        return Answer.List(found.GroupBy(file => start > file.Path.Length ? file.Path : file.Path[start..].Split('/')[0])
            .Select(group => Show(call, group.Key, group.First(), folder)));
    }

    // A path can't lead out of the store.
    private static string Clean(string? path) => string.Join('/', (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries)
        .Where(part => part is not ("." or "..")));

    private static Entity Show(CommandCall call, string name, StoredFile file, string folder)
    {
        var shown = call.New(Class, file.Path);
        var isFolder = file.Path != (folder.Length == 0 ? name : $"{folder}/{name}") && file.Path != folder;
        shown["name"] = name;
        shown["isdirectory"] = isFolder;
        if (!isFolder)
        {
            shown["size"] = file.Bytes;
            shown["format"] = file.Entity.Class.Has("format") ? file.Entity.Text("format") : "QCOW2";
            shown[file.Kind + "id"] = file.Entity.Id;
            shown[file.Kind + "name"] = file.Entity.Name;
        }

        shown["lastupdated"] = file.Entity["created"];
        return shown;
    }

    private static Work Download(CommandCall call)
    {
        var store = call.Target("id");
        var path = Clean(call.RequiredText("path"));
        var file = InStore(call.State, store).FirstOrDefault(file => file.Path == path)
            ?? throw ApiError.Refused($"There is no file {call.Text("path")} in the image store {store.Name}; folders can't be downloaded.");
        return new Work(store, () => ImageTransfers.Offer(call, file.Entity));
    }

    private sealed record StoredFile(string Path, Entity Entity, string Kind, long Bytes);
}
