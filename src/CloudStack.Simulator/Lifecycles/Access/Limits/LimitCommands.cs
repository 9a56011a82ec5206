using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access.Limits;

/// <summary>Limits of accounts, projects and domains, and what counts against them.</summary>
internal sealed class LimitCommands : ICommandFamily
{
    private const string CountClass = "ResourceCountResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listResourceLimits", List);
        commands.Do("updateResourceLimit", Update);
        commands.Do("updateResourceCount", Recount);
    }

    private static Answer List(CommandCall call)
    {
        var wanted = Wanted(call);
        if (call.IsSet("listall") && !call.Has("account") && !call.Has("projectid") && !call.Has("domainid"))
        {
            return Answer.List(call.State.Table(ResourceLimits.Class)
                .Where(limit => call.Caller.MaySee(limit) && wanted.Any(resource => resource.Name == limit.Text("resourcetypename"))));
        }

        var holder = Holder(call) ?? call.Caller.Account;
        return Answer.List(wanted.Select(resource =>
        {
            var limit = call.New(ResourceLimits.Class);
            ResourceLimits.Show(limit, holder, resource);
            limit["max"] = ResourceLimits.Of(call.State, holder, resource);
            return limit;
        }));
    }

    private static Answer Update(CommandCall call)
    {
        var holder = Holder(call) ?? call.Caller.Account;
        var resource = Numbered(call, call.Number("resourcetype"));
        var max = call.Number("max") ?? ResourceLimits.Unlimited;
        if (max < ResourceLimits.Unlimited)
        {
            throw ApiError.Refused($"The limit {max} is neither a number from 0 on nor -1, which means no limit.");
        }

        if (ResourceLimits.IsExempt(holder) && max != ResourceLimits.Unlimited)
        {
            throw ApiError.Refused($"Only -1 can be set for {holder.Name}: root administrators and the root domain have no limits.");
        }

        DemandAbove(call, holder);
        DemandWithinParent(call, holder, resource, max);
        return Answer.Of(ResourceLimits.Set(call.State, holder, resource, max));
    }

    private static Answer Recount(CommandCall call)
    {
        var holder = Holder(call)!;
        return Answer.List(Wanted(call).Select(resource =>
        {
            var count = call.New(CountClass);
            ResourceLimits.Show(count, holder, resource);
            count["resourcecount"] = call.State.Amounts.Of(holder, resource);
            return count;
        }).ToList());
    }

    // Whose limit a call is about: a project's, an account's, or a domain's.
    private static Entity? Holder(CommandCall call)
    {
        var holder = call.Find("projectid") ?? (call.Text("account") is { Length: > 0 } ? Scope.NamedAccount(call) : call.Find("domainid"));
        if (holder is not null)
        {
            call.DemandSight(holder);
        }

        return holder;
    }

    private static void DemandAbove(CommandCall call, Entity holder)
    {
        var isOwn = holder == call.Caller.Account || holder == call.Caller.Domain;
        if (!call.Caller.IsRoot && (isOwn || !DomainTree.Contains(call.Caller.Domain, holder.Owner!.Domain)))
        {
            throw ApiError.NotPermitted($"Account {call.Caller.Account.Name} can't set limits of {holder.Name}; only someone above may.");
        }
    }

    private static void DemandWithinParent(CommandCall call, Entity holder, LimitedResource resource, long max)
    {
        var parent = holder.Class.Name == ResultClass.Domain ? holder.Attribute<Entity>(AttributeNames.Parent) : holder.Owner!.Domain;
        if (parent is not null && ResourceLimits.Of(call.State, parent, resource) is >= 0 and var above && (max > above || max < 0))
        {
            throw ApiError.Refused(
                $"The domain {parent.Name} has the limit {above} for {resource.Name}; specify a value that isn't higher.");
        }
    }

    private static IReadOnlyList<LimitedResource> Wanted(CommandCall call)
    {
        if (call.Has("resourcetype"))
        {
            return [Numbered(call, call.Number("resourcetype"))];
        }

        return call.Text("resourcetypename") is { Length: > 0 } name
            ? [LimitedResource.All.FirstOrDefault(resource => resource.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw ApiError.BadValue(call.Command.Name, "resourcetypename", name)]
            : LimitedResource.All;
    }

    private static LimitedResource Numbered(CommandCall call, long? number) => number is >= 0 and var known && known < LimitedResource.All.Count
        ? LimitedResource.All[(int)known]
        : throw ApiError.BadValue(call.Command.Name, "resourcetype", number?.ToString(CultureInfo.InvariantCulture) ?? "");
}
