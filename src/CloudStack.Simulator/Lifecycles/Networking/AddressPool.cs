using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>The IPv4 addresses of a range that may be given out, and those that are.</summary>
internal sealed class AddressPool
{
    private readonly HashSet<uint> _taken = [];
    private readonly uint _first;
    private readonly uint _last;
    private uint _next;

    private AddressPool(uint first, uint last)
    {
        _first = first;
        _last = last;
        _next = first;
    }

    /// <summary>The addresses of a network but its own, its gateway's (the first) and its broadcast address.</summary>
    /// <exception cref="FormatException">The text isn't an IPv4 network.</exception>
    public static AddressPool OfCidr(string cidr)
    {
        var (network, prefix) = ParseCidr(cidr);
        var size = 1u << (32 - prefix);
        return new AddressPool(network + 2, network + size - 2);
    }

    public static AddressPool OfRange(string start, string end) => new(Number(start), Number(end));

    /// <summary>Takes the next free address, or null where none is left.</summary>
    /// <param name="barred">Addresses to leave alone, or null for none.</param>
    public string? Take(IReadOnlySet<string>? barred = null)
    {
        for (var tries = 0u; tries <= _last - _first; tries++)
        {
            var candidate = _next;
            _next = _next >= _last ? _first : _next + 1;
            if (barred?.Contains(TextOf(candidate)) != true && _taken.Add(candidate))
            {
                return TextOf(candidate);
            }
        }

        return null;
    }

    /// <summary>Takes a chosen address; false where it isn't of the range or isn't free.</summary>
    public bool TryTake(string address) =>
        TryNumber(address, out var number) && number >= _first && number <= _last && _taken.Add(number);

    /// <summary>True where a chosen address, or any, could be taken now.</summary>
    public bool CanTake(string? address) => address is { Length: > 0 }
        ? TryNumber(address, out var number) && number >= _first && number <= _last && !_taken.Contains(number)
        : _taken.Count <= _last - _first;

    /// <summary>The addresses that could be taken now, in order.</summary>
    public IEnumerable<string> Free()
    {
        for (ulong number = _first; number <= _last; number++)
        {
            if (!_taken.Contains((uint)number))
            {
                yield return TextOf((uint)number);
            }
        }
    }

    public void Release(string address)
    {
        if (TryNumber(address, out var number))
        {
            _taken.Remove(number);
        }
    }

    /// <exception cref="FormatException">The text isn't an IPv4 network of /8 to /30.</exception>
    public static (uint Network, int Prefix) ParseCidr(string cidr)
    {
        var slash = cidr.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && TryNumber(cidr[..slash], out var address)
            && int.TryParse(cidr.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)
            && prefix is >= 8 and <= 30)
        {
            return (address & (uint.MaxValue << (32 - prefix)), prefix);
        }

        throw new FormatException($"{cidr} isn't an IPv4 network.");
    }

    public static string GatewayOf(string cidr) => TextOf(ParseCidr(cidr).Network + 1);

    public static string NetmaskOf(string cidr) => TextOf(uint.MaxValue << (32 - ParseCidr(cidr).Prefix));

    /// <summary>The network that an address is in, as text.</summary>
    public static string CidrOf(string address, int prefix) => string.Create(
        CultureInfo.InvariantCulture, $"{TextOf(Number(address) & (uint.MaxValue << (32 - prefix)))}/{prefix}");

    /// <summary>Reads a netmask of /8 to /30.</summary>
    public static bool TryPrefix(string netmask, out int prefix)
    {
        prefix = 0;
        if (!TryNumber(netmask, out var mask))
        {
            return false;
        }

        prefix = System.Numerics.BitOperations.PopCount(mask);
        return prefix is >= 8 and <= 30 && mask == uint.MaxValue << (32 - prefix);
    }

    /// <summary>True for an address from the first to the last of a range.</summary>
    public static bool IsWithin(string address, string first, string last) =>
        TryNumber(address, out var number) && TryNumber(first, out var start) && TryNumber(last, out var end)
        && start <= number && number <= end;

    /// <summary>How many addresses a range has.</summary>
    public static long CountOf(string first, string last) => (long)Number(last) - Number(first) + 1;

    /// <summary>The addresses of a range, in order.</summary>
    public static IEnumerable<string> Each(string first, string last) => OfRange(first, last).Free();

    public static bool IsAddress(string text) => TryNumber(text, out _);

    private static uint Number(string address) =>
        TryNumber(address, out var number) ? number : throw new FormatException($"{address} isn't an IPv4 address.");

    public static bool TryNumber(string text, out uint number)
    {
        number = 0;
        if (!IPAddress.TryParse(text, out var address) || address.AddressFamily != AddressFamily.InterNetwork
            || text.Count(c => c == '.') != 3)
        {
            return false;
        }

        var bytes = address.GetAddressBytes();
        number = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
        return true;
    }

    public static string TextOf(uint number) => string.Create(
        CultureInfo.InvariantCulture, $"{number >> 24}.{(number >> 16) & 255}.{(number >> 8) & 255}.{number & 255}");
}
