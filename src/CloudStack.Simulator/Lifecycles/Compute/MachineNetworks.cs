using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Lifecycles.Networking;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Compute;

/// <summary>Which networks a new machine is plugged into: those named, else the owner's only one, else a new one.</summary>
internal static class MachineNetworks
{
    /// <exception cref="ApiError">A network can't be used, or the choice isn't clear.</exception>
    public static IReadOnlyList<NetworkWish> Wished(CommandCall call, Owner owner, Entity zone)
    {
        var records = call.Records("iptonetworklist");
        var ids = call.Texts("networkids");
        if (records.Count > 0 && ids.Count > 0)
        {
            throw ApiError.Refused("ipToNetworkMap can't be specified along with networkIds");
        }

        var wishes = records.Count > 0
            ? records.Select(record => FromRecord(call, record)).ToList()
            : ids.Select(id => new NetworkWish(NetworkPermissions.Usable(call, "networkids", id))).ToList();
        if (wishes.Count == 0)
        {
            wishes.Add(new NetworkWish(Default(call, owner, zone)));
        }

        wishes[0] = wishes[0] with
        {
            Address = call.Text("ipaddress") ?? wishes[0].Address,
            Mac = call.Text("macaddress") ?? wishes[0].Mac,
        };
        foreach (var wish in wishes)
        {
            DemandUsable(wish.Network, owner, zone);
            GuestNetworks.DemandAddress(wish.Network, wish.Address);
        }

        return wishes;
    }

    private static NetworkWish FromRecord(CommandCall call, IReadOnlyDictionary<string, string> record)
    {
        if (!record.TryGetValue("networkid", out var id))
        {
            throw ApiError.Refused("Each entry of ipToNetworkList needs a networkid.");
        }

        return new NetworkWish(
            NetworkPermissions.Usable(call, "iptonetworklist", id), record.GetValueOrDefault("ip"), record.GetValueOrDefault("mac"));
    }

    private static void DemandUsable(Entity network, Owner owner, Entity zone)
    {
        if (network.Text("zoneid") != zone.Id)
        {
            throw ApiError.Refused($"Network {network.Name} isn't in zone {zone.Name}.");
        }

        if (network.Text("acltype") == "Account" && network.Owner?.Holder != owner.Holder
            && !NetworkPermissions.Include(network, owner.Holder))
        {
            throw ApiError.NotPermitted($"Unable to use network {network.Name}: it doesn't belong to the machine's owner.");
        }
    }

    private static Entity Default(CommandCall call, Owner owner, Entity zone)
    {
        var own = call.State.Table(ResultClass.Network)
            .Where(n => n.Owner?.Holder == owner.Holder && n.Text("zoneid") == zone.Id && n.Text("type") == "Isolated" && n.Text("vpcid") is null)
            .ToList();
        if (own.Count > 1)
        {
            throw ApiError.Refused($"More than 1 default Isolated networks are found for account {owner.Holder.Name}; please specify networkIds");
        }

        if (own.Count == 1)
        {
            return own[0];
        }

        var offering = call.State.Table(ResultClass.NetworkOffering)
            .FirstOrDefault(o => o.Text("guestiptype") == "Isolated" && o.Text("availability") == "Required" && o.State == "Enabled")
            ?? throw ApiError.Refused("No network offering is there to make a default network of; please specify networkIds");
        return GuestNetworks.Create(call.State, owner, zone, offering, $"{owner.Holder.Name}-network", null);
    }
}
