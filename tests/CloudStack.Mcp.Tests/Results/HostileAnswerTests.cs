using System.Text;
using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.Client;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.Tests.Results;

public sealed class HostileAnswerTests
{
    private static readonly CommandCatalog Catalog = CloudStackCatalog.Load();

    [Fact]
    public void Hidden_characters_are_taken_out_of_names_values_and_nested_objects()
    {
        var answer = Write("listZones", """{"id":"1","name":"fra\u202e1","weird\u200bfield":{"a":["x\udb40\udc41y"]}}""", ["*"]);

        Assert.Equal("""{"id":"1","name":"fra1","weirdfield":{"a":["xy"]}}""", answer.GetProperty("rows")[0].GetRawText());
    }

    [Fact]
    public void An_answer_nested_too_deeply_is_cut_short()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 60)) + "1" + new string('}', 60);

        var answer = Write("listZones", $$"""{"id":"1","icon":{{deep}}}""", ["*"]);

        Assert.Contains("…", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_single_row_over_the_budget_keeps_what_fits()
    {
        var answer = Write("listZones", $$"""{"id":"1","resourcedetails":[{{string.Join(",", Enumerable.Repeat($"\"{new string('x', 100)}\"", 5000))}}],"name":"fra1"}""", ["*"]);

        Assert.Equal("""{"id":"1","name":"fra1"}""", answer.GetProperty("rows")[0].GetRawText());
    }

    [Fact]
    public void A_single_object_over_the_budget_names_what_was_left_out()
    {
        var answer = Write("listCapabilities", $$"""{"cloudstackversion":"4.22","huge":[{{string.Join(",", Enumerable.Repeat($"\"{new string('x', 100)}\"", 5000))}}]}""", []);

        Assert.Equal("4.22", answer.GetProperty("result").GetProperty("cloudstackversion").GetString());
        Assert.Equal("huge", answer.GetProperty("omitted")[0].GetString());
    }

    [Fact]
    public void A_very_long_text_is_cut_and_says_by_how_much()
    {
        var answer = Write("listZones", $$"""{"id":"1","description":"{{new string('x', 10_000)}}"}""", ["*"]);

        Assert.EndsWith("(+6000 characters)", answer.GetProperty("rows")[0].GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"1","password":"hunter2"}""")]
    [InlineData("""{"id":"1","details":{"rootPassword":"hunter2"}}""")]
    [InlineData("""{"id":"1","inner":{"secretkey":"hunter2"}}""")]
    [InlineData("""{"id":"1","apikey":["hunter2"]}""")]
    public void A_secret_at_any_depth_is_masked(string row) =>
        Assert.DoesNotContain("hunter2", Write("listZones", row, ["*"]).GetRawText(), StringComparison.Ordinal);

    private static JsonElement Write(string command, string row, string[] fields)
    {
        var spec = Catalog.FindCommand(command)!;
        var read = new ReadRequest(spec, new Dictionary<string, object?>(), fields, 0, 50);
        var plan = ReadPlan.Of(read, Catalog);
        var writing = new ReadAnswer(Catalog, CloudStackVocabulary.Instance, "test");
        var sieve = new RowSieve(plan, 0, long.MaxValue, spec.IsList ? writing.Rows(read, RowBudget.Tokens) : null);
        sieve.Take(new CloudObject(JsonElement.Parse(row)));
        var answer = writing.Write(read, plan, sieve, new OperationOutcome(OperationStatus.Completed, spec));
        Assert.InRange(TokenEstimate.OfData(answer.Json.Span), 1, TokenEstimate.AnswerBudget);
        return JsonElement.Parse(Encoding.UTF8.GetString(answer.Json.Span));
    }
}
