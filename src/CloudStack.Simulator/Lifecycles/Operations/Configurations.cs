using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Operations;

/// <summary>Settings, global and overridden for what each of them can be overridden for.</summary>
internal sealed class Configurations : ICommandFamily
{
    private const string Overrides = "overrides";
    private const string ForAccounts = "enable.account.settings.for.domain";

    private static readonly (string Parameter, string Scope)[] Scopes =
    [
        ("zoneid", "Zone"), ("clusterid", "Cluster"), ("storageid", "StoragePool"), ("imagestoreuuid", "ImageStore"),
        ("imagestoreid", "ImageStore"), ("accountid", "Account"), ("domainid", "Domain"),
    ];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listConfigurations", List);
        commands.Do("updateConfiguration", Update);
        commands.Do("resetConfiguration", Reset);
    }

    /// <summary>A setting's value for a domain, an account, a zone or a storage; null where there is no such setting.</summary>
    /// <param name="state">The cloud.</param>
    /// <param name="name">The setting.</param>
    /// <param name="target">For what.</param>
    /// <param name="account">An account of the domain, whose own value comes first, or null.</param>
    public static string? ValueOf(CloudState state, string name, Entity target, Entity? account = null) => Find(state, name) is { } setting
        ? (account is null ? null : OwnValue(state, setting, account)) ?? OwnValue(state, setting, target) ?? setting.Text("value")
        : null;

    /// <summary>True where a setting is on for an account, a domain, a zone or a storage.</summary>
    public static bool IsOn(CloudState state, string name, Entity target) => IsTrue(ValueOf(state, name, target));

    private static Answer List(CommandCall call)
    {
        var target = TargetOf(call);
        return Answer.List(Listing.Filter(
            call, call.State.Table(ResultClass.Configuration), _ => true,
            setting => target is null || TakesScope(call.State, setting, target.Value.Scope),
            [.. Scopes.Select(scope => scope.Parameter), "parent"])
            .Select(setting => target is null ? setting : SeenFrom(call.State, setting, target.Value.Entity)));
    }

    private static Answer Update(CommandCall call)
    {
        var setting = Named(call);
        var target = TargetOf(call, setting);
        if (call.Text("value") is not { } value)
        {
            return Answer.Of(setting);
        }

        SettingValue.Demand(setting, value.Trim());
        SourceAddresses.Demand(setting.Name, value);
        return Set(call.State, setting, target, value.Trim());
    }

    private static Answer Reset(CommandCall call)
    {
        var setting = Named(call);
        var target = TargetOf(call, setting);
        return Set(call.State, setting, target, target is null ? setting.Text("defaultvalue") : null);
    }

    private static Answer Set(CloudState state, Entity setting, Entity? target, string? value)
    {
        if (target is null)
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
        return Answer.Of(SeenFrom(state, setting, target));
    }

    private static Entity SeenFrom(CloudState state, Entity setting, Entity target)
    {
        if (OwnValue(state, setting, target) is not { } value)
        {
            return setting;
        }

        var seen = setting.Copy();
        seen["value"] = value;
        return seen;
    }

    /// <summary>The value that a target has of its own or, where other settings say so, from the domains above it.</summary>
    private static string? OwnValue(CloudState state, Entity setting, Entity target)
    {
        var overrides = OverridesOf(setting);
        if (overrides.Count == 0 || overrides.TryGetValue(target.Id, out var value))
        {
            return overrides.GetValueOrDefault(target.Id);
        }

        return target.Class.Name switch
        {
            ResultClass.Account when IsOn(state, ForAccounts) => OwnValue(state, setting, Owner.OfAccount(target).Domain),
            ResultClass.Domain when IsOn(state, "enable.domain.settings.for.child.domain") && DomainTree.ParentOf(target) is { } parent =>
                OwnValue(state, setting, parent),
            _ => null,
        };
    }

    private static bool IsOn(CloudState state, string name) => IsTrue(Find(state, name)?.Text("value"));

    private static bool IsTrue(string? value) => string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string> OverridesOf(Entity setting) =>
        setting.Attribute<Dictionary<string, string>>(Overrides) ?? [];

    /// <summary>Accounts' settings are domains' as well, where the cloud lets accounts inherit them.</summary>
    private static bool TakesScope(CloudState state, Entity setting, string scope)
    {
        var scopes = setting.Text("scope")!.Split(',');
        return scopes.Contains(scope) || (scope == "Domain" && scopes.Contains("Account") && IsOn(state, ForAccounts));
    }

    /// <summary>What a setting is changed for, or null for the whole cloud.</summary>
    private static Entity? TargetOf(CommandCall call, Entity setting) => TargetOf(call) is not { } target ? null
        : TakesScope(call.State, setting, target.Scope) ? target.Entity
        : throw ApiError.Refused(
            $"Invalid scope id provided for the parameter {setting.Name}: its scope is {setting.Text("scope")}, not {target.Scope}.");

    private static (Entity Entity, string Scope)? TargetOf(CommandCall call)
    {
        var named = Scopes.Where(scope => call.Has(scope.Parameter)).ToList();
        return named.Count switch
        {
            0 => null,
            1 => (call.Target(named[0].Parameter), named[0].Scope),
            _ => throw ApiError.Refused("cannot handle multiple IDs, provide only one ID corresponding to the scope"),
        };
    }

    private static Entity? Find(CloudState state, string name) =>
        state.Table(ResultClass.Configuration).FirstOrDefault(setting => setting.Name == name);

    private static Entity Named(CommandCall call) => Find(call.State, call.RequiredText("name"))
        ?? throw ApiError.Refused($"Config parameter with name {call.Text("name")} doesn't exist");
}
