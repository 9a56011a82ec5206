using System.Globalization;
using System.Text;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;
using Xunit.Abstractions;

namespace CloudStack.Mcp.Tests.Tools;

/// <summary>Five thousand machines: found, counted and summed up in answers that a model can afford.</summary>
public sealed class ManyMachinesTests(ITestOutputHelper output) : ServerTest
{
    private const string All = """{"listall":true}""";

    private protected override SimulatorOptions Options => new() { MachineCount = 5000 };

    [Theory]
    [InlineData("")]
    [InlineData(",\"limit\":1000")]
    [InlineData(",\"limit\":1000,\"fields\":[\"*\"]")]
    public async Task A_list_answers_with_count_first_page_cursor_and_the_rest_as_a_resource(string more)
    {
        var answer = await Client.ReadAsync("listVirtualMachines", All, more);

        var tokens = TokenEstimate.OfData(Encoding.UTF8.GetBytes(answer.Text));
        output.WriteLine($"{answer["count"]} of {answer["total"]} machines, about {tokens} tokens {more}");
        Assert.InRange(tokens, 1, 10_000);
        Assert.Equal(answer.Rows.Length, Number(answer["count"]));
        Assert.InRange(Number(answer["total"]), 4900, 5100);
        Assert.True(answer.Has("cursor"));
        Assert.StartsWith("cloudstack://simulator/list/", answer.Link, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_finds_a_few_among_all_and_says_how_many_were_looked_at()
    {
        var answer = await Client.ReadAsync("listVirtualMachines", All, ""","filter":"name like 'web-0*' and state = Running","fields":["name","state"]""");

        Assert.InRange(Number(answer["lookedAt"]), 4900, 5100);
        Assert.Equal(Number(answer["total"]), answer.Rows.Length);
        Assert.NotEmpty(answer.Rows);
        Assert.All(answer.Rows, r => Assert.StartsWith("web-0", r.GetProperty("name").GetString(), StringComparison.Ordinal));
        Assert.False(answer.Has("cursor"));
        Assert.Null(answer.Link);
    }

    [Fact]
    public async Task A_filtered_list_goes_on_with_its_cursor_until_every_fitting_row_was_there_once()
    {
        const string filter = ""","filter":"state = Stopped","fields":["id","state"],"limit":300""";
        var seen = new List<string>();
        string? cursor = null;
        Answer answer;
        do
        {
            answer = await Client.ReadAsync("listVirtualMachines", All, filter + (cursor is null ? "" : $$""","cursor":"{{cursor}}" """));
            seen.AddRange(answer.Rows.Select(r => r.GetProperty("id").GetString()!));
            cursor = answer.Has("cursor") ? answer["cursor"] : null;
        }
        while (cursor is not null);

        Assert.Equal(Number(answer["total"]), seen.Count);
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_question_for_figures_is_answered_without_a_list()
    {
        var answer = await Client.ReadAsync("listVirtualMachines", All, ""","group":["state"],"measures":["sum(memory)","avg(cpunumber)","min(created)","max(memory)"]""");

        var groups = answer.Json.GetProperty("groups").EnumerateArray().ToList();
        output.WriteLine(answer.Text);
        Assert.Equal(Number(answer["lookedAt"]), groups.Sum(g => g.GetProperty("count").GetInt64()));
        Assert.Contains(groups, g => g.GetProperty("state").GetString() == "Running");
        Assert.All(groups, g => Assert.True(g.GetProperty("sum(memory)").GetDecimal() >= g.GetProperty("max(memory)").GetDecimal()));
        Assert.InRange(answer.Text.Length, 1, 2000);
        Assert.False(answer.Has("rows"));
    }

    [Fact]
    public async Task Too_many_groups_are_cut_and_the_rows_of_the_others_are_told()
    {
        var answer = await Client.ReadAsync("listVirtualMachines", All, ""","group":["id"]""");

        var groups = answer.Json.GetProperty("groups").GetArrayLength();
        Assert.InRange(TokenEstimate.OfData(Encoding.UTF8.GetBytes(answer.Text)), 1, 10_000);
        Assert.Contains($"{Number(answer["lookedAt"]) - groups} rows of smaller groups", answer["note"], StringComparison.Ordinal);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
