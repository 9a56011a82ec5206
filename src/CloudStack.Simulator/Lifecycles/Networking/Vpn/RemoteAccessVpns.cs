using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Networking.Vpn;

/// <summary>VPNs by which people reach a network or VPC through its source NAT address.</summary>
internal sealed class RemoteAccessVpns : ICommandFamily
{
    public const string Class = "RemoteAccessVpnResponse";
    private const string UsualRange = "10.1.2.1-10.1.2.8";
    private const int KeyLength = 24;

    // IKE, NAT traversal and L2TP.
    private static readonly long[] Ports = [500, 4500, 1701];

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Read("listRemoteAccessVpns", List);
        commands.Begin("createRemoteAccessVpn", Create);
        commands.Begin("updateRemoteAccessVpn", Update);
        commands.Begin("deleteRemoteAccessVpn", Delete);
    }

    /// <summary>Takes an address's VPN away, if it has one.</summary>
    public static void RemoveOf(CloudState state, Entity address)
    {
        if (Of(state, address) is not { } vpn)
        {
            return;
        }

        foreach (var rule in vpn.Attribute<List<Entity>>(AttributeNames.Rules) ?? [])
        {
            state.Store.Remove(rule);
        }

        state.Store.Remove(vpn);
        PortRules.Recount(state, address);
    }

    private static Entity? Of(CloudState state, Entity address) =>
        state.Table(Class).FirstOrDefault(vpn => vpn.Text("publicipid") == address.Id);

    private static Answer List(CommandCall call)
    {
        var network = call.Find("networkid");
        return Listing.Of(
            call, Class,
            vpn => network is null || call.State.Store.Find(vpn.Text("publicipid"))?.Text("associatednetworkid") == network.Id, "networkid");
    }

    private static Work Create(CommandCall call)
    {
        var address = call.Target("publicipid");
        var place = call.State.Store.Find(address.Text("associatednetworkid") ?? address.Text("vpcid"))
            ?? throw ApiError.Refused($"The public address {address.Text("ipaddress")} isn't associated with any network or VPC.");
        if (Of(call.State, address) is not null)
        {
            throw ApiError.Refused($"The public address {address.Text("ipaddress")} has a remote access VPN already.");
        }

        if (!address.Flag("issourcenat"))
        {
            throw ApiError.Refused($"A remote access VPN needs a source NAT address, and {address.Text("ipaddress")} isn't one.");
        }

        if (!GuestNetworks.HasService(place, "Vpn"))
        {
            throw ApiError.Refused($"{place.Name} doesn't offer the service Vpn.");
        }

        var range = call.Text("iprange") ?? UsualRange;
        DemandRange(range, place);
        var opens = (call.Flag("openfirewall") ?? true) && address.Text("vpcid") is null;
        foreach (var port in opens ? Ports : [])
        {
            PortRules.DemandFree(call.State, address, ResultClass.Firewall, "udp", (port, port), ("startport", "endport"));
        }

        var vpn = call.Create(Class, address.Owner);
        vpn["publicipid"] = address.Id;
        vpn["publicip"] = address.Text("ipaddress");
        vpn["iprange"] = range;
        vpn["presharedkey"] = call.State.Ids.NextText(KeyLength);
        vpn["state"] = "Added";
        vpn["fordisplay"] = call.Flag("fordisplay") ?? true;
        return Work.On(vpn, () =>
        {
            var rules = (opens ? Ports : []).Select(port => FirewallRules.Open(call.State, address, "udp", port, port, "0.0.0.0/0")).ToList();
            vpn.SetAttribute(AttributeNames.Rules, rules);
            vpn["state"] = "Running";
        }) with
        {
            Queue = address,
            Abandon = () => call.State.Store.Remove(vpn),
        };
    }

    private static void DemandRange(string range, Entity place)
    {
        if (range.Split('-') is not [var first, var last] || !AddressPool.TryNumber(first, out var start)
            || !AddressPool.TryNumber(last, out var end) || start >= end)
        {
            throw ApiError.Refused($"Invalid iprange {range}: two IPv4 addresses such as {UsualRange} are expected.");
        }

        if (CidrBlock.Read(place.Text("cidr")) is { } own && (own.Contains(first) || own.Contains(last)))
        {
            throw ApiError.Refused($"The iprange {range} overlaps with the network {place.Text("cidr")} of {place.Name}.");
        }
    }

    private static Work Update(CommandCall call)
    {
        var vpn = call.Target("id");
        return Work.On(vpn, () => call.Apply(vpn, "fordisplay"));
    }

    private static Work Delete(CommandCall call)
    {
        var address = call.Target("publicipid");
        var vpn = Of(call.State, address)
            ?? throw ApiError.Refused($"The public address {address.Text("ipaddress")} has no remote access VPN.");
        return new Work(vpn, () =>
        {
            RemoveOf(call.State, address);
            return Answer.Done;
        })
        {
            Queue = address,
        };
    }
}
