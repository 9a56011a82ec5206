using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Jobs;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Lifecycles.Routing;

/// <summary>The IPv6 networks of a zone. Each guest network with IPv6 gets the first free /64 of them.</summary>
internal sealed class Ipv6Prefixes : ICommandFamily
{
    private const string Class = "DataCenterGuestIpv6PrefixResponse";

    public void Register(CommandTable commands, CloudState state)
    {
        commands.Begin("createGuestNetworkIpv6Prefix", Create);
        commands.Begin("deleteGuestNetworkIpv6Prefix", Delete);
        commands.Read("listGuestNetworkIpv6Prefixes", call => Listing.Of(call, Class).ShownAs(prefix => WithUse(call.State, prefix)));
    }

    /// <summary>The network that a new guest network gets.</summary>
    /// <exception cref="ApiError">The zone has none left.</exception>
    public static Ipv6Block Find(CloudState state, Entity zone)
    {
        var used = state.Table(ResultClass.Network).Select(network => network.Text("ip6cidr")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var prefix in state.Table(Class).Where(prefix => prefix.Text("zoneid") == zone.Id).Select(BlockOf).OfType<Ipv6Block>())
        {
            // One more than there are networks is enough to find a free one.
            for (var i = 0L; i < Math.Min(prefix.GuestCount, used.Count + 1L); i++)
            {
                if (!used.Contains($"{prefix.GuestAt(i)}"))
                {
                    return prefix.GuestAt(i);
                }
            }
        }

        throw new ApiError(ApiError.Internal, $"The zone {zone.Name} has no IPv6 prefix with room for one more guest network.", null);
    }

    public static void Allocate(Entity network, Ipv6Block block)
    {
        network["ip6cidr"] = $"{block}";
        network["ip6gateway"] = block.Gateway;
    }

    /// <summary>Gives a nic the address that its machine chooses by the hardware address (EUI-64).</summary>
    public static void Address(Entity network, Entity nic)
    {
        if (Ipv6Block.Read(network.Text("ip6cidr")) is { } block)
        {
            nic["ip6address"] = block.AddressOf(nic.Text("macaddress"));
            nic["ip6cidr"] = $"{block}";
            nic["ip6gateway"] = block.Gateway;
        }
    }

    private static Ipv6Block? BlockOf(Entity prefix) => Ipv6Block.Read(prefix.Text("prefix"));

    private static long UseOf(CloudState state, Entity prefix) => state.Table(ResultClass.Network).Count(network =>
        network.Text("zoneid") == prefix.Text("zoneid") && Ipv6Block.Read(network.Text("ip6cidr")) is { } block && BlockOf(prefix)?.Overlaps(block) == true);

    private static Entity WithUse(CloudState state, Entity prefix)
    {
        var (used, total) = (UseOf(state, prefix), BlockOf(prefix)?.GuestCount ?? 0);
        var picture = prefix.Copy();
        picture["usedsubnets"] = used;
        picture["totalsubnets"] = total;
        picture["availablesubnets"] = total - used;
        return picture;
    }

    private static Work Create(CommandCall call)
    {
        var zone = call.Target("zoneid");
        return new Work(null, () =>
        {
            var block = Checked(call);
            var prefix = call.Create(Class, null);
            prefix["zoneid"] = zone.Id;
            prefix["prefix"] = $"{block}";
            return Answer.Of(WithUse(call.State, prefix));
        })
        {
            Begin = () => Checked(call),
            Queue = zone,
        };
    }

    private static Ipv6Block Checked(CommandCall call)
    {
        if (Ipv6Block.Read(call.Text("prefix")) is not { Prefix: > 0 and <= Ipv6Block.Guest } block)
        {
            throw ApiError.Refused($"{call.Text("prefix")} isn't an IPv6 prefix of at most /{Ipv6Block.Guest}, such as 2001:db8:1::/48.");
        }

        return call.State.Table(Class).FirstOrDefault(other => BlockOf(other)?.Overlaps(block) == true) is { } known
            ? throw ApiError.Refused($"The IPv6 prefix {block} has conflict with {known.Text("prefix")}.")
            : block;
    }

    private static Work Delete(CommandCall call)
    {
        var prefix = call.Target("id");
        return Work.Removing(call.State.Store, prefix) with
        {
            Begin = () =>
            {
                if (UseOf(call.State, prefix) is > 0 and var used)
                {
                    throw ApiError.Refused($"The IPv6 prefix {prefix.Text("prefix")} can't be deleted: {used} guest networks use it.");
                }
            },
        };
    }
}
