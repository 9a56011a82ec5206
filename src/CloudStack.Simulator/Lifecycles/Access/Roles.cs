using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>Roles and their rules, which decide about commands before the role's type does.</summary>
internal sealed class Roles : ICommandFamily
{
    private const string Permission = "RolePermissionResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listRoles", call => Listing.Of(call, ResultClass.Role));
        commands.Do("createRole", Create);
        commands.Do("updateRole", Update);
        commands.Do("deleteRole", Delete);
        commands.Do("importRole", Import);
        commands.Do("enableRole", call => Enter(call, AccessBuilder.RoleEnabled));
        commands.Do("disableRole", call => Enter(call, "Disabled"));
        commands.Read("listRolePermissions", ListRules);
        commands.Do("createRolePermission", AddRule);
        commands.Do("updateRolePermission", ChangeRules);
        commands.Do("deleteRolePermission", RemoveRule);
    }

    private static Answer Create(CommandCall call)
    {
        var source = call.Find("roleid");
        var name = call.RequiredText("name");
        var parsed = TypeOf(
            source?.Text("type") ?? call.Text("type") ?? throw ApiError.Refused("Either role type or role ID should be provided"));
        if (call.State.Table(ResultClass.Role).Any(role => role.Name == name))
        {
            throw ApiError.Refused($"A role named {name} exists already.");
        }

        var created = AccessBuilder.CreateRole(call.State, name, parsed, call.Text("description") ?? "", isDefault: false);
        created["ispublic"] = call.Flag("ispublic") ?? true;
        foreach (var rule in source is null ? [] : RulesOf(source))
        {
            Add(call, created, rule.Text("rule")!, rule.Text("permission")!, rule.Text("description"));
        }

        return Answer.Of(created);
    }

    private static Answer Import(CommandCall call)
    {
        var name = call.RequiredText("name");
        var type = TypeOf(call.RequiredText("type"));
        var rules = call.Records("rules");
        foreach (var rule in rules)
        {
            DemandPermission(call, rule.GetValueOrDefault("permission") ?? "");
        }

        var role = call.State.Table(ResultClass.Role).FirstOrDefault(known => known.Name == name);
        if (role is not null)
        {
            DemandOwn(role);
            if (!call.IsSet("forced"))
            {
                throw ApiError.Refused($"A role named {name} exists already; forced=true replaces its rules.");
            }

            RemoveRules(call.State, role);
            role["type"] = type.ToString();
        }

        role ??= AccessBuilder.CreateRole(call.State, name, type, "", isDefault: false);
        call.Apply(role, "description", "ispublic");
        foreach (var rule in rules)
        {
            Add(call, role, rule.GetValueOrDefault("rule") ?? "", rule["permission"], rule.GetValueOrDefault("description"));
        }

        return Answer.Of(role);
    }

    private static Answer Enter(CommandCall call, string roleState)
    {
        var role = call.Target("id");
        DemandOwn(role);
        role["state"] = roleState;
        return Answer.Done;
    }

    private static RoleType TypeOf(string type) => Enum.TryParse<RoleType>(type, ignoreCase: true, out var parsed)
        ? parsed
        : throw ApiError.Refused($"Invalid role type {type}.");

    private static Answer Update(CommandCall call)
    {
        var role = call.Target("id");
        DemandOwn(role);
        call.Apply(role, "name", "description", "ispublic");
        return Answer.Of(role);
    }

    private static Answer Delete(CommandCall call)
    {
        var role = call.Target("id");
        DemandOwn(role);
        if (call.State.Table(ResultClass.Account).FirstOrDefault(a => a.Text("roleid") == role.Id) is { } account)
        {
            throw ApiError.StillInUse($"Found accounts that have role {role.Name}, {account.Name} for one; it can't be deleted.");
        }

        RemoveRules(call.State, role);
        call.State.Store.Remove(role);
        return Answer.Done;
    }

    private static void RemoveRules(CloudState state, Entity role)
    {
        RulesOf(role).ForEach(state.Store.Remove);
        role.SetAttribute(AttributeNames.Rules, null);
    }

    private static Answer ListRules(CommandCall call) =>
        Answer.List(call.Find("roleid") is { } role ? RulesOf(role) : call.State.Table(Permission));

    private static Answer AddRule(CommandCall call)
    {
        var role = call.Target("roleid");
        DemandOwn(role);
        return Answer.Of(Add(call, role, call.RequiredText("rule"), call.RequiredText("permission"), call.Text("description")));
    }

    private static Entity Add(CommandCall call, Entity role, string text, string permission, string? description)
    {
        DemandPermission(call, permission);
        var rule = call.New(Permission);
        rule["roleid"] = role.Id;
        rule["rolename"] = role.Link("name");
        rule["rule"] = text;
        rule["permission"] = permission;
        rule["description"] = description;
        call.State.Store.Add(rule);
        role.SetAttribute(AttributeNames.Rules, RulesOf(role).Append(rule).ToList());
        return rule;
    }

    private static void DemandPermission(CommandCall call, string permission)
    {
        if (!permission.Equals("allow", StringComparison.OrdinalIgnoreCase) && !permission.Equals("deny", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiError.BadValue(call.Command.Name, "permission", permission);
        }
    }

    private static Answer ChangeRules(CommandCall call)
    {
        var role = call.Target("roleid");
        DemandOwn(role);
        var order = call.FindAll("ruleorder");
        if (order.Count > 0)
        {
            role.SetAttribute(AttributeNames.Rules, order.Concat(RulesOf(role).Except(order)).ToList());
        }

        if (call.Find("ruleid") is { } rule && call.Text("permission") is { } permission)
        {
            rule["permission"] = permission;
        }

        return Answer.Done;
    }

    private static Answer RemoveRule(CommandCall call)
    {
        var rule = call.Target("id");
        if (call.State.Store.Find(rule.Text("roleid")) is { } role)
        {
            DemandOwn(role);
            role.SetAttribute(AttributeNames.Rules, RulesOf(role).Where(other => other != rule).ToList());
        }

        call.State.Store.Remove(rule);
        return Answer.Done;
    }

    private static List<Entity> RulesOf(Entity role) => role.Attribute<List<Entity>>(AttributeNames.Rules) ?? [];

    private static void DemandOwn(Entity role)
    {
        if (role.Flag("isdefault"))
        {
            throw ApiError.NotPermitted($"The role {role.Name} is a default one and can't be changed.");
        }
    }
}
