using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>Tags on resources of any kind.</summary>
internal sealed class Tags : ICommandFamily
{
    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createTags", Create);
        commands.Begin("deleteTags", Delete);
        commands.Read("listTags", call => Listing.Of(call, ResultClass.Tag));
    }

    private static Work Create(CommandCall call)
    {
        var resources = Resources(call);
        var tags = call.Map("tags");
        if (tags.Keys.Any(string.IsNullOrWhiteSpace))
        {
            throw ApiError.Refused("A tag needs a key that isn't blank.");
        }

        foreach (var resource in resources)
        {
            if (TagsOf(resource).FirstOrDefault(tag => tags.ContainsKey(tag.Text("key")!)) is { } taken)
            {
                throw ApiError.Refused($"tag {taken.Text("key")} already on {call.Text("resourcetype")} with id {resource.Id}");
            }
        }

        return new Work(resources[0], () =>
        {
            foreach (var resource in resources)
            {
                foreach (var (key, value) in tags)
                {
                    Add(call, resource, key, value);
                }
            }

            return Answer.Done;
        });
    }

    private static void Add(CommandCall call, Entity resource, string key, string value)
    {
        var tag = call.New(ResultClass.Tag);
        (resource.Owner ?? call.Caller.Owner).Claim(tag);
        tag["key"] = key;
        tag["value"] = value;
        tag["resourceid"] = resource.Id;
        tag["resourcetype"] = call.Text("resourcetype");
        tag["customer"] = call.Text("customer");
        call.State.Store.Add(tag);
        resource.AddItem("tags", tag);
    }

    private static Work Delete(CommandCall call)
    {
        var resources = Resources(call);
        // Without any tag named, all go; a tag named without a value goes whatever its value is.
        var named = call.Records("tags");
        return new Work(resources[0], () =>
        {
            foreach (var resource in resources)
            {
                foreach (var tag in TagsOf(resource).Where(tag => IsNamed(tag, named)).ToList())
                {
                    resource.RemoveItem("tags", tag);
                    call.State.Store.Remove(tag);
                }
            }

            return Answer.Done;
        });
    }

    private static bool IsNamed(Entity tag, IReadOnlyList<IReadOnlyDictionary<string, string>> named) => named.Count == 0 || named.Any(pair =>
        pair.GetValueOrDefault("key") == tag.Text("key") && (pair.GetValueOrDefault("value") is not { } value || value == tag.Text("value")));

    private static List<Entity> Resources(CommandCall call)
    {
        var resources = call.Texts("resourceids").Select(id => call.Look("resourceids", id)).ToList();
        if (resources.Count == 0)
        {
            throw ApiError.Missing(call.Command.Name, "resourceids");
        }

        return resources.Find(resource => !resource.Class.Has("tags")) is { } untaggable
            ? throw ApiError.Refused($"Resources of type {call.Text("resourcetype")} take no tags: {untaggable.Id}.")
            : resources;
    }

    private static IReadOnlyList<Entity> TagsOf(Entity resource) => resource.Items("tags");
}
