using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>Image stores: where templates and snapshots are kept.</summary>
internal sealed class ImageStores : ICommandFamily
{
    private static readonly string[] Providers = ["NFS", "S3", "Swift", "SMB"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listImageStores", call => Listing.Of(
            call, ResultClass.ImageStore, store => !ImageStoreData.IsStaging(store)
                && (call.Text("provider") is not { } p || string.Equals(store.Text("providername"), p, StringComparison.OrdinalIgnoreCase))));
        commands.Do("addImageStore", Add);
        commands.Do("addImageStoreS3", AddS3);
        commands.Do("updateImageStore", Update);
        commands.Do("deleteImageStore", Delete);
    }

    private static Answer Add(CommandCall call)
    {
        var provider = Providers.FirstOrDefault(p => p.Equals(call.Text("provider"), StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.Refused($"can't find image store provider: {call.Text("provider")}");
        var url = call.Text("url");
        if (provider == "NFS" && (url is null || !url.StartsWith("nfs://", StringComparison.OrdinalIgnoreCase)))
        {
            throw ApiError.Refused("An NFS image store needs a url of the form nfs://server/path.");
        }

        if (url is not null && call.State.Table(ResultClass.ImageStore).Any(store => store.Text("url") == url))
        {
            throw ApiError.Refused($"The image store {url} is there already.");
        }

        return Answer.Of(InfrastructureBuilder.CreateImageStore(
            call.State, call.Find("zoneid"), call.Text("name") ?? url ?? provider, provider, url));
    }

    private static Answer AddS3(CommandCall call)
    {
        var url = $"s3://{call.RequiredText("endpoint")}/{call.RequiredText("bucket")}";
        return Answer.Of(InfrastructureBuilder.CreateImageStore(call.State, null, call.RequiredText("bucket"), "S3", url));
    }

    private static Answer Update(CommandCall call)
    {
        var store = call.Target("id");
        call.Apply(store, "name", "readonly");
        store["disksizetotal"] = call.Number("capacitybytes") ?? store.Number("disksizetotal");
        return Answer.Of(store);
    }

    private static Answer Delete(CommandCall call)
    {
        var store = call.Target("id");
        var zone = store.Text("zoneid");
        var others = call.State.Table(ResultClass.ImageStore).Any(other => other != store && (zone is null || other.Text("zoneid") == zone));
        var isUsed = call.State.Table(ResultClass.Template).Any(template => zone is null || template.Text("zoneid") == zone);
        if (isUsed && !others)
        {
            throw ApiError.StillInUse($"Cannot delete image store {store.Name} with active templates backup!");
        }

        call.State.Store.Remove(store);
        return Answer.Done;
    }
}
