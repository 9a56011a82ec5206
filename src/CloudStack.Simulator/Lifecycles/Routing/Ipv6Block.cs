using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace CloudStack.Simulator.Lifecycles.Routing;

/// <summary>An IPv6 network such as <c>2001:db8:1::/48</c>.</summary>
/// <param name="First">Its first address.</param>
/// <param name="Prefix">How many leading bits its addresses share.</param>
internal readonly record struct Ipv6Block(UInt128 First, int Prefix)
{
    /// <summary>The size of a guest network, in which machines choose their own addresses.</summary>
    public const int Guest = 64;

    /// <summary>Reads a network; bits behind the prefix don't count.</summary>
    public static Ipv6Block? Read(string? text)
    {
        var parts = text?.Split('/') ?? [];
        return parts.Length == 2 && IPAddress.TryParse(parts[0], out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            && address.ScopeId == 0 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) && prefix <= 128
                ? new Ipv6Block(Number(address) & MaskOf(prefix), prefix)
                : null;
    }

    /// <summary>How many guest networks it has room for.</summary>
    public long GuestCount => Prefix > Guest ? 0 : (long)Math.Min(int.MaxValue, Math.Pow(2, Guest - Prefix));

    public bool Overlaps(Ipv6Block other) => ((First ^ other.First) & MaskOf(Math.Min(Prefix, other.Prefix))) == UInt128.Zero;

    /// <summary>One of its guest networks, counted from zero.</summary>
    public Ipv6Block GuestAt(long index) => new(First + ((UInt128)(ulong)index << (128 - Guest)), Guest);

    /// <summary>The address of its gateway: its second one.</summary>
    public string Gateway => Text(First + 1);

    /// <summary>The address in a guest network that goes with a hardware address, or null where that is none.</summary>
    public string? AddressOf(string? mac)
    {
        if (!PhysicalAddress.TryParse(mac, out var address) || address.GetAddressBytes() is not { Length: 6 } m)
        {
            return null;
        }

        return Text(First + BinaryPrimitives.ReadUInt64BigEndian([(byte)(m[0] ^ 2), m[1], m[2], 0xFF, 0xFE, m[3], m[4], m[5]]));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Text(First)}/{Prefix}");

    private static UInt128 Number(IPAddress address) => BinaryPrimitives.ReadUInt128BigEndian(address.GetAddressBytes());

    private static string Text(UInt128 number)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(bytes).ToString();
    }

    // Shifting by the whole width of a number would shift by nothing.
    private static UInt128 MaskOf(int prefix) => prefix == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - prefix);
}
