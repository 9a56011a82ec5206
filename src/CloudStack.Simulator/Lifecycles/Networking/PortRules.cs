using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>What firewall, port-forwarding and load-balancer rules on one public address have in common.</summary>
internal static class PortRules
{
    private static readonly string[] Classes = [ResultClass.Firewall, ResultClass.FirewallRule, ResultClass.LoadBalancer];

    /// <summary>All rules on an address.</summary>
    public static IEnumerable<Entity> On(CloudState state, Entity address) => Classes.SelectMany(className =>
        state.Table(className).Where(rule => rule.Text(AddressField(className)) == address.Id));

    /// <summary>Notes on the address whether it still has rules; a VPC's address serves the tier that its rules are for.</summary>
    public static void Recount(CloudState state, Entity address)
    {
        var rule = On(state, address).FirstOrDefault();
        address["hasrules"] = rule is not null;
        if (address.Text("vpcid") is not null && !address.Flag("isstaticnat"))
        {
            Serve(state, address, rule?.Text("networkid"));
        }
    }

    /// <summary>Lets an address serve a network, or none.</summary>
    public static void Serve(CloudState state, Entity address, string? networkId)
    {
        address["associatednetworkid"] = networkId;
        address["associatednetworkname"] = state.Store.Find(ResultClass.Network, networkId)?.Link("name");
    }

    /// <summary>Checks a range of ports.</summary>
    /// <exception cref="ApiError">A port is out of range, or the range runs backwards.</exception>
    public static (long First, long Last) Ports(CommandCall call, string first, string last)
    {
        var start = call.Number(first) ?? throw ApiError.Missing(call.Command.Name, first);
        var end = call.Number(last) ?? start;
        foreach (var port in (long[])[start, end])
        {
            if (port is < 1 or > 65_535)
            {
                throw ApiError.Refused($"Invalid value for port number: {port}");
            }
        }

        return start <= end ? (start, end) : throw ApiError.Refused($"Start port {start} is after the end port {end}.");
    }

    /// <summary>Checks a protocol's name.</summary>
    public static string Protocol(CommandCall call, params string[] known)
    {
        var protocol = call.RequiredText("protocol");
        return known.Contains(protocol, StringComparer.OrdinalIgnoreCase)
            ? Lower(protocol)
            : throw ApiError.Refused($"Protocol {protocol} is not supported; one of {string.Join(", ", known)} is.");
    }

    /// <summary>Checks source networks, and writes them as rules show them.</summary>
    public static string? Sources(CommandCall call, string name = "cidrlist")
    {
        foreach (var cidr in call.Texts(name))
        {
            var slash = cidr.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0 || !System.Net.IPAddress.TryParse(cidr[..slash], out _))
            {
                throw ApiError.Refused($"Source cidrs formatting error {cidr}");
            }
        }

        return call.Texts(name) is { Count: > 0 } cidrs ? string.Join(',', cidrs) : null;
    }

    /// <exception cref="ApiError">The address can't carry a rule of a port range that another rule has.</exception>
    public static void DemandFree(
        CloudState state, Entity address, string className, string protocol, (long First, long Last) ports, (string First, string Last) fields)
    {
        foreach (var rule in state.Table(className).Where(r => r.Text(AddressField(className)) == address.Id && r.Text("protocol") == protocol))
        {
            var first = NumberOf(rule, fields.First);
            var last = rule.Text(fields.Last) is null ? first : NumberOf(rule, fields.Last);
            if (first <= ports.Last && ports.First <= last)
            {
                throw ApiError.RulesConflict(
                    $"The range specified, {ports.First}-{ports.Last}, conflicts with rule {rule.Id} which has {first}-{last}");
            }
        }
    }

    public static string AddressField(string className) => className == ResultClass.LoadBalancer ? "publicipid" : "ipaddressid";

    /// <summary>The network that an address serves, or will: of a VPC's address any tier can make use.</summary>
    /// <exception cref="ApiError">It serves none.</exception>
    public static Entity NetworkOf(CloudState state, Entity address, Entity? tier = null) =>
        state.Store.Find(address.Text("associatednetworkid"))
        ?? (tier is not null && tier.Text("vpcid") is { } vpc && vpc == address.Text("vpcid") ? tier : null)
        ?? throw ApiError.Refused($"The public address {address.Text("ipaddress")} isn't associated with any network.");

    private static long NumberOf(Entity rule, string field) =>
        long.TryParse(rule.Text(field), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;

#pragma warning disable CA1308 // The server writes protocols in lower case.
    private static string Lower(string protocol) => protocol.ToLowerInvariant();
#pragma warning restore CA1308
}
