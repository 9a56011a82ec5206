using System.Collections;
using System.Security;
using System.Text.Json;
using Cloud.Core.Binding;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Operations;

namespace Cloud.Core.Tests;

public sealed class CommandBinderTests
{
    private static readonly CommandCatalog Catalog = SampleCatalog.Create();
    private static readonly CommandSpec Launch = Catalog.FindCommand("launchBoat")!;

    [Fact]
    public void Every_problem_is_told_at_once_and_misspelt_names_get_a_suggestion()
    {
        var error = Assert.Throws<CloudException>(() => Bind(
            ("nmae", "wind"), ("seats", "many"), ("insured", "yes"), ("built", "yesterday"), ("kind", "Steam")));

        Assert.Equal(ErrorCause.InvalidArgument, error.Cause);
        Assert.Equal(
            [
                "there is no parameter 'nmae'; did you mean 'Name'?",
                "'Seats' must be a whole number from -2147483648 to 2147483647",
                "'Insured' must be true or false",
                "'Built' must be a date such as 2031-02-03, 2031-02-03 04:05:06 or 2031-02-03T04:05:06Z",
                "'Kind' must be one of Sail, Motor",
                "'HarbourId' is required",
                "'Name' is required",
            ],
            error.Problems);
    }

    [Fact]
    public void Names_of_arguments_ignore_case_and_may_be_labels_or_wire_names()
    {
        var bound = Bind(("HARBOURID", "north"), ("Name", "wind"), ("PassCode", "x"));

        Assert.Equal(["harbourid", "name", "passcode"], bound.Arguments.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Values_from_json_text_and_clr_bind_to_the_same()
    {
        var json = Bind(Json("""
            {"harbourid":"north","name":"wind","seats":4,"insured":true,"draft":1.5,"built":"2031-02-03T04:05:06Z",
             "labels":{"a":"1"},"masts":[{"height":12,"wood":"oak"}],"crewids":["0B7A6F0E-4D6F-4D5C-9F77-7C7F6C0E1A11"]}
            """));
        var clr = Bind(
            ("harbourid", "north"), ("name", "wind"), ("seats", 4), ("insured", true), ("draft", 1.5),
            ("built", new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero)), ("labels", new Hashtable { ["a"] = 1 }),
            ("masts", new[] { new Hashtable { ["height"] = 12, ["wood"] = "oak" } }),
            ("crewids", new[] { "0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11" }));
        var text = Bind(
            ("harbourid", "north"), ("name", "wind"), ("seats", "4"), ("insured", "TRUE"), ("draft", "1.5"),
            ("built", "2031-02-03T04:05:06+0000"), ("labels", "a=1"), ("masts", "height=12,wood=oak"),
            ("crewids", "0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11"));

        Assert.Equal(4L, json.Arguments["seats"]);
        Assert.Equal(CanonicalText(json), CanonicalText(clr));
        Assert.Equal(CanonicalText(json), CanonicalText(text));
    }

    [Fact]
    public void A_day_without_a_time_keeps_its_form_so_that_the_server_can_stretch_it() =>
        Assert.Equal("2031-02-03", Bind(("harbourid", "north"), ("name", "w"), ("built", "2031-02-03")).Arguments["built"]);

    [Fact]
    public void Null_is_the_same_as_absent() =>
        Assert.DoesNotContain("kind", Bind(Json("""{"harbourid":"north","name":"w","kind":null}""")).Arguments.Keys);

    [Fact]
    public void Key_value_items_mean_the_same_as_named_values()
    {
        var bound = Bind(Json("""{"harbourid":"north","name":"w","labels":[{"key":"a","value":"1"},{"key":"b","value":2}]}"""));

        var labels = Assert.IsAssignableFrom<IReadOnlyDictionary<string, string>>(bound.Arguments["labels"]);
        Assert.Equal(("1", "2"), (labels["a"], labels["b"]));
    }

    [Fact]
    public void Json_in_text_is_read_as_what_it_holds()
    {
        var bound = Bind(
            ("harbourid", "north"), ("name", "w"), ("labels", "{\"a\":\"1\"}"), ("masts", "[{\"height\":12}]"),
            ("crewids", "[\"0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11\"]"));

        Assert.Equal("1", Assert.IsAssignableFrom<IReadOnlyDictionary<string, string>>(bound.Arguments["labels"])["a"]);
        Assert.Equal("12", Assert.IsAssignableFrom<IReadOnlyList<IReadOnlyDictionary<string, string>>>(bound.Arguments["masts"])[0]["height"]);
        Assert.Equal(["0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11"], (IEnumerable<string>)bound.Arguments["crewids"]);
    }

    [Fact]
    public void A_secure_string_is_read_for_the_wire()
    {
        using var secret = new SecureString();
        foreach (var c in "s3cret")
        {
            secret.AppendChar(c);
        }

        Assert.Equal("s3cret", Bind(("harbourid", "north"), ("name", "w"), ("passcode", secret)).Arguments["passcode"]);
    }

    [Theory]
    [InlineData("seats", 0, "'Seats' must be at least 1")]
    [InlineData("seats", 5_000_000_000L, "'Seats' must be a whole number from -2147483648 to 2147483647")]
    [InlineData("name", "a name of more than twenty characters", "'Name' has 37 characters; at most 20 are accepted")]
    [InlineData("name", "", "'Name' is required and must not be empty")]
    [InlineData("crewids", "bob", "'CrewIds' has a wrong item 1: it must be a UUID such as 0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11")]
    [InlineData("labels", "a", "'Labels' must be named values, such as { \"name\": \"value\" }")]
    [InlineData("masts", "colour=red", "'Masts' has an unknown field 'colour'; the fields are height, wood")]
    [InlineData("draft", "NaN", "'Draft' must be a number")]
    public void A_wrong_value_is_named_with_what_is_right(string name, object value, string problem)
    {
        var arguments = new Dictionary<string, object?> { ["harbourid"] = "north", ["name"] = "w", [name] = value };

        var error = Assert.Throws<CloudException>(() => CommandBinder.Bind(Catalog, Launch, arguments));

        Assert.Equal([problem], error.Problems);
    }

    [Fact]
    public void An_argument_given_twice_under_two_names_is_refused()
    {
        var error = Assert.Throws<CloudException>(() => Bind(("harbourid", "north"), ("name", "a"), ("NAME", "b")));

        Assert.Contains("'Name' is given twice", error.Problems);
    }

    [Fact]
    public void A_comma_inside_a_list_item_is_refused_because_the_wire_has_no_escape()
    {
        var error = Assert.Throws<CloudException>(() => Bind(
            ("harbourid", "north"), ("name", "w"), ("crewids", new[] { "a,b" })));

        Assert.Equal(ErrorCause.InvalidArgument, error.Cause);
    }

    [Fact]
    public void An_unknown_command_names_the_closest_one()
    {
        var error = Assert.Throws<CloudException>(() => CommandBinder.FindCommand(Catalog, "lanchBoat"));

        Assert.Equal((ErrorCause.UnknownCommand, "Did you mean launchBoat?"), (error.Cause, error.NextStep));
    }

    [Fact]
    public void A_cmdlet_name_finds_its_command() =>
        Assert.Equal("launchBoat", CommandBinder.FindCommand(Catalog, "new-boat").Name);

    private static BoundCommand Bind(params (string Name, object? Value)[] arguments)
    {
        // Case variants are separate keys here on purpose.
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in arguments)
        {
            map.Add(name, value);
        }

        return CommandBinder.Bind(Catalog, Launch, map);
    }

    private static BoundCommand Bind(Dictionary<string, object?> arguments) => CommandBinder.Bind(Catalog, Launch, arguments);

    private static Dictionary<string, object?> Json(string json) =>
        JsonDocument.Parse(json).RootElement.EnumerateObject().ToDictionary(m => m.Name, m => (object?)m.Value);

    private static string CanonicalText(BoundCommand command) => CanonicalArguments.Digest("", command.Arguments);
}
