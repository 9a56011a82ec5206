using System.Text;
using System.Text.Json;
using Catalog.Compiler.Emitting;
using Xunit.Abstractions;

namespace Catalog.Compiler.Tests.Words;

/// <summary>What the direct tools cost a model that is told of them.</summary>
/// <remarks>
/// Tokens are estimated at four bytes each, as English and schemas take in current vocabularies. A server adds a little to
/// every tool: arguments for paging or confirming, and hints.
/// </remarks>
public sealed class ToolBudgetTests(ITestOutputHelper output) : IDisposable
{
    private const double BytesPerToken = 4;
    private const double MostOnAverage = 180;
    private const double MostForOne = 1200;

    private readonly string _folder = Directory.CreateTempSubdirectory("tools-").FullName;

    [Fact]
    public void A_tool_costs_few_tokens()
    {
        var costs = Tools().Select(tool => (Name: tool.GetProperty("name").GetString(), Tokens: Cost(tool))).OrderBy(t => t.Tokens).ToList();
        var mean = costs.Average(t => t.Tokens);
        output.WriteLine(FormattableString.Invariant(
            $"{costs.Count} tools: mean {mean:F0}, median {costs[costs.Count / 2].Tokens:F0}, most {costs[^1].Tokens:F0} tokens ({costs[^1].Name})"));

        Assert.InRange(mean, 0, MostOnAverage);
        Assert.InRange(costs[^1].Tokens, 0, MostForOne);
    }

    [Fact]
    public void What_is_required_is_explained_however_long_the_schema_gets() => Assert.All(Tools(), tool =>
    {
        var schema = tool.GetProperty("inputSchema");
        foreach (var required in schema.TryGetProperty("required", out var names) ? names.EnumerateArray() : default)
        {
            Assert.True(schema.GetProperty("properties").GetProperty(required.GetString()!).TryGetProperty("description", out _));
        }
    });

    [Fact]
    public void An_identifier_that_a_name_may_stand_for_says_so() => Assert.Equal(
        "Name or id of the zone.",
        Tools().Single(t => t.GetProperty("name").GetString() == "deploy_virtual_machine")
            .GetProperty("inputSchema").GetProperty("properties").GetProperty("zoneid").GetProperty("description").GetString());

    [Fact]
    public void An_array_is_not_called_comma_separated() => Assert.DoesNotContain(
        Tools().SelectMany(t => t.GetProperty("inputSchema").GetProperty("properties").EnumerateObject()).Select(p => p.Value),
        p => p.GetProperty("type").GetString() == "array" && p.GetRawText().Contains(", comma-separated", StringComparison.Ordinal));

    [Fact]
    public void Descriptions_are_plain_text() => Assert.All(
        Tools(), tool => Assert.DoesNotContain("`", tool.GetRawText(), StringComparison.Ordinal));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static double Cost(JsonElement tool) => tool.EnumerateObject()
        .Where(member => member.Name is "name" or "title" or "description" or "inputSchema")
        .Sum(member => Encoding.UTF8.GetByteCount(member.Name) + Encoding.UTF8.GetByteCount(member.Value.GetRawText()) + 4) / BytesPerToken;

    private List<JsonElement> Tools()
    {
        new ToolsEmitter().Emit(CloudStackData.Catalog, new OutputFolder(_folder));
        return [.. File.ReadLines(Path.Combine(_folder, "tools.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
