using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Offerings;

/// <summary>Which domains and zones an offering is for, and whether it's in use at all.</summary>
internal static class OfferingScope
{
    private const string Domains = "domains";
    private static readonly string[] States = ["Active", "Inactive", "Enabled", "Disabled"];

    /// <summary>Limits a new offering to the domains and zones that the call names.</summary>
    public static void Restrict(CommandCall call, Entity offering)
    {
        if (call.FindAll("domainid") is { Count: > 0 } domains)
        {
            offering.SetAttribute(Domains, domains);
            offering["domainid"] = string.Join(',', domains.Select(domain => domain.Id));
            offering["domain"] = string.Join(',', domains.Select(domain => domain.Name));
        }

        if (call.FindAll("zoneid") is { Count: > 0 } zones)
        {
            offering["zoneid"] = string.Join(',', zones.Select(zone => zone.Id));
            offering["zone"] = string.Join(',', zones.Select(zone => zone.Name));
        }
    }

    /// <summary>True where the caller may use an offering in the zone asked for.</summary>
    public static bool IsIn(CommandCall call, Entity offering) =>
        (call.Caller.IsRoot || offering.Attribute<IReadOnlyList<Entity>>(Domains) is not { } domains
            || domains.Any(domain => DomainTree.Contains(domain, call.Caller.Domain)))
        && (call.Text("zoneid") is not { } zone || offering.Text("zoneid") is not { } zones || zones.Split(',').Contains(zone));

    /// <summary>True where an offering is in the state asked for, or in use where none is.</summary>
    public static bool HasState(CommandCall call, Entity offering, string usual) => (call.Text("state") ?? usual) is var wanted
        && (wanted.Equals("all", StringComparison.OrdinalIgnoreCase) || string.Equals(offering.State, wanted, StringComparison.OrdinalIgnoreCase));

    /// <exception cref="ApiError">The call asks for a state that offerings don't have.</exception>
    public static void DemandState(CommandCall call)
    {
        if (call.Text("state") is { } state && !States.Contains(state, StringComparer.OrdinalIgnoreCase))
        {
            throw ApiError.BadValue(call.Command.Name, "state", state);
        }
    }

    public static void ApplyState(CommandCall call, Entity offering, string on, string off)
    {
        if (call.Text("state") is { } state)
        {
            var isOff = state.Equals("inactive", StringComparison.OrdinalIgnoreCase) || state.Equals("disabled", StringComparison.OrdinalIgnoreCase);
            offering["state"] = isOff ? off : on;
        }
    }
}
