using System.Net;
using System.Net.Sockets;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Routing;

/// <summary>Routers outside the cloud that dynamically routed networks tell their routes to.</summary>
internal sealed class BgpPeers : ICommandFamily
{
    public const string Class = "BgpPeerResponse";
    private const string MultiHop = "EBGP_MultiHop";
    private static readonly string[] Worded = ["asnumber", "ipaddress", "ip6address"];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createBgpPeer", Create);
        commands.Begin("updateBgpPeer", Update);
        commands.Begin("deleteBgpPeer", Delete);
        commands.Begin("dedicateBgpPeer", Dedicate);
        commands.Begin("releaseBgpPeer", call => Work.On(call.Target("id"), () => Dedicated.Release(call.Target("id"))));
        commands.Read("listBgpPeers", List);
        state.Store.Removing += gone => Leave(state, gone);
    }

    private static void Leave(CloudState state, Entity gone)
    {
        foreach (var peer in state.Table(Class).Where(peer => Dedicated.GoesWith(peer, gone)).ToList())
        {
            NetworkPeers.Part(state, peer);
            state.Store.Remove(peer);
        }
    }

    private static Work Create(CommandCall call)
    {
        var zone = call.Target("zoneid");
        Entity Make()
        {
            var wanted = Dedicated.Wanted(call);
            var peer = call.Create(Class, null);
            peer["zoneid"] = zone.Id;
            peer["zonename"] = zone.Link("name");
            Describe(call, peer);
            Dedicated.Describe(peer, wanted);
            return peer;
        }

        return new Work(null, () => Answer.Of(Make()))
        {
            Begin = () =>
            {
                Check(call, zone.Id, null);
                Dedicated.Wanted(call);
            },
            Queue = zone,
        };
    }

    private static Work Update(CommandCall call)
    {
        var peer = call.Target("id");
        return Work.On(peer, () => Describe(call, peer)) with { Begin = () => Check(call, peer.Text("zoneid")!, peer) };
    }

    private static void Check(CommandCall call, string zoneId, Entity? self)
    {
        var number = call.Number("asnumber") ?? self!.Number("asnumber");
        if (number is < 1 or > uint.MaxValue)
        {
            throw ApiError.Refused($"{number} isn't an AS number: they go from 1 to {uint.MaxValue}.");
        }

        var addresses = (string[])["ipaddress", "ip6address"];
        if (Array.TrueForAll(addresses, field => string.IsNullOrWhiteSpace(call.Text(field) ?? self?.Text(field))))
        {
            throw ApiError.Refused("At least one of IPv4 and IPv6 address must be specified.");
        }

        foreach (var field in addresses)
        {
            var address = call.Text(field) ?? self?.Text(field);
            if (string.IsNullOrWhiteSpace(address))
            {
                continue;
            }

            if (!(field == "ipaddress" ? AddressPool.IsAddress(address) : IsIpv6(address)))
            {
                throw ApiError.Refused($"{address} isn't a valid value of {field}.");
            }

            if (call.State.Table(Class).Any(other => other != self && other.Text("zoneid") == zoneId
                && other.Number("asnumber") == number && other.Text(field) == address))
            {
                throw ApiError.Refused($"There is a BGP peer with the address {address} and the AS number {number} in the zone already.");
            }
        }

        if (call.Map("details").Keys.FirstOrDefault(name => !name.Equals(MultiHop, StringComparison.OrdinalIgnoreCase)) is { } strange)
        {
            throw ApiError.Refused($"Unsupported detail {strange} of a BGP peer; {MultiHop} is one.");
        }
    }

    private static bool IsIpv6(string text) =>
        IPAddress.TryParse(text, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
        && !text.Contains('%', StringComparison.Ordinal);

    private static void Describe(CommandCall call, Entity peer)
    {
        call.Apply(peer, "asnumber");
        foreach (var field in ((string[])["ipaddress", "ip6address"]).Where(call.Has))
        {
            peer[field] = string.IsNullOrWhiteSpace(call.Text(field)) ? null : call.Text(field);
        }

        if (call.Text("password") is { } password)
        {
            // It's never answered.
            peer.SetAttribute(AttributeNames.Password, password);
        }

        if (call.IsSet("cleanupdetails"))
        {
            peer["details"] = null;
        }
        else if (call.Map("details") is { Count: > 0 } details)
        {
            peer["details"] = new Dictionary<string, string> { [MultiHop] = details.Values.First() };
        }
    }

    private static Work Delete(CommandCall call)
    {
        var peer = call.Target("id");
        return Work.Removing(call.State.Store, peer) with
        {
            Begin = () =>
            {
                if (NetworkPeers.UsersOf(call.State, peer).Count() is > 0 and var count)
                {
                    throw ApiError.Refused($"The BGP peer can't be deleted: {count} networks or VPCs use it.");
                }
            },
        };
    }

    private static Work Dedicate(CommandCall call)
    {
        var peer = call.Target("id");
        return Work.On(peer, () => Dedicated.Describe(peer, Dedicated.Wanted(call))) with
        {
            Begin = () =>
            {
                var (domain, owner) = Dedicated.Wanted(call);
                Dedicated.DemandUnusedByOthers(domain, owner, NetworkPeers.UsersOf(call.State, peer));
            },
        };
    }

    private static Answer List(CommandCall call)
    {
        var (_, owner) = Dedicated.Wanted(call);
        if (owner is not null && !call.Has("isdedicated") && !call.Has("zoneid"))
        {
            throw ApiError.Refused("Please specify zoneid to list the BGP peers of an account.");
        }

        var word = call.Text("keyword") ?? "";
        return Answer.List(Listing.Filter(
            call, call.State.Table(Class), _ => true,
            peer => (call.Text("domainid") is not { } domain || owner is not null || peer.Text("domainid") == domain)
                && (call.Flag("isdedicated") is not { } isDedicated || peer.Text("domainid") is not null == isDedicated)
                && (owner is null || (Dedicated.IsFor(peer, owner) && (!call.IsSet("isdedicated") || HasOwner(peer))))
                && Array.Exists(Worded, field => peer.Text(field)?.Contains(word, StringComparison.OrdinalIgnoreCase) == true),
            "keyword"));
    }

    private static bool HasOwner(Entity peer) => peer.Text("account") is not null || peer.Text("projectid") is not null;
}
