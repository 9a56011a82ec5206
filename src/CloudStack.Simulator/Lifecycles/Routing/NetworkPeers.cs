using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Networking.Vpc;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Routing;

/// <summary>Which BGP peers a network or VPC tells its routes to.</summary>
internal sealed class NetworkPeers : ICommandFamily
{
    private const string Field = "bgppeers";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("changeBgpPeersForNetwork", call => Change(call, "networkid"));
        commands.Begin("changeBgpPeersForVpc", call => Change(call, "vpcid"));
    }

    /// <summary>The networks and VPCs that use a peer.</summary>
    public static IEnumerable<Entity> UsersOf(CloudState state, Entity peer) =>
        state.Table(ResultClass.Network).Concat(state.Table(VpcBuilder.Class)).Where(user => user.Items(Field).Contains(peer));

    /// <summary>Checks that an owner's network or VPC in a zone can use peers.</summary>
    /// <exception cref="ApiError">It can't.</exception>
    public static void Demand(IReadOnlyList<Entity> peers, Entity offering, Owner owner, string zoneId)
    {
        if (peers.Count > 0 && !RouteTerms.IsDynamic(offering))
        {
            throw ApiError.Refused($"BGP peers need dynamic routing, and the offering {offering.Name} has none.");
        }

        if (peers.FirstOrDefault(peer => peer.Text("zoneid") != zoneId) is { } distant)
        {
            throw ApiError.Refused($"The BGP peer {distant.Id} is in another zone.");
        }

        if (peers.FirstOrDefault(peer => !Dedicated.IsFor(peer, owner)) is { } foreign)
        {
            throw ApiError.Refused($"The BGP peer {foreign.Id} is dedicated to others.");
        }
    }

    public static void Set(Entity user, IReadOnlyList<Entity> peers) => user[Field] = peers.Count == 0 ? null : peers.Distinct().ToList();

    /// <summary>Parts a peer that goes from all that use it.</summary>
    public static void Part(CloudState state, Entity peer)
    {
        foreach (var user in UsersOf(state, peer).ToList())
        {
            user.RemoveItem(Field, peer);
        }
    }

    private static Work Change(CommandCall call, string parameter)
    {
        var user = call.Target(parameter);
        var peers = call.FindAll("bgppeerids");
        // The server answers the network or VPC as if it were a peer; what the two have in common is shown.
        return Work.On(user, () => Set(user, peers)) with
        {
            Begin = () =>
            {
                if (user.Class.Name == ResultClass.Network && user.Text("vpcid") is not null)
                {
                    throw ApiError.Refused("A tier has the BGP peers of its VPC; change them there.");
                }

                Demand(peers, RouteTerms.OfferingOf(call.State, user), user.Owner!, user.Text("zoneid")!);
            },
        };
    }
}
