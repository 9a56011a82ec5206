using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Networking.Addresses;

/// <summary>A range of IPv4 addresses in the network of its gateway.</summary>
/// <param name="Gateway">The gateway, which isn't one of the range.</param>
/// <param name="Netmask">The network's mask.</param>
/// <param name="Start">The first address.</param>
/// <param name="End">The last address.</param>
internal readonly record struct AddressBounds(string Gateway, string Netmask, string Start, string End)
{
    /// <summary>Checks the range.</summary>
    /// <returns>The network, such as <c>10.1.0.0/16</c>.</returns>
    /// <exception cref="ApiError">It's none, or isn't in the gateway's network.</exception>
    public string Demand()
    {
        if (!AddressPool.IsAddress(Gateway) || !AddressPool.TryPrefix(Netmask, out var prefix))
        {
            throw ApiError.Refused($"Invalid gateway {Gateway} or netmask {Netmask}.");
        }

        if (!AddressPool.IsAddress(Start) || !AddressPool.IsAddress(End) || !AddressPool.IsWithin(Start, Start, End))
        {
            throw ApiError.Refused($"Invalid range of addresses: {Start} to {End}.");
        }

        var cidr = AddressPool.CidrOf(Gateway, prefix);
        if (AddressPool.CidrOf(Start, prefix) != cidr || AddressPool.CidrOf(End, prefix) != cidr)
        {
            throw ApiError.Refused($"The range {Start} to {End} isn't in the network {cidr} of its gateway.");
        }

        return AddressPool.IsWithin(Gateway, Start, End)
            ? throw ApiError.Refused($"The gateway {Gateway} must not be one of the addresses of the range.")
            : cidr;
    }

    public bool Overlaps(string? start, string? end) =>
        start is not null && end is not null && (AddressPool.IsWithin(Start, start, end) || AddressPool.IsWithin(start, Start, End));
}
