using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Lifecycles.Networking.Vpc;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Routing;

/// <summary>What a new network or VPC gets so that others find their way to it. Found before it's made, and taken after.</summary>
internal sealed record RouteTerms
{
    private static readonly RouteTerms None = new();

    private SubnetPlan? Subnet { get; init; }

    private Entity? AsNumber { get; init; }

    private IReadOnlyList<Entity> Peers { get; init; } = [];

    private Ipv6Block? Ipv6 { get; init; }

    /// <summary>The addresses that were chosen for it, or null where it isn't routed.</summary>
    public string? Cidr => Subnet?.Block.ToString();

    /// <summary>True where routes are told to BGP peers.</summary>
    public static bool IsDynamic(Entity offering) => Is(offering, "routingmode", "Dynamic") && (IsRouted(offering) || HasIpv6(offering));

    public static Entity OfferingOf(CloudState state, Entity user) =>
        state.Store.Find(user.Text(user.Class.Name == VpcBuilder.Class ? "vpcofferingid" : "networkofferingid"))!;

    /// <summary>Finds the terms of a new guest network.</summary>
    /// <param name="call">The call.</param>
    /// <param name="zone">Where it will be.</param>
    /// <param name="offering">Of what.</param>
    /// <param name="owner">Whose.</param>
    /// <param name="cidr">The addresses that the call names, or null.</param>
    /// <exception cref="ApiError">They can't be met.</exception>
    public static RouteTerms OfNetwork(CommandCall call, Entity zone, Entity offering, Owner owner, string? cidr)
    {
        var terms = offering.Text("guestiptype") != "Isolated" || call.Has("vpcid") ? None : Of(call, zone, offering, owner, cidr);
        return HasIpv6(offering) ? terms with { Ipv6 = Ipv6Prefixes.Find(call.State, zone) } : terms;
    }

    /// <summary>Finds the terms of a new VPC.</summary>
    /// <exception cref="ApiError">They can't be met.</exception>
    public static RouteTerms OfVpc(CommandCall call, Entity zone, Entity offering, Owner owner) =>
        Of(call, zone, offering, owner, call.Text("cidr"));

    /// <summary>Takes what was found.</summary>
    public void Take(CloudState state, Entity user)
    {
        if (Subnet is not null)
        {
            GuestSubnets.Allocate(state, Subnet, user);
            user["ip4routing"] = IsDynamic(OfferingOf(state, user)) ? "Dynamic" : "Static";
        }

        if (AsNumber is not null)
        {
            AsNumbers.Allocate(state, AsNumber, user);
        }

        if (Peers.Count > 0)
        {
            NetworkPeers.Set(user, Peers);
        }

        if (Ipv6 is { } block)
        {
            Ipv6Prefixes.Allocate(user, block);
        }
    }

    private static RouteTerms Of(CommandCall call, Entity zone, Entity offering, Owner owner, string? cidr)
    {
        if (call.Has("cidrsize") && (cidr is not null || !IsRouted(offering)))
        {
            throw ApiError.Refused("A cidrsize is for routed networks and VPCs, and stands for their addresses; please don't name both.");
        }

        if (call.Has("asnumber") && !IsDynamic(offering))
        {
            throw ApiError.Refused($"The offering {offering.Name} has no dynamic routing and takes no AS number.");
        }

        if (IsRouted(offering) && cidr is null && !call.Has("cidrsize"))
        {
            throw ApiError.Refused($"The offering {offering.Name} is routed; please name the addresses, or their number by cidrsize.");
        }

        var peers = call.FindAll("bgppeerids");
        NetworkPeers.Demand(peers, offering, owner, zone.Id);
        return new RouteTerms
        {
            Peers = peers,
            AsNumber = IsDynamic(offering) ? AsNumbers.Find(call, zone, offering) : null,
            Subnet = IsRouted(offering)
                ? GuestSubnets.Plan(call, zone, owner, cidr is null ? null : CidrBlock.Demand(cidr, "cidr"))
                : null,
        };
    }

    private static bool IsRouted(Entity offering) => Is(offering, "networkmode", "ROUTED");

    private static bool HasIpv6(Entity offering) => Is(offering, "internetprotocol", "DualStack") || Is(offering, "internetprotocol", "IPv6");

    private static bool Is(Entity offering, string field, string value) =>
        string.Equals(offering.Text(field), value, StringComparison.OrdinalIgnoreCase);
}
