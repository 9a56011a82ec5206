using System.Text.RegularExpressions;
using Cloud.Core.Catalog;
using Cloud.Core.Operations;
using CloudStack.Client.Wire;
using FsCheck;
using FsCheck.Fluent;

namespace CloudStack.Client.Tests.Wire;

/// <summary>Protocol note, section 6.2: what is encoded in any map style is what a server decodes.</summary>
[Trait("Protocol", "6.2")]
public sealed partial class MapRoundTripProperties
{
    private static readonly Gen<string> Key =
        Gen.Elements("cpuNumber", "memory", "a.b", "Key", "key", "ü", "x=y", "x&y", "%41", " ", "0").ArrayOf(2).Select(string.Concat);

    private static readonly Gen<string> Value =
        Gen.Elements("", "2", "a,b", "[0]", "k=v&w", "Zürich", "😀", "\r\n", "~*").ArrayOf(2).Select(string.Concat);

    private static readonly Gen<Dictionary<string, string>> Map = Gen.Zip(Key, Value).ArrayOf()
        .Select(pairs => pairs.DistinctBy(p => p.Item1).ToDictionary(p => p.Item1, p => p.Item2));

    [Theory]
    [InlineData(MapStyle.Pairs)]
    [InlineData(MapStyle.Flat)]
    [InlineData(MapStyle.FlatZero)]
    public void A_map_is_decoded_to_what_it_was(MapStyle style) => Prop.ForAll(Arb.From(Map), map =>
    {
        var rows = Decode(Encode(style, map));

        var decoded = style == MapStyle.Pairs
            ? rows.ToDictionary(row => row["key"], row => row["value"])
            : rows.SelectMany(row => row).ToDictionary(field => field.Key, field => field.Value);
        Assert.Equal(map, decoded);
        Assert.True(style != MapStyle.FlatZero || rows.Count <= 1);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20310203, 77));

    [Fact]
    public void Records_are_decoded_to_what_they_were() => Prop.ForAll(Arb.From(Map.Where(map => map.Count > 0).ArrayOf()), records =>
        Assert.Equal(records, Decode(Encode(MapStyle.Records, records)))).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20310203, 77));

    private static IEnumerable<WireParameter> Encode(MapStyle style, object value)
    {
        var parameter = new ParameterSpec
        {
            Name = "Details",
            Label = "Details",
            Type = ParameterType.Map,
            Map = new MapSpec(style, style == MapStyle.Pairs ? ["key", "value"] : [], true),
        };
        var spec = new CommandSpec
        {
            Name = "changeThings",
            Category = "",
            Effect = new EffectSpec { Effect = Effect.Change },
            Envelope = new EnvelopeSpec("x", null, AnswerShape.Success),
            Result = "",
            Parameters = [parameter],
        };
        return ArgumentEncoder.Encode(new BoundCommand(spec, new Dictionary<string, object> { ["Details"] = value })).Parameters;
    }

    // The server's rule: an integer in the only brackets, a dot, and all after that dot is the field.
    private static List<Dictionary<string, string>> Decode(IEnumerable<WireParameter> parameters)
    {
        var rows = new SortedDictionary<int, Dictionary<string, string>>();
        foreach (var (name, value) in parameters)
        {
            var parts = Entry().Match(name);
            Assert.True(parts.Success, name);
            var index = int.Parse(parts.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
            rows.TryAdd(index, []);
            rows[index].Add(parts.Groups[2].Value, value);
        }

        return [.. rows.Values];
    }

    [GeneratedRegex(@"\Adetails\[(\d+)\]\.([^\[\]]+)\z")]
    private static partial Regex Entry();
}
