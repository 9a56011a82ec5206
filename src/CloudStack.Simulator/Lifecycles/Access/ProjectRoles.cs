using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>Roles within a project, with rules of their own in an order.</summary>
internal sealed class ProjectRoles : ICommandFamily
{
    public const string Class = "ProjectRoleResponse";
    private const string Permission = "ProjectRolePermissionResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listProjectRoles", List);
        commands.Do("createProjectRole", Create);
        commands.Do("updateProjectRole", Update);
        commands.Do("deleteProjectRole", Delete);
        commands.Read("listProjectRolePermissions", ListRules);
        commands.Do("createProjectRolePermission", AddRule);
        commands.Do("updateProjectRolePermission", ChangeRules);
        commands.Do("deleteProjectRolePermission", RemoveRule);
    }

    /// <summary>Takes a project's roles away with it.</summary>
    public static void Forget(CloudState state, Entity project)
    {
        foreach (var className in (string[])[Permission, Class])
        {
            state.Table(className).Where(one => one.Text("projectid") == project.Id).ToList().ForEach(state.Store.Remove);
        }
    }

    private static Answer List(CommandCall call)
    {
        var project = Project(call);
        return Answer.List(call.State.Table(Class).Where(role =>
            role.Text("projectid") == project.Id && (call.Text("projectroleid") is not { } id || role.Id == id)
            && (call.Text("name") is not { Length: > 0 } name || role.Name == name)));
    }

    private static Answer Create(CommandCall call)
    {
        var project = Administered(call);
        DemandNameFree(call, project, null);
        var role = call.New(Class);
        role["projectid"] = project.Id;
        role["ispublic"] = true;
        role.Owner = project.Owner;
        call.Apply(role, "name", "description");
        call.State.Store.Add(role);
        return Answer.Of(role);
    }

    private static Answer Update(CommandCall call)
    {
        var role = RoleOf(call, Administered(call), "id");
        if (call.Has("name"))
        {
            DemandNameFree(call, call.Target("projectid"), role);
        }

        call.Apply(role, "name", "description");
        return Answer.Of(role);
    }

    private static Answer Delete(CommandCall call)
    {
        var project = Administered(call);
        var role = RoleOf(call, project, "id");
        if (ProjectBuilder.Memberships(call.State, project).FirstOrDefault(member => member.Text("projectroleid") == role.Id) is { } member)
        {
            throw ApiError.StillInUse($"The project role {role.Name} can't be deleted: {member.Text("account")} has it.");
        }

        RulesOf(role).ForEach(call.State.Store.Remove);
        call.State.Store.Remove(role);
        return Answer.Done;
    }

    private static Answer ListRules(CommandCall call)
    {
        var project = Project(call);
        return Answer.List(call.Has("projectroleid")
            ? RulesOf(RoleOf(call, project, "projectroleid"))
            : call.State.Table(Permission).Where(rule => rule.Text("projectid") == project.Id));
    }

    private static Answer AddRule(CommandCall call)
    {
        var project = Administered(call);
        var role = RoleOf(call, project, "projectroleid");
        var text = call.RequiredText("rule");
        DemandPermission(call);
        if (RulesOf(role).Exists(known => known.Text("rule") == text))
        {
            throw ApiError.Refused($"The project role {role.Name} has the rule {text} already.");
        }

        var rule = call.New(Permission);
        rule["projectid"] = project.Id;
        rule["projectroleid"] = role.Id;
        rule["projectrolename"] = role.Link("name");
        rule.Owner = project.Owner;
        call.Apply(rule, "rule", "permission", "description");
        call.State.Store.Add(rule);
        role.SetAttribute(AttributeNames.Rules, RulesOf(role).Append(rule).ToList());
        return Answer.Of(rule);
    }

    private static Answer ChangeRules(CommandCall call)
    {
        var role = RoleOf(call, Administered(call), "projectroleid");
        var order = call.FindAll("ruleorder");
        var rule = call.Find("projectrolepermissionid");
        if ((order.Count > 0) == (rule is not null))
        {
            throw ApiError.Refused("Either the order of all rules or one rule with its permission has to be given.");
        }

        if (order.Append(rule).OfType<Entity>().FirstOrDefault(one => !RulesOf(role).Contains(one)) is { } foreign)
        {
            throw ApiError.Refused($"The rule {foreign.Id} isn't one of the project role {role.Name}.");
        }

        if (rule is not null)
        {
            call.RequiredText("permission");
            DemandPermission(call);
            call.Apply(rule, "permission");
            return Answer.Done;
        }

        role.SetAttribute(AttributeNames.Rules, order.Concat(RulesOf(role).Except(order)).ToList());
        return Answer.Done;
    }

    private static Answer RemoveRule(CommandCall call)
    {
        var project = Administered(call);
        var rule = call.Target("id");
        if (rule.Text("projectid") != project.Id)
        {
            throw ApiError.Refused($"The rule {rule.Id} isn't of the project {project.Name}.");
        }

        if (call.State.Store.Find(rule.Text("projectroleid")) is { } role)
        {
            role.SetAttribute(AttributeNames.Rules, RulesOf(role).Where(other => other != rule).ToList());
        }

        call.State.Store.Remove(rule);
        return Answer.Done;
    }

    private static Entity Project(CommandCall call)
    {
        var project = call.Target("projectid");
        return call.Caller.IsMember(project) || call.Caller.MaySee(project)
            ? project
            : throw ApiError.NotPermitted($"Account {call.Caller.Account.Name} can't access the project {project.Id}.");
    }

    private static Entity Administered(CommandCall call)
    {
        var project = call.Target("projectid");
        Projects.DemandAdministrator(call, project);
        return project;
    }

    private static Entity RoleOf(CommandCall call, Entity project, string parameter)
    {
        var role = call.Target(parameter);
        return role.Text("projectid") == project.Id
            ? role
            : throw ApiError.Refused($"The project role {role.Name} isn't of the project {project.Name}.");
    }

    private static void DemandNameFree(CommandCall call, Entity project, Entity? except)
    {
        var name = call.RequiredText("name");
        if (call.State.Table(Class).Any(role => role != except && role.Text("projectid") == project.Id && role.Name == name))
        {
            throw ApiError.Refused($"The project {project.Name} has a role named {name} already.");
        }
    }

    private static void DemandPermission(CommandCall call)
    {
        if (call.Text("permission") is { } permission && !permission.Equals("allow", StringComparison.OrdinalIgnoreCase)
            && !permission.Equals("deny", StringComparison.OrdinalIgnoreCase))
        {
            throw ApiError.BadValue(call.Command.Name, "permission", permission);
        }
    }

    /// <summary>A role's rules in their order; the role's own list, so treat it as read-only.</summary>
    public static List<Entity> RulesOf(Entity role) => role.Attribute<List<Entity>>(AttributeNames.Rules) ?? [];
}
