using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>Settings, global and overridden for one zone, cluster, storage, store, account or domain.</summary>
internal sealed class Configurations : ICommandFamily
{
    private const string Overrides = "overrides";
    private static readonly string[] Scopes = ["zoneid", "clusterid", "storageid", "imagestoreuuid", "imagestoreid", "accountid", "domainid"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listConfigurations", List);
        commands.Do("updateConfiguration", Update);
        commands.Do("resetConfiguration", Reset);
    }

    /// <summary>A setting's value where a domain, or an account, may have one of its own; null where there is no such setting.</summary>
    public static string? ValueOf(CloudState state, string name, Entity domain, Entity? account = null)
    {
        if (state.Table(ResultClass.Configuration).FirstOrDefault(setting => setting.Name == name) is not { } setting)
        {
            return null;
        }

        var overrides = OverridesOf(setting);
        return (account is null ? null : overrides.GetValueOrDefault(account.Id))
            ?? overrides.GetValueOrDefault(domain.Id) ?? setting.Text("value");
    }

    /// <summary>True where a setting is on for a domain.</summary>
    public static bool IsOn(CloudState state, string name, Entity domain) =>
        string.Equals(ValueOf(state, name, domain), "true", StringComparison.OrdinalIgnoreCase);

    private static Answer List(CommandCall call)
    {
        var target = TargetOf(call);
        return Answer.List(Listing.Filter(
            call, call.State.Table(ResultClass.Configuration), _ => true, null, [.. Scopes, "parent"])
            .Select(setting => target is null ? setting : SeenFrom(setting, target)));
    }

    private static Answer Update(CommandCall call)
    {
        var setting = Named(call);
        var value = call.Text("value") ?? "";
        if (setting.Text("type") is "Number" or "Integer" or "Long" && !long.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out _))
        {
            throw ApiError.Refused($"There was error trying to parse the {setting.Name} value {value} as a number.");
        }

        if (setting.Text("type") is "Boolean" && !bool.TryParse(value, out _))
        {
            throw ApiError.Refused($"Please enter either 'true' or 'false' for {setting.Name}.");
        }

        SourceAddresses.Demand(setting.Name, value);
        return Set(call, setting, value);
    }

    private static Answer Reset(CommandCall call)
    {
        var setting = Named(call);
        return Set(call, setting, TargetOf(call) is null ? setting.Text("defaultvalue") : null);
    }

    private static Answer Set(CommandCall call, Entity setting, string? value)
    {
        if (TargetOf(call) is not { } target)
        {
            setting["value"] = value;
            return Answer.Of(setting);
        }

        var overrides = new Dictionary<string, string>(OverridesOf(setting), StringComparer.Ordinal);
        if (value is null)
        {
            overrides.Remove(target.Id);
        }
        else
        {
            overrides[target.Id] = value;
        }

        setting.SetAttribute(Overrides, overrides);
        return Answer.Of(SeenFrom(setting, target));
    }

    private static Entity SeenFrom(Entity setting, Entity target)
    {
        if (!OverridesOf(setting).TryGetValue(target.Id, out var value))
        {
            return setting;
        }

        var seen = setting.Copy();
        seen["value"] = value;
        return seen;
    }

    private static Dictionary<string, string> OverridesOf(Entity setting) =>
        setting.Attribute<Dictionary<string, string>>(Overrides) ?? [];

    private static Entity? TargetOf(CommandCall call)
    {
        var named = Scopes.Where(call.Has).ToList();
        return named.Count switch
        {
            0 => null,
            1 => call.Target(named[0]),
            _ => throw ApiError.Refused("cannot handle multiple IDs, provide only one ID corresponding to the scope"),
        };
    }

    private static Entity Named(CommandCall call) =>
        call.State.Table(ResultClass.Configuration).FirstOrDefault(setting => setting.Name == call.RequiredText("name"))
        ?? throw ApiError.Refused($"Config parameter with name {call.Text("name")} doesn't exist");
}
