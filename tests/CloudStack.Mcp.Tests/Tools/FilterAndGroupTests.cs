using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Tools;

public sealed class FilterAndGroupTests : ServerTest
{
    private const string All = """{"listall":true}""";

    [Theory]
    [InlineData("listVirtualMachines", ",\"filter\":\"stat = Running\"", "did you mean 'state'")]
    [InlineData("listVirtualMachines", ",\"group\":[\"stat\"]", "did you mean 'state'")]
    [InlineData("listVirtualMachines", ",\"group\":[\"state\",\"name\",\"account\",\"zonename\"]", "at most 3 fields")]
    [InlineData("listVirtualMachines", ",\"measures\":[\"median(memory)\"]", "is no measure")]
    [InlineData("listVirtualMachines", ",\"measures\":[\"sum,max(memory)\"]", "is no measure")]
    [InlineData("listVirtualMachines", ",\"measures\":[\"sum(haenable)\"]", "is no number")]
    [InlineData("listVirtualMachines", ",\"measures\":[\"max(password)\"]", "is a secret")]
    [InlineData("listVirtualMachines", ",\"group\":[\"stat\"],\"fields\":[\"nmae\"]", "did you mean 'name'")]
    [InlineData("listCapabilities", ",\"filter\":\"cloudstackversion = 4\"", "no rows to filter")]
    public async Task A_wrong_question_is_refused_before_anything_is_sent(string command, string more, string problem)
    {
        using var nothing = new NothingChanged(Server) { NorSent = true };

        var answer = await Client.ReadAsync(command, "{}", more);

        Assert.Equal("InvalidArgument", answer.Cause);
        Assert.Contains(problem, answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("page")]
    [InlineData("PageSize")]
    public async Task The_servers_own_pages_are_not_taken_beside_limit_and_cursor(string name)
    {
        var answer = await Client.ReadAsync("listVirtualMachines", $$"""{"{{name}}":2}""");

        Assert.Contains("limit and cursor", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measures_without_groups_are_figures_over_all_rows_that_fit()
    {
        var answer = await Client.ReadAsync("listVirtualMachines", All, ""","filter":"state = Running","measures":["sum(cpunumber)"]""");

        var all = Assert.Single(answer.Json.GetProperty("groups").EnumerateArray());
        var rows = (await Client.ReadAsync("listVirtualMachines", All, ""","filter":"state = Running","fields":["cpunumber"]""")).Rows;
        Assert.Equal(rows.Sum(r => r.GetProperty("cpunumber").GetInt32()), all.GetProperty("sum(cpunumber)").GetInt32());
        Assert.Equal(rows.Length, all.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_field_that_is_named_twice_groups_once()
    {
        var answer = await Client.ReadAsync("listVirtualMachines", All, ""","group":["state","state"]""");

        Assert.All(answer.Json.GetProperty("groups").EnumerateArray(), group => Assert.Single(group.EnumerateObject(), m => m.Name == "state"));
    }

    [Fact]
    public async Task A_direct_list_tool_filters_too()
    {
        var filtered = await Client.CallAsync("list_virtual_machines", """{"listall":true,"filter":"state = Stopped"}""");

        Assert.All(filtered.Rows, r => Assert.Equal("Stopped", r.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task An_empty_list_has_no_groups_and_says_that_nothing_was_looked_at()
    {
        var answer = await Client.ReadAsync("listVirtualMachines", """{"keyword":"nothing-is-called-so","listall":true}""", ""","group":["state"]""");

        Assert.Equal("0", answer["lookedAt"]);
        Assert.Equal(0, answer.Json.GetProperty("groups").GetArrayLength());
    }
}
