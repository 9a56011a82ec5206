using System.Globalization;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Networking;

/// <summary>An IPv4 network such as <c>10.1.0.0/16</c>, of any size.</summary>
/// <param name="First">Its first address.</param>
/// <param name="Prefix">How many leading bits its addresses share.</param>
internal readonly record struct CidrBlock(uint First, int Prefix)
{
    /// <summary>Reads a network; bits behind the prefix don't count.</summary>
    public static CidrBlock? Read(string? text)
    {
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return slash > 0 && AddressPool.TryNumber(text![..slash], out var address)
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) && prefix <= 32
                ? new CidrBlock(address & MaskOf(prefix), prefix)
                : null;
    }

    /// <summary>Reads a network.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What it's called in the refusal.</param>
    /// <exception cref="ApiError">The text is none.</exception>
    public static CidrBlock Demand(string? text, string name) =>
        Read(text) ?? throw ApiError.Refused($"Invalid format for {name}: {text} isn't an IPv4 network such as 10.1.0.0/16.");

    public bool Contains(CidrBlock other) => Prefix <= other.Prefix && (other.First & MaskOf(Prefix)) == First;

    public bool Contains(string address) => AddressPool.TryNumber(address, out var number) && (number & MaskOf(Prefix)) == First;

    /// <summary>The two halves of a network that is larger than one address.</summary>
    public (CidrBlock Lower, CidrBlock Upper) Halves() => (new(First, Prefix + 1), new(First | (1u << (31 - Prefix)), Prefix + 1));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{First >> 24}.{(First >> 16) & 255}.{(First >> 8) & 255}.{First & 255}/{Prefix}");

    public bool Overlaps(CidrBlock other) => Contains(other) || other.Contains(this);

    // Shifting by the whole width of a number would shift by nothing.
    private static uint MaskOf(int prefix) => prefix == 0 ? 0 : uint.MaxValue << (32 - prefix);
}
