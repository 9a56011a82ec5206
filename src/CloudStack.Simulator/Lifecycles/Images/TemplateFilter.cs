using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Images;

/// <summary>The server's named choices of templates and ISOs, which stand in for the usual scope.</summary>
internal static class TemplateFilter
{
    /// <exception cref="ApiError">There is no such choice, or the caller may not make it.</exception>
    public static Func<Entity, bool> Of(CommandCall call, string? filter)
    {
        var caller = call.Caller;
        if (call.Has("id") || call.Has("ids"))
        {
            return caller.MaySee;
        }

        bool IsOwn(Entity template) => template.Owner?.Account == caller.Account;
        var scope = call.Has("projectid") || call.Has("account") || call.Has("domainid") ? Scope.Of(call) : IsOwn;
        return (filter ?? "selfexecutable").ToUpperInvariant() switch
        {
            "FEATURED" => template => template.Flag("isfeatured") && template.Flag("ispublic"),
            "COMMUNITY" => template => template.Flag("ispublic") && !template.Flag("isfeatured"),
            "SELF" => template => scope(template),
            "SELFEXECUTABLE" => template => scope(template) && template.Flag("isready"),
            "SHARED" or "SHAREDEXECUTABLE" => template => !IsOwn(template) && !template.Flag("ispublic") && caller.MaySee(template),
            "EXECUTABLE" => template => template.Flag("isready") && (scope(template) || (!IsOwn(template) && caller.Role == RoleType.User && caller.MaySee(template)) || template.Flag("ispublic")),
            "ALL" when caller.IsRoot => _ => true,
            "ALL" => throw ApiError.NotPermitted("Filter all can be specified by Admin only"),
            _ => throw ApiError.Refused($"Please specify a valid template filter: {filter} is none."),
        };
    }
}

/// <summary>How far a download is, in the server's words.</summary>
internal sealed class DownloadProgress(TimeProvider clock, DateTimeOffset started, DateTimeOffset ready) : FieldSource
{
    public override object? Read()
    {
        var whole = ready - started;
        var percent = whole <= TimeSpan.Zero ? 100 : Math.Clamp((int)(100 * ((clock.GetUtcNow() - started) / whole)), 0, 100);
        return FormattableString.Invariant($"{percent}% Downloaded");
    }
}
