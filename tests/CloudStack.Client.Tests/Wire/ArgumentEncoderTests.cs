using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Wire;

namespace CloudStack.Client.Tests.Wire;

[Trait("Protocol", "6.1")]
public sealed class ArgumentEncoderTests
{
    private static readonly Dictionary<string, string> Two = new() { ["cpuNumber"] = "2", ["memory"] = "4096" };

    [Fact]
    public void Names_are_sent_in_lower_case() =>
        Assert.Equal(["fordisplay=true"], Encode(Spec(Text("forDisplay")), ("forDisplay", true)));

    [Theory]
    [InlineData(true, "true")]
    [InlineData(false, "false")]
    [InlineData(-1L, "-1")]
    [InlineData(9007199254740993L, "9007199254740993")]
    [InlineData(0.1, "0.1")]
    [InlineData("Zürich", "Zürich")]
    [InlineData("", "")]
    public void Plain_values_have_one_form(object value, string sent) =>
        Assert.Equal([$"x={sent}"], Encode(Spec(Text("x")), ("x", value)));

    [Fact]
    public void Numbers_do_not_follow_the_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        var german = (System.Globalization.CultureInfo)System.Globalization.CultureInfo.InvariantCulture.Clone();
        german.NumberFormat.NumberDecimalSeparator = ",";
        Thread.CurrentThread.CurrentCulture = german;
        try
        {
            Assert.Equal(["x=1.5"], Encode(Spec(Text("x")), ("x", 1.5)));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Fact]
    public void Dates_are_sent_in_utc_with_an_offset_that_every_version_reads() => Assert.Equal(
        ["startdate=2031-02-03T02:05:06+0000"],
        Encode(Spec(Text("startdate")), ("startdate", new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)))));

    [Fact]
    public void List_items_are_joined_by_commas() =>
        Assert.Equal(["ids=a,b"], Encode(Spec(Text("ids")), ("ids", new[] { "a", "b" })));

    [Fact]
    public void Pairs_name_their_two_keys() => Assert.Equal(
        ["tags[0].key=env", "tags[0].value=prod", "tags[1].key=Tier", "tags[1].value=web"],
        Encode(Spec(Map("tags", MapStyle.Pairs, "key", "value")), ("tags", new Dictionary<string, string> { ["env"] = "prod", ["Tier"] = "web" })));

    [Theory]
    [InlineData(MapStyle.Flat)]
    [InlineData(MapStyle.FlatZero)]
    [Trait("Protocol", "6.2")]
    public void Flat_maps_keep_the_case_of_their_fields(MapStyle style) => Assert.Equal(
        ["details[0].cpuNumber=2", "details[0].memory=4096"], Encode(Spec(Map("details", style)), ("details", Two)));

    [Fact]
    [Trait("Protocol", "6.2")]
    public void Records_count_their_index()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> records =
            [new Dictionary<string, string> { ["networkid"] = "n1", ["ip"] = "192.0.2.1" }, new Dictionary<string, string> { ["networkid"] = "n2" }];

        Assert.Equal(
            ["iptonetworklist[0].networkid=n1", "iptonetworklist[0].ip=192.0.2.1", "iptonetworklist[1].networkid=n2"],
            Encode(Spec(Map("iptonetworklist", MapStyle.Records, "networkid", "ip")), ("iptonetworklist", records)));
    }

    [Fact]
    public void A_map_of_an_unknown_parameter_is_sent_flat() =>
        Assert.Equal(["details[0].cpuNumber=2", "details[0].memory=4096"], Encode(Spec(), ("details", Two)));

    [Fact]
    public void A_comma_in_a_list_item_is_refused() =>
        Assert.Contains("comma", Refused(Spec(Text("ids")), ("ids", new[] { "a,b" })), StringComparison.Ordinal);

    [Fact]
    public void An_empty_list_item_is_refused_because_the_server_would_drop_it() =>
        Assert.Contains("empty", Refused(Spec(Text("ids")), ("ids", new[] { "a", "" })), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("a[0]")]
    [InlineData("a\u0007")]
    public void A_map_key_that_the_wire_cannot_carry_is_refused(string key) => Assert.Contains(
        "key", Refused(Spec(Map("details", MapStyle.Flat)), ("details", new Dictionary<string, string> { [key] = "v" })), StringComparison.Ordinal);

    [Theory]
    [InlineData("a\tb", "U+0009 at position 1")]
    [InlineData("\u001b[0m", "U+001B at position 0")]
    public void A_value_that_the_server_refuses_is_refused_here(string value, string reason) =>
        Assert.Contains(reason, Refused(Spec(Text("x")), ("x", value)), StringComparison.Ordinal);

    [Fact]
    public void Half_a_surrogate_pair_is_refused() =>
        Assert.Contains("surrogate", Refused(Spec(Text("x")), ("x", "a\ud800")), StringComparison.Ordinal);

    [Fact]
    public void Line_ends_pass() => Assert.Equal(["x=a\r\nb"], Encode(Spec(Text("x")), ("x", "a\r\nb")));

    [Theory]
    [InlineData("signature")]
    [InlineData("apiKey")]
    [InlineData("Command")]
    [InlineData("sessionkey")]
    public void An_argument_cannot_take_the_place_of_the_requests_own(string name) =>
        Assert.Contains("request itself", Refused(Spec(), (name, "x")), StringComparison.Ordinal);

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var command = new BoundCommand(Spec(), new Dictionary<string, object> { ["a"] = "\t", ["b"] = new[] { "," }, ["c"] = "fine" });

        var error = Assert.Throws<CloudException>(() => ArgumentEncoder.Encode(command));

        Assert.Equal(2, error.Problems.Count);
        Assert.Equal(ErrorCause.InvalidArgument, error.Cause);
    }

    [Fact]
    public void Secrets_are_known_by_the_catalogs_mark_and_by_name()
    {
        var arguments = new Dictionary<string, object>
        {
            ["marked"] = "one",
            ["password"] = "two",
            ["details"] = new Dictionary<string, string> { ["rootPassword"] = "three", ["size"] = "four" },
        };
        var spec = Spec(Text("marked") with { Sensitive = true }, Text("password"), Map("details", MapStyle.Flat));

        Assert.Equal(["one", "two", "three"], ArgumentEncoder.Encode(new BoundCommand(spec, arguments)).Secrets);
    }

    private static string[] Encode(CommandSpec spec, params (string Name, object Value)[] arguments) =>
        [.. ArgumentEncoder.Encode(new BoundCommand(spec, arguments.ToDictionary(a => a.Name, a => a.Value))).Parameters.Select(p => $"{p.Name}={p.Value}")];

    private static string Refused(CommandSpec spec, params (string Name, object Value)[] arguments) =>
        Assert.Throws<CloudException>(() => Encode(spec, arguments)).Message;

    private static CommandSpec Spec(params ParameterSpec[] parameters) => new()
    {
        Name = "someCommand",
        Category = "",
        Effect = new EffectSpec { Effect = Effect.Change },
        Envelope = new EnvelopeSpec("x", null, AnswerShape.Success),
        Result = "",
        Parameters = parameters,
    };

    private static ParameterSpec Text(string name) => new() { Name = name, Label = name, Type = ParameterType.String };

    private static ParameterSpec Map(string name, MapStyle style, params string[] keys) =>
        new() { Name = name, Label = name, Type = ParameterType.Map, Map = new MapSpec(style, keys, false) };
}
