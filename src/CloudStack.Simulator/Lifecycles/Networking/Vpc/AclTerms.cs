using System.Globalization;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Vpc;

/// <summary>What an ACL rule says: which traffic it's about, and whether that may pass.</summary>
internal sealed record AclTerms(
    string Protocol, string Action, string Direction, string? Sources, (long First, long Last)? Ports, (long? Type, long? Code) Icmp)
{
    private static readonly string[] Protocols = ["tcp", "udp", "icmp", "all"];
    private static readonly string[] Actions = ["Allow", "Deny"];
    private static readonly string[] Directions = ["Ingress", "Egress"];

    /// <exception cref="ApiError">The arguments don't make a rule.</exception>
    public static AclTerms OfNew(CommandCall call) => Read(call, null);

    /// <summary>A rule's terms after a change; what isn't named stays where the change is partial, and falls away otherwise.</summary>
    /// <exception cref="ApiError">The arguments don't make a rule.</exception>
    public static AclTerms OfChanged(CommandCall call, Entity item, bool isPartial) => Read(call, isPartial ? item : null);

    public void Show(Entity item)
    {
        item["protocol"] = Protocol;
        item["action"] = Action;
        item["traffictype"] = Direction;
        item["cidrlist"] = Sources;
        item["startport"] = Ports?.First;
        item["endport"] = Ports?.Last;
        item["icmptype"] = Icmp.Type;
        item["icmpcode"] = Icmp.Code;
    }

    private static AclTerms Read(CommandCall call, Entity? former)
    {
        var protocol = ProtocolOf(call.Text("protocol") ?? former?.Text("protocol") ?? throw ApiError.Missing(call.Command.Name, "protocol"));
        // Another protocol leaves nothing of the former one's ports and types.
        var kept = former?.Text("protocol") == protocol ? former : null;
        return new AclTerms(
            protocol,
            OneOf(call, "action", Actions) ?? former?.Text("action") ?? Actions[0],
            OneOf(call, "traffictype", Directions) ?? former?.Text("traffictype") ?? Directions[0],
            PortRules.Sources(call) ?? former?.Text("cidrlist") ?? "0.0.0.0/0",
            PortsOf(call, protocol) ?? PortsOf(kept),
            IcmpOf(call, protocol, kept));
    }

    private static string ProtocolOf(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number <= 255 ? text : throw ApiError.Refused($"Invalid protocol number {text}; it must be 0 to 255.");
        }

        return Protocols.FirstOrDefault(known => known.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.Refused($"Invalid protocol {text}; one of {string.Join(", ", Protocols)} or a number is expected.");
    }

    private static string? OneOf(CommandCall call, string name, string[] known) => call.Text(name) is not { Length: > 0 } text
        ? null
        : known.FirstOrDefault(one => one.Equals(text, StringComparison.OrdinalIgnoreCase))
            ?? throw ApiError.Refused($"Invalid {name} {text}; it must be {string.Join(" or ", known)}.");

    private static (long First, long Last)? PortsOf(CommandCall call, string protocol)
    {
        if (!call.Has("startport") && !call.Has("endport"))
        {
            return null;
        }

        return protocol is "icmp" or "all"
            ? throw ApiError.Refused($"Can't specify start/end port when protocol is {protocol}")
            : PortRules.Ports(call, "startport", "endport");
    }

    private static (long First, long Last)? PortsOf(Entity? item) =>
        item?["startport"] is null ? null : (Number(item, "startport") ?? 0, Number(item, "endport") ?? 0);

    private static (long? Type, long? Code) IcmpOf(CommandCall call, string protocol, Entity? kept)
    {
        var (type, code) = (call.Number("icmptype") ?? Number(kept, "icmptype"), call.Number("icmpcode") ?? Number(kept, "icmpcode"));
        if (protocol != "icmp" && (type ?? code) is not null)
        {
            throw ApiError.Refused("Can specify icmpcode and icmptype for ICMP protocol only");
        }

        if (type is < -1 or > 255 || code is < -1 or > 16)
        {
            throw ApiError.Refused($"Invalid ICMP type {type} or code {code}: types are -1 to 255, codes -1 to 16.");
        }

        return (type, code);
    }

    // Ports are texts on the wire, ICMP types numbers.
    private static long? Number(Entity? item, string field) =>
        long.TryParse(item?.Text(field), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
