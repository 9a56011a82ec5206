using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Extensions;

/// <summary>Extensions: programs that run the machines of clusters with the hypervisor External. Two come with the cloud.</summary>
internal sealed class Extensions : ICommandFamily
{
    public const string Class = "ExtensionResponse";
    public const string Enabled = "Enabled";
    private const string Type = "Orchestrator";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listExtensions", List);
        commands.Do("createExtension", Create);
        commands.Do("updateExtension", Update);
        commands.Do("deleteExtension", Delete);
    }

    /// <summary>The extensions that every cloud has. Their ids are fixed, so that those of later objects don't depend on them.</summary>
    public static void Plant(CloudState state)
    {
        Add(state, "Proxmox", "Proxmox/proxmox.sh", "5a3c7a52-93de-4f0b-8a52-0f4a6f1b7c01");
        Add(state, "HyperV", "HyperV/hyperv.py", "5a3c7a52-93de-4f0b-8a52-0f4a6f1b7c02");
    }

    /// <summary>Lists extensions with all there is to them, or with only those parts that <c>details</c> names.</summary>
    private static Answer List(CommandCall call)
    {
        var shown = call.Texts("details");
        if (shown.FirstOrDefault(part => part is not ("all" or "min" or "resource" or "external")) is { } unknown)
        {
            throw ApiError.BadValue(call.Command.Name, "details", unknown);
        }

        return Listing.Of(call, Class).ShownAs(extension =>
        {
            var picture = extension.Copy();
            var isWhole = shown.Count == 0 || shown.Contains("all");
            picture["resources"] = isWhole || shown.Contains("resource") ? extension["resources"] : null;
            picture["details"] = isWhole || shown.Contains("external") ? extension["details"] : null;
            return picture;
        });
    }

    private static Answer Create(CommandCall call)
    {
        var name = call.RequiredText("name");
        if (call.State.Table(Class).Any(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            throw ApiError.Refused($"An extension named {name} is there already.");
        }

        if (!string.Equals(call.RequiredText("type"), Type, StringComparison.OrdinalIgnoreCase))
        {
            throw ApiError.BadValue(call.Command.Name, "type", call.RequiredText("type"));
        }

        var path = call.Text("path") is { Length: > 0 } given ? given : $"{name}/{name}.sh";
        if (path.StartsWith('/') || path.Split('/').Contains(".."))
        {
            throw ApiError.Refused($"The path {path} has to lie in the extensions' folder: relative, and without \"..\".");
        }

        var status = State(call) ?? Enabled;
        var extension = Add(call.State, name, path, null);
        extension["state"] = status;
        extension["isuserdefined"] = true;
        call.Apply(extension, "description", "orchestratorrequirespreparevm", "reservedresourcedetails");
        extension["details"] = call.Has("details") ? call.Map("details") : null;
        return Answer.Of(extension);
    }

    private static Answer Update(CommandCall call)
    {
        var extension = call.Target("id");
        if (call.IsSet("cleanupdetails") && call.Has("details"))
        {
            throw ApiError.Refused("Either details or cleanupdetails can be given, not both.");
        }

        extension["state"] = State(call) ?? extension.State;
        call.Apply(extension, "description", "orchestratorrequirespreparevm", "reservedresourcedetails");
        if (call.IsSet("cleanupdetails") || call.Has("details"))
        {
            extension["details"] = call.Has("details") ? call.Map("details") : null;
        }

        return Answer.Of(extension);
    }

    private static Answer Delete(CommandCall call)
    {
        var extension = call.Target("id");
        if (!extension.Flag("isuserdefined"))
        {
            throw ApiError.Refused($"The extension {extension.Name} comes with the cloud and can't be deleted.");
        }

        if (extension.Items("resources").Count > 0)
        {
            throw ApiError.Refused($"The extension {extension.Name} can't be deleted: it's registered with {extension.Items("resources")[0].Name}.");
        }

        CustomActions.Of(call.State, extension).ToList().ForEach(call.State.Store.Remove);
        call.State.Store.Remove(extension);
        return Answer.Done;
    }

    private static Entity Add(CloudState state, string name, string path, string? id)
    {
        var extension = state.New(Class, id);
        extension["name"] = name;
        extension["type"] = Type;
        extension["path"] = path;
        extension["pathready"] = true;
        extension["state"] = Enabled;
        extension["isuserdefined"] = false;
        extension["created"] = state.Clock.GetUtcNow();
        state.Store.Add(extension);
        return extension;
    }

    private static string? State(CommandCall call) => call.Text("state") is not { Length: > 0 } text
        ? null
        : Array.Find([Enabled, "Disabled"], known => known.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.BadValue(call.Command.Name, "state", text);
}
