using System.Buffers.Text;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>Small pictures of resources. Lists that know <c>showicon</c> show them where it's set.</summary>
internal sealed class ResourceIcons : ICommandFamily
{
    private const string Class = "ResourceIconResponse";
    private const string Icon = "icon";

    // How files of the formats begin that the server can read: PNG, JPEG, GIF and BMP.
    private static readonly byte[][] Beginnings =
        [[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], [0xFF, 0xD8, 0xFF], "GIF87a"u8.ToArray(), "GIF89a"u8.ToArray(), "BM"u8.ToArray()];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Do("uploadResourceIcon", call => Attempt(() => Upload(call)));
        commands.Do("deleteResourceIcon", call => Attempt(() => Delete(call)));
        commands.Read("listResourceIcon", List);
    }

    /// <summary>An answer with the icons of its objects, where the call wants them.</summary>
    public static Answer Shown(CommandCall call, Answer answer) =>
        call.IsSet("showicon") ? answer.ShownAs(entity => WithIcon(call.State.Store, entity)) : answer;

    private static Entity WithIcon(CloudStore store, Entity entity)
    {
        // A machine without a picture of its own shows its image's.
        var icon = IconOf(store.Find(entity.Id)) ?? IconOf(store.Find(entity.Text("isoid") ?? entity.Text("templateid")));
        if (icon is null || !entity.Class.Has(Icon))
        {
            return entity;
        }

        var picture = entity.Copy();
        picture[Icon] = icon;
        return picture;
    }

    private static Entity? IconOf(Entity? entity) => entity?.Attribute<Entity>(Icon);

    private static Answer Upload(CommandCall call)
    {
        var image = call.RequiredText("base64image");
        if (!IsImage(image))
        {
            throw ApiError.Refused("The icon isn't an image in base64.");
        }

        var kind = KindOf(call);
        var resources = call.Texts("resourceids").Select(id => kind.Look(call, id)).ToList();
        foreach (var resource in resources)
        {
            var icon = call.New(Class);
            icon["resourceid"] = resource.Id;
            icon["resourcetype"] = kind.Name;
            icon["base64image"] = image;
            resource.SetAttribute(Icon, icon);
        }

        return Answer.Done;
    }

    private static Answer Delete(CommandCall call)
    {
        var kind = KindOf(call);
        var resources = call.Texts("resourceids")
            .Where(id => IconOf(call.State.Store.Find(kind.Class, id)) is not null).Select(id => kind.Look(call, id)).ToList();
        if (resources.Count == 0)
        {
            throw ApiError.Refused("None of the resources has an icon.");
        }

        resources.ForEach(resource => resource.SetAttribute(Icon, null));
        return Answer.Done;
    }

    private static Answer List(CommandCall call)
    {
        var kind = ResourceKind.Of(call);
        return Answer.List(call.Texts("resourceids").Select(id => call.State.Store.Find(kind.Class, id))
            .Where(resource => resource is not null && call.Caller.MaySee(resource)).Select(IconOf).OfType<Entity>());
    }

    private static ResourceKind KindOf(CommandCall call)
    {
        var kind = ResourceKind.Of(call);
        return kind.HasIcon ? kind : throw ApiError.Refused($"The resource type {kind.Name} doesn't support resource icons.");
    }

    /// <summary>The server makes every refusal of these commands an internal error.</summary>
    private static Answer Attempt(Func<Answer> act)
    {
        try
        {
            return act();
        }
        catch (ApiError error)
        {
            throw new ApiError(ApiError.Internal, error.Message, null);
        }
    }

    private static bool IsImage(string text)
    {
        if (!Base64.IsValid(text))
        {
            return false;
        }

        var image = Convert.FromBase64String(text);
        return Array.Exists(Beginnings, beginning => image.AsSpan().StartsWith(beginning));
    }
}
