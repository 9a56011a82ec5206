using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Infrastructure;

/// <summary>The older commands for image stores that are object stores. The key isn't kept.</summary>
internal sealed class SwiftStores : ICommandFamily
{
    private const string Swift = "Swift";
    private static readonly string[] ObjectStores = ["S3", Swift];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("addSwift", call => Add(call, Swift, call.RequiredText("url")));
        commands.Read("listSwifts", call => Listing.Of(call, ResultClass.ImageStore, IsSwift));
        commands.Do("updateCloudToUseObjectStore", UseObjectStore);
    }

    private static bool IsSwift(Entity store) => store.Text("providername") == Swift;

    private static Answer Add(CommandCall call, string provider, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https" or "swift" or "s3"))
        {
            throw ApiError.Refused($"The url {url} of the object store isn't an absolute http or https address.");
        }

        if (call.State.Table(ResultClass.ImageStore).Any(store => store.Text("url") == url))
        {
            throw ApiError.Refused($"The image store {url} is there already.");
        }

        return Answer.Of(InfrastructureBuilder.CreateImageStore(call.State, null, call.Text("name") ?? url, provider, url));
    }

    private static Answer UseObjectStore(CommandCall call)
    {
        var provider = Array.Find(ObjectStores, known => known.Equals(call.RequiredText("provider"), StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.Refused($"{call.Text("provider")} is no provider of object stores; S3 and Swift are.");
        if (call.State.Table(ResultClass.ImageStore).Any(store => store.Text("scope") == "REGION" && !ImageStoreData.IsStaging(store)))
        {
            throw ApiError.Refused("The cloud uses an object store already.");
        }

        return Add(call, provider, call.RequiredText("url"));
    }
}
