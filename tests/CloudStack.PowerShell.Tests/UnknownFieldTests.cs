using System.Collections.Specialized;
using System.Text.Json;
using Cloud.Core.Objects;
using CloudStack.Client.Models;
using CloudStack.PowerShell.Results;

namespace CloudStack.PowerShell.Tests;

/// <summary>What a server sends beyond the catalog stays visible.</summary>
public sealed class UnknownFieldTests
{
    [Fact]
    public void Only_fields_without_a_property_are_unknown()
    {
        var zone = new Zone(Json("""{"id":"1","name":"fra1","moonphase":"full","tide":null}"""));

        Assert.Equal(["moonphase"], UnknownFields.Of(zone).Select(f => f.Name));
    }

    [Fact]
    public void Of_an_object_without_a_model_every_field_is_unknown() =>
        Assert.Equal(["id", "a_b"], UnknownFields.Of(new CloudObject(Json("""{"id":"1","a_b":2}"""))).Select(f => f.Name));

    [Fact]
    public void Rows_that_lack_fields_or_have_them_in_another_order_are_still_told_apart()
    {
        string[] rows =
        [
            """{"id":"1","name":"a","dns1":"x","allocationstate":"Enabled"}""", """{"id":"2","allocationstate":"Enabled"}""",
            """{"allocationstate":"Enabled","name":"c","id":"3"}""", """{"id":"4","tide":null}""", """{"connection":"theirs","id":"5"}""",
            """{"id":"6","name":"a","moonphase":"full"}""", "{}",
        ];

        Assert.Equal([false, false, false, false, true, true, false], rows.Select(row => UnknownFields.Any(new Zone(Json(row)))));
    }

    [Fact]
    public void A_value_becomes_what_PowerShell_works_with()
    {
        var value = Assert.IsType<OrderedDictionary>(FieldValue.Of(Json("""{"n":1,"d":1.5,"b":true,"t":"x","l":[1,"y"],"o":{"z":null}}""")));

        Assert.Equal(1L, value["n"]);
        Assert.Equal(1.5, value["d"]);
        Assert.Equal(true, value["b"]);
        Assert.Equal("x", value["t"]);
        Assert.Equal([1L, "y"], Assert.IsType<object?[]>(value["l"]));
        Assert.Null(Assert.IsType<OrderedDictionary>(value["o"])["z"]);
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
