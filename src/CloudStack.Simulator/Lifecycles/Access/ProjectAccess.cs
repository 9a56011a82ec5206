using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>
/// What members of a project may do in it: regular ones what their project role's rules say, in their order; what no rule
/// names is allowed, and without a project role everything is.
/// </summary>
internal static class ProjectAccess
{
    // Answers of those who aren't members yet.
    private const string Invitation = "updateProjectInvitation";

    /// <exception cref="ApiError">The caller's role in the project that the call names doesn't have the command.</exception>
    public static void Demand(CommandCall call)
    {
        var caller = call.Caller;
        if (caller.Role != RoleType.User || call.Command.Name == Invitation
            || call.State.Store.Find(ResultClass.Project, call.Text("projectid")) is not { } project || !caller.IsMember(project))
        {
            return;
        }

        var memberships = ProjectBuilder.Memberships(call.State, project).Where(m => m.Text("accountid") == caller.Account.Id).ToList();
        var membership = memberships.Find(m => m.Text("userid") == caller.User.Id) ?? memberships.Find(m => m.Text("userid") is null);
        if (membership is null || (membership.Text("role") != "Admin" && !Allows(call, membership)))
        {
            throw new ApiError(
                ApiError.Unsupported,
                $"The API [{call.Command.Name}] does not exist or is not available for this user in the project {project.Name}.");
        }
    }

    private static bool Allows(CommandCall call, Entity membership)
    {
        var role = call.State.Store.Find(ProjectRoles.Class, membership.Text("projectroleid"));
        var rule = role is null ? null : ProjectRoles.RulesOf(role).Find(rule => CommandAccess.Matches(rule.Text("rule") ?? "", call.Command.Name));
        return rule is null || string.Equals(rule.Text("permission"), "allow", StringComparison.OrdinalIgnoreCase);
    }
}
