using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Access;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Images;

/// <summary>For whom a template or ISO is there: everybody, or its owner and those it was given to.</summary>
internal sealed class ImagePermissions : ICommandFamily
{
    private const string Add = "add";
    private const string Remove = "remove";
    private const string Reset = "reset";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listTemplatePermissions", Show);
        commands.Read("listIsoPermissions", Show);
        commands.Do("updateTemplatePermissions", Share);
        commands.Do("updateIsoPermissions", Share);
    }

    /// <summary>The accounts and projects that an image was given to.</summary>
    public static IReadOnlyList<Entity> HoldersOf(Entity image) => image.Attribute<List<Entity>>(AttributeNames.Permitted) ?? [];

    /// <summary>Takes back what was given to an account or project that goes.</summary>
    public static void Forget(CloudState state, Entity holder)
    {
        foreach (var image in state.Table(ResultClass.Template).Where(image => HoldersOf(image).Contains(holder)).ToList())
        {
            Give(image, HoldersOf(image).Where(other => other != holder));
        }
    }

    private static Answer Show(CommandCall call)
    {
        var image = call.Target("id");
        var shown = call.New("TemplatePermissionsResponse", image.Id);
        shown["ispublic"] = image.Flag("ispublic");
        shown["domainid"] = image.Text("domainid");
        shown["account"] = Named(image, ResultClass.Account, account => account.Name!);
        shown["projectids"] = Named(image, ResultClass.Project, project => project.Id);
        return Answer.List([shown]);
    }

    private static List<string>? Named(Entity image, string className, Func<Entity, string> name) =>
        HoldersOf(image).Where(holder => holder.Class.Name == className).Select(name).ToList() is { Count: > 0 } names ? names : null;

    private static Answer Share(CommandCall call)
    {
        var image = call.Target("id");
        Templates.DemandOwnership(call, image);
        if (call.Has("isfeatured") && !call.Caller.IsRoot)
        {
            throw ApiError.NotPermitted("Only root administrators may feature a template.");
        }

        var operation = Operation(call);
        var holders = Holders(call, image);
        if (holders.Count > 0 && operation is null)
        {
            throw ApiError.Refused($"Please say by op whether to {Add} or {Remove} the accounts and projects.");
        }

        call.Apply(image, "ispublic", "isextractable", "isfeatured");
        switch (operation)
        {
            case Add:
                Give(image, HoldersOf(image).Union(holders));
                break;
            case Remove:
                Give(image, HoldersOf(image).Except(holders));
                break;
            case Reset:
                image["ispublic"] = false;
                image["isfeatured"] = false;
                Give(image, []);
                break;
        }

        return Answer.Done;
    }

    private static string? Operation(CommandCall call) => call.Text("op") is not { Length: > 0 } operation
        ? null
        : Array.Find([Add, Remove, Reset], known => known.Equals(operation, StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.Refused($"Invalid operation {operation} on permissions; {Add}, {Remove} or {Reset} is valid.");

    // Accounts are looked for in the domain of the image's owner; the owner itself needs no permission.
    private static List<Entity> Holders(CommandCall call, Entity image)
    {
        if (image.Owner is not { } owner)
        {
            return [];
        }

        var accounts = call.Texts("accounts").Select(name => Accounts.FindIn(call.State, owner.Domain, name)
            ?? throw ApiError.Refused($"Unable to find the account {name} in the domain {owner.Domain.Name} of {image.Name}."));
        return [.. accounts.Concat(call.FindAll("projectids")).Where(holder => holder != owner.Holder)];
    }

    private static void Give(Entity image, IEnumerable<Entity> holders)
    {
        var all = holders.ToList();
        image.SetAttribute(AttributeNames.Permitted, all.Count == 0 ? null : all);
    }
}
