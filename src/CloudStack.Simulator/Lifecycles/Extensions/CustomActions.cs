using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Extensions;

/// <summary>What an extension can do with a machine beyond the usual. People see and run what is enabled and allowed to their role.</summary>
internal sealed class CustomActions : ICommandFamily
{
    public const string Class = "ExtensionCustomActionResponse";
    private const string Kind = "VirtualMachine";
    private const int DefaultTimeoutSeconds = 5;

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listCustomActions", List);
        commands.Do("addCustomAction", Add);
        commands.Do("updateCustomAction", Update);
        commands.Do("deleteCustomAction", Delete);
        commands.Begin("runCustomAction", Run);
    }

    public static IEnumerable<Entity> Of(CloudState state, Entity extension) =>
        state.Table(Class).Where(action => action.Text("extensionid") == extension.Id);

    private static Answer List(CommandCall call)
    {
        if (call.Text("resourcetype") is { Length: > 0 })
        {
            DemandKind(call);
        }

        var machine = call.Text("resourceid") is { Length: > 0 } id ? call.Look("resourceid", id, ResultClass.VirtualMachine) : null;
        var extension = machine is null ? null : ExtensionOf(call.State, machine);
        return Listing.Of(
            call, Class,
            action => IsShown(call.Caller, action)
                && (machine is null || (extension is not null && action.Text("extensionid") == extension.Id)),
            "resourcetype");
    }

    private static bool IsShown(Caller caller, Entity action) => caller.IsRoot || (action.Flag("enabled") && IsAllowed(caller, action));

    private static bool IsAllowed(Caller caller, Entity action) => caller.IsRoot || action.Texts("allowedroletypes").Contains(caller.Role.ToString());

    private static Answer Add(CommandCall call)
    {
        var extension = call.Target("extensionid");
        var name = call.RequiredText("name");
        if (Of(call.State, extension).Any(known => known.Name == name))
        {
            throw ApiError.Refused($"The extension {extension.Name} has an action named {name} already.");
        }

        var action = call.New(Class);
        action["extensionid"] = extension.Id;
        action["extensionname"] = extension.Link("name");
        action["name"] = name;
        action["created"] = call.State.Clock.GetUtcNow();
        action["resourcetype"] = Kind;
        action["allowedroletypes"] = Roles(call) ?? [nameof(RoleType.Admin)];
        action["enabled"] = false;
        action["timeout"] = DefaultTimeoutSeconds;
        Change(call, action);
        call.State.Store.Add(action);
        return Answer.Of(action);
    }

    private static Answer Update(CommandCall call)
    {
        var action = call.Target("id");
        if ((call.IsSet("cleanupdetails") && call.Has("details")) || (call.IsSet("cleanupparameters") && call.Has("parameters")))
        {
            throw ApiError.Refused("Either new details or parameters can be given or their cleanup, not both.");
        }

        Change(call, action);
        return Answer.Of(action);
    }

    /// <summary>Checks every argument before it sets any.</summary>
    private static void Change(CommandCall call, Entity action)
    {
        if (call.Text("resourcetype") is { Length: > 0 })
        {
            DemandKind(call);
        }

        if (call.Number("timeout") is < 1)
        {
            throw ApiError.Refused("The timeout of an action is at least one second.");
        }

        var roles = Roles(call);
        var parameters = ActionParameters.Read(call);
        action["allowedroletypes"] = roles ?? action["allowedroletypes"];
        call.Apply(action, "description", "enabled", "timeout", "successmessage", "errormessage");
        if (call.IsSet("cleanupparameters") || parameters.Count > 0)
        {
            action["parameters"] = parameters.Count > 0 ? parameters : null;
        }

        if (call.IsSet("cleanupdetails") || call.Has("details"))
        {
            action["details"] = call.Has("details") ? call.Map("details") : null;
        }
    }

    private static Answer Delete(CommandCall call)
    {
        call.State.Store.Remove(call.Target("id"));
        return Answer.Done;
    }

    private static Work Run(CommandCall call)
    {
        var action = call.Target("customactionid");
        if (!IsAllowed(call.Caller, action))
        {
            throw ApiError.NotPermitted($"The role of {call.Caller.Account.Name} may not run the action {action.Name}.");
        }

        if (call.Text("resourcetype") is { Length: > 0 })
        {
            DemandKind(call);
        }

        var machine = call.Look("resourceid", call.RequiredText("resourceid"), ResultClass.VirtualMachine);
        ActionParameters.Demand(action.Items("parameters"), call.Map("parameters"));
        return new Work(machine, () =>
        {
            var result = call.New(call.Command.Result, action.Id);
            result["name"] = action.Name;
            result["success"] = true;
            result["result"] = new Dictionary<string, string> { ["message"] = Message(action, machine) };
            return Answer.Of(result);
        })
        {
            Begin = () => DemandRunnable(call.State, action, machine),
        };
    }

    private static void DemandRunnable(CloudState state, Entity action, Entity machine)
    {
        var extension = state.Store.Find(Extensions.Class, action.Text("extensionid"));
        if (extension is not { State: Extensions.Enabled } || !action.Flag("enabled"))
        {
            throw ApiError.Refused($"The action {action.Name} can't be run: it or its extension is disabled.");
        }

        if (ExtensionOf(state, machine) != extension)
        {
            throw ApiError.Refused($"The extension {extension.Name} doesn't run the virtual machine {machine.Name}.");
        }
    }

    private static string Message(Entity action, Entity machine) =>
        (action.Text("successmessage") ?? "{{actionName}} was done on {{resourceName}}")
            .Replace("{{actionName}}", action.Name, StringComparison.Ordinal)
            .Replace("{{extensionName}}", action.Text("extensionname"), StringComparison.Ordinal)
            .Replace("{{resourceName}}", machine.Name, StringComparison.Ordinal);

    private static Entity? ExtensionOf(CloudState state, Entity machine) =>
        state.Store.Find(ResultClass.Host, machine.Text("hostid")) is { } host
            ? ExtensionClusters.Of(state, state.Store.Find(ResultClass.Cluster, host.Text("clusterid")))
            : null;

    private static List<string>? Roles(CommandCall call) => call.Texts("allowedroletypes") is not { Count: > 0 } named
        ? null
        : [.. named.Select(text => Enum.TryParse<RoleType>(text, ignoreCase: true, out var role) && Enum.IsDefined(role)
            ? role.ToString()
            : throw ApiError.BadValue(call.Command.Name, "allowedroletypes", text)).Append(nameof(RoleType.Admin)).Distinct()];

    private static void DemandKind(CommandCall call)
    {
        if (!string.Equals(call.Text("resourcetype"), Kind, StringComparison.OrdinalIgnoreCase))
        {
            throw ApiError.BadValue(call.Command.Name, "resourcetype", call.Text("resourcetype")!);
        }
    }
}
