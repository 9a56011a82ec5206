using System.Text.Json;
using Cloud.Core.Objects;

namespace Cloud.Core.Tests;

public sealed class CloudObjectTests
{
    [Theory]
    [InlineData("""{"n":9007199254740993}""", 9007199254740993)]
    [InlineData("""{"n":"42"}""", 42L)]
    [InlineData("""{"n":"4,2"}""", null)]
    [InlineData("""{"n":null}""", null)]
    [InlineData("{}", null)]
    public void Integers_are_read_from_numbers_and_text(string json, long? expected) =>
        Assert.Equal(expected, Read(json).GetInteger("n"));

    [Theory]
    [InlineData("""{"b":true}""", true)]
    [InlineData("""{"b":"False"}""", false)]
    [InlineData("""{"b":"maybe"}""", null)]
    public void Booleans_are_read_from_both_forms(string json, bool? expected) =>
        Assert.Equal(expected, Read(json).GetBoolean("b"));

    [Theory]
    [InlineData("2024-01-02T03:04:05+0000", 0)]
    [InlineData("2024-01-02T03:04:05Z", 0)]
    [InlineData("2024-01-02T05:04:05+0200", 2)]
    [InlineData("2024-01-02T05:04:05.000+02:00", 2)]
    public void Dates_keep_the_offset_they_were_written_with(string text, int hours)
    {
        var date = Read($$"""{"d":"{{text}}"}""").GetDate("d");

        Assert.Equal(new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc), date!.Value.UtcDateTime);
        Assert.Equal(TimeSpan.FromHours(hours), date.Value.Offset);
    }

    [Fact]
    public void Unknown_fields_are_kept() =>
        Assert.Equal("kept", Read("""{"brandnew":"kept"}""").GetText("brandnew"));

    [Theory]
    [InlineData("""{"id":"1","name":"web-01","secretkey":"s3cret"}""", "web-01 (1)")]
    [InlineData("""{"id":"1","secretkey":"s3cret"}""", "1")]
    [InlineData("""{"secretkey":"s3cret"}""", "CloudObject")]
    public void In_a_message_it_is_known_by_name_and_id_and_gives_nothing_else_away(string json, string expected) =>
        Assert.Equal(expected, Read(json).ToString());

    [Fact]
    public void Only_an_object_can_be_wrapped() =>
        Assert.Throws<ArgumentException>(() => Read("[]"));

    private static CloudObject Read(string json) => new(JsonDocument.Parse(json).RootElement);
}
