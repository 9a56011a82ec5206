using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Operations;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access;

/// <summary>
/// Invitations to projects, where the setting <c>project.invite.required</c> asks for them: Pending, Completed, Declined, or
/// Expired after a day.
/// </summary>
internal sealed class ProjectInvitations : ICommandFamily
{
    private const string Class = "ProjectInvitationResponse";
    private const string Pending = "Pending";
    private const string Role = "roletype";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listProjectInvitations", List);
        commands.Begin("updateProjectInvitation", Decide);
        commands.Begin("deleteProjectInvitation", Delete);
    }

    /// <summary>True where people must agree before they're added to a project.</summary>
    public static bool AreRequired(CloudState state, Entity project) => Configurations.IsOn(state, "project.invite.required", project.Owner!.Domain);

    /// <summary>Invites an account, or one of its users.</summary>
    /// <exception cref="ApiError">There is an open invitation already.</exception>
    public static void Invite(CloudState state, Entity project, Entity account, Entity? user, string role)
    {
        if (state.Table(Class).Any(one => one.State == Pending && one.Text("projectid") == project.Id && one.Owner?.Account == account && one.Text("userid") == user?.Id))
        {
            throw ApiError.Refused($"There is a pending invitation of {account.Name} to the project {project.Name} already.");
        }

        var invitation = state.New(Class);
        Owner.OfAccount(account).Claim(invitation);
        invitation["projectid"] = project.Id;
        invitation["project"] = project.Link("name");
        invitation["state"] = Pending;
        invitation["userid"] = user?.Id;
        invitation["email"] = user?.Text("email");
        invitation.SetAttribute(Role, role);
        state.Store.Add(invitation);
        state.Timeline.At(state.Clock.GetUtcNow() + Lifetime, () =>
        {
            if (invitation.State == Pending)
            {
                invitation["state"] = "Expired";
            }
        });
    }

    /// <summary>Takes a project's invitations away with it.</summary>
    public static void Forget(CloudState state, Entity project) =>
        state.Table(Class).Where(one => one.Text("projectid") == project.Id).ToList().ForEach(state.Store.Remove);

    /// <summary>Takes a user's own invitations away with it.</summary>
    public static void ForgetUser(CloudState state, Entity user) =>
        state.Table(Class).Where(one => one.Text("userid") == user.Id).ToList().ForEach(state.Store.Remove);

    private static Answer List(CommandCall call)
    {
        var project = call.Find("projectid");
        Func<Entity, bool> scope = project is not null || call.Has("id")
            ? invitation => call.Caller.MaySee(invitation) || (project is not null && Projects.IsAdministrator(call, project))
            : Scope.Of(call);
        return Answer.List(Listing.Filter(
            call, call.State.Table(Class), scope, invitation => !call.IsSet("activeonly") || invitation.State == Pending));
    }

    private static Work Decide(CommandCall call)
    {
        var project = call.Target("projectid");
        var account = call.Text("account") is { Length: > 0 }
            ? Accounts.FindIn(call.State, project.Owner!.Domain, call.RequiredText("account"))
            : call.Find("userid") is { } user ? user.Attribute<Entity>(AttributeNames.Account) : call.Caller.Account;
        var invitation = call.State.Table(Class).FirstOrDefault(one =>
                one.State == Pending && one.Text("projectid") == project.Id && account is not null && one.Owner?.Account == account
                && (!call.Has("userid") || one.Text("userid") == call.Text("userid")))
            ?? throw ApiError.Refused($"There is no pending invitation to the project {project.Name} for {account?.Name ?? call.Text("account")}.");
        call.DemandSight(invitation);
        return new Work(invitation, () =>
        {
            DemandPending(invitation);
            if (call.Flag("accept") == false)
            {
                invitation["state"] = "Declined";
                return Answer.Done;
            }

            if (!ProjectBuilder.MembersOf(project).Contains(account!))
            {
                ProjectBuilder.AddMember(
                    call.State, project, account!, invitation.Attribute<string>(Role)!, call.State.Store.Find(invitation.Text("userid")));
            }

            invitation["state"] = "Completed";
            return Answer.Done;
        });
    }

    private static Work Delete(CommandCall call)
    {
        var invitation = call.State.Store.Find(Class, call.RequiredText("id"))!;
        if (!call.Caller.MaySee(invitation) && !Projects.IsAdministrator(call, call.State.Store.Find(invitation.Text("projectid"))!))
        {
            throw ApiError.NotPermitted($"Account {call.Caller.Account.Name} may not delete the invitation {invitation.Id}.");
        }

        return Work.Removing(call.State.Store, invitation);
    }

    private static void DemandPending(Entity invitation)
    {
        if (invitation.State != Pending)
        {
            throw ApiError.Refused($"The invitation {invitation.Id} is {invitation.State}, and not pending any more.");
        }
    }
}
