using System.Globalization;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Lifecycles.Networking.Physical;

/// <summary>VLANs as administrators write them: <c>100-199,300-310</c>.</summary>
internal static class VlanSpans
{
    private const int LastVlan = 4095;
    private const int LastVxlan = 16_777_214;

    // Each VLAN is a row of listGuestVlans; VXLANs could be millions.
    private const int Most = 65_536;

    /// <summary>Reads the spans of a physical network, in order and joined where they touch.</summary>
    /// <param name="text">The text, or null for none.</param>
    /// <param name="isolation">The network's isolation methods, which say how far numbers go.</param>
    /// <exception cref="ApiError">The text is malformed, or a number is out of range.</exception>
    public static IReadOnlyList<(int First, int Last)> Read(string? text, string? isolation)
    {
        var last = isolation?.Contains("VXLAN", StringComparison.OrdinalIgnoreCase) == true ? LastVxlan : LastVlan;
        var spans = new List<(int First, int Last)>();
        foreach (var part in text is { Length: > 0 } ? text.Split(',') : [])
        {
            var span = ReadOne(part) ?? throw ApiError.Refused(
                $"Please provide a valid vnet range: {part} isn't one such as 500-500,600-601 between 0 and {last}.");
            if (span.First > span.Last || span.Last > last)
            {
                throw ApiError.Refused($"The vnet range {part} must lie between 0 and {last}, its start before its end.");
            }

            spans.Add(span);
        }

        var joined = Join(spans);
        return joined.Sum(span => (long)span.Last - span.First + 1) <= Most
            ? joined
            : throw ApiError.Refused($"A physical network of the simulated cloud has at most {Most} VLANs.");
    }

    /// <summary>Reads one span; null where the text is none.</summary>
    public static (int First, int Last)? ReadOne(string text) =>
        text.Split('-') is [var first, var last] && Number(first) is { } start && Number(last) is { } end ? (start, end) : null;

    public static string TextOf((int First, int Last) span) => string.Create(CultureInfo.InvariantCulture, $"{span.First}-{span.Last}");

    public static string? TextOf(IEnumerable<(int First, int Last)> spans) =>
        string.Join(',', spans.Select(TextOf)) is { Length: > 0 } text ? text : null;

    public static bool Contain(IEnumerable<(int First, int Last)> spans, int vlan) => spans.Any(span => span.First <= vlan && vlan <= span.Last);

    public static bool Overlap((int First, int Last) one, (int First, int Last) other) => one.First <= other.Last && other.First <= one.Last;

    public static IEnumerable<int> Each(IEnumerable<(int First, int Last)> spans) =>
        spans.SelectMany(span => Enumerable.Range(span.First, span.Last - span.First + 1));

    /// <summary>The number of a VLAN, whether it's written <c>77</c> or <c>vlan://77</c>; null where it has none.</summary>
    public static int? NumberOf(string? vlan) => vlan is null ? null : Number(vlan[(vlan.LastIndexOf('/') + 1)..]);

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static List<(int First, int Last)> Join(List<(int First, int Last)> spans)
    {
        var joined = new List<(int First, int Last)>();
        foreach (var span in spans.Order())
        {
            if (joined is [.., var previous] && span.First <= previous.Last + 1)
            {
                joined[^1] = (previous.First, Math.Max(previous.Last, span.Last));
            }
            else
            {
                joined.Add(span);
            }
        }

        return joined;
    }
}
