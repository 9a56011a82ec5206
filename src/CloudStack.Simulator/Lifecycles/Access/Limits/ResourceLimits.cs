using System.Globalization;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Access.Limits;

/// <summary>
/// What accounts, projects and domains may have. A domain's limit holds for all below it together. Root administrators and
/// the root domain have none.
/// </summary>
internal static class ResourceLimits
{
    public const string Class = "ResourceLimitResponse";
    public const long Unlimited = -1;

    /// <summary>The limit that was set, or <see cref="Unlimited"/>.</summary>
    /// <param name="state">The cloud.</param>
    /// <param name="holder">An account, a project or a domain.</param>
    /// <param name="resource">What is limited.</param>
    public static long Of(CloudState state, Entity holder, LimitedResource resource) =>
        IsExempt(holder) ? Unlimited : Find(state, holder, resource)?.Number("max") ?? Unlimited;

    /// <summary>True for whom no limit can be set.</summary>
    public static bool IsExempt(Entity holder) =>
        holder.Class.Name == ResultClass.Domain ? holder.Number("level") == 0 : holder.Text("roletype") == nameof(RoleType.Admin);

    /// <summary>Sets a limit.</summary>
    /// <param name="state">The cloud.</param>
    /// <param name="holder">An account, a project or a domain that isn't exempt.</param>
    /// <param name="resource">What is limited.</param>
    /// <param name="max">How much, in the resource's unit, or <see cref="Unlimited"/>.</param>
    public static Entity Set(CloudState state, Entity holder, LimitedResource resource, long max)
    {
        if (Find(state, holder, resource) is not { } limit)
        {
            limit = state.New(Class);
            Show(limit, holder, resource);
            state.Store.Add(limit);
        }

        limit["max"] = max;
        return limit;
    }

    /// <summary>Names whose limit it is and of what.</summary>
    public static void Show(Entity limit, Entity holder, LimitedResource resource)
    {
        holder.Owner!.Claim(limit);
        if (holder.Class.Name == ResultClass.Domain)
        {
            limit["account"] = null;
        }

        limit["resourcetype"] = resource.Number.ToString(CultureInfo.InvariantCulture);
        limit["resourcetypename"] = resource.Name;
    }

    /// <summary>Checks that an owner may have more of something.</summary>
    /// <param name="state">The cloud.</param>
    /// <param name="owner">Whose it will be.</param>
    /// <param name="resource">What of.</param>
    /// <param name="more">How much more; storage in bytes.</param>
    /// <exception cref="ApiError">The owner's limit or that of a domain above would be passed.</exception>
    public static void Demand(CloudState state, Owner owner, LimitedResource resource, long more = 1)
    {
        if (Of(state, owner.Holder, resource) is >= 0 and var own)
        {
            DemandWithin(owner.Holder, resource, own, state.Amounts.Of(owner.Holder, resource), more);
        }

        for (var domain = owner.Domain; domain is not null; domain = domain.Attribute<Entity>(AttributeNames.Parent))
        {
            if (!IsExempt(owner.Holder) && Of(state, domain, resource) is >= 0 and var limit)
            {
                DemandWithin(domain, resource, limit, state.Amounts.Of(domain, resource), more);
            }
        }
    }

    private static void DemandWithin(Entity holder, LimitedResource resource, long limit, long used, long more)
    {
        if (more > 0 && used + more > limit * resource.Unit)
        {
            var kind = holder.Class.Name.Replace("Response", "", StringComparison.Ordinal);
            throw ApiError.OverLimit(
                $"Maximum amount of resources of Type = '{resource.Name}' for {kind} Name = {holder.Name} is exceeded: "
                + $"limit = {limit * resource.Unit}, amount = {used}, requested = {more}.");
        }
    }

    private static Entity? Find(CloudState state, Entity holder, LimitedResource resource) => state.Table(Class).FirstOrDefault(limit =>
        limit.Owner == holder.Owner && limit.Text("resourcetypename") == resource.Name);
}
