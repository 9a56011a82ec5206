using System.Globalization;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>The protocols and ICMP types that rules may name; the assigned ones that people meet.</summary>
internal sealed class NetworkProtocols : ICommandFamily
{
    private static readonly (long Number, string Name, string Text)[] Protocols =
    [
        (0, "HOPOPT", "IPv6 hop-by-hop option"), (1, "ICMP", "Internet control messages"), (2, "IGMP", "Internet group management"),
        (4, "IPv4", "IPv4 in IP"), (6, "TCP", "Transmission control"), (8, "EGP", "Exterior gateway"), (9, "IGP", "Interior gateways"),
        (17, "UDP", "User datagrams"), (27, "RDP", "Reliable data"), (33, "DCCP", "Datagram congestion control"), (41, "IPv6", "IPv6 in IP"),
        (43, "IPv6-Route", "IPv6 routing header"), (44, "IPv6-Frag", "IPv6 fragment header"), (46, "RSVP", "Resource reservation"),
        (47, "GRE", "Generic routing encapsulation"), (50, "ESP", "Encapsulated security payload"), (51, "AH", "Authentication header"),
        (58, "IPv6-ICMP", "Control messages of IPv6"), (59, "IPv6-NoNxt", "No next IPv6 header"), (60, "IPv6-Opts", "IPv6 destination options"),
        (88, "EIGRP", "Enhanced interior gateway routing"), (89, "OSPFIGP", "Open shortest path first"), (94, "IPIP", "IP within IP"),
        (103, "PIM", "Protocol-independent multicast"), (112, "VRRP", "Virtual router redundancy"), (115, "L2TP", "Layer two tunneling"),
        (132, "SCTP", "Stream control transmission"), (136, "UDPLite", "User datagrams with partial checksums"), (137, "MPLS-in-IP", "MPLS in IP"),
    ];

    private static readonly (long Number, string Name, string[] Codes)[] IcmpTypes =
    [
        (0, "Echo reply", ["No code"]),
        (3, "Destination unreachable", ["Net unreachable", "Host unreachable", "Protocol unreachable", "Port unreachable", "Fragmentation needed", "Source route failed"]),
        (5, "Redirect", ["For the network", "For the host", "For the service and network", "For the service and host"]),
        (8, "Echo", ["No code"]),
        (9, "Router advertisement", ["Normal"]),
        (10, "Router solicitation", ["No code"]),
        (11, "Time exceeded", ["Time to live exceeded in transit", "Fragment reassembly time exceeded"]),
        (12, "Parameter problem", ["Pointer indicates the error", "Missing a required option", "Bad length"]),
        (13, "Timestamp", ["No code"]),
        (14, "Timestamp reply", ["No code"]),
    ];

    public void Register(CommandTable commands, CloudState state) => commands.Read("listNetworkProtocols", List);

    private static Answer List(CommandCall call) => call.RequiredText("option").ToUpperInvariant() switch
    {
        "PROTOCOLNUMBER" => Answer.List(Protocols.Select(known => Entry(call, known.Number, known.Name, known.Text, []))),
        "ICMPTYPE" => Answer.List(IcmpTypes.Select(known => Entry(call, known.Number, null, known.Name, known.Codes))),
        _ => throw ApiError.Refused($"Invalid option {call.Text("option")}; it must be protocolnumber or icmptype."),
    };

    private static Store.Entity Entry(CommandCall call, long number, string? name, string text, string[] codes)
    {
        var entry = call.New(call.Command.Result);
        entry["index"] = number;
        entry["name"] = name;
        entry["description"] = text;
        entry["details"] = codes.Length == 0 ? null : codes.Select((code, i) => (Key: i.ToString(CultureInfo.InvariantCulture), Value: code))
            .ToDictionary(code => code.Key, code => code.Value, StringComparer.Ordinal);
        return entry;
    }
}
