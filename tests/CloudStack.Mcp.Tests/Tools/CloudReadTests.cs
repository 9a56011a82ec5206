using System.Text;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Tools;

public sealed class CloudReadTests : ServerTest
{
    [Fact]
    public async Task A_list_answers_with_count_total_and_the_main_columns()
    {
        var answer = await Client.ReadAsync("listZones");

        Assert.False(answer.IsError);
        Assert.Equal("2", answer["count"]);
        Assert.Equal("2", answer["total"]);
        Assert.Equal(["fra1", "ams1"], answer.Rows.Select(r => r.GetProperty("name").GetString()));
        Assert.All(answer.Rows, r => Assert.Equal("id", r.EnumerateObject().First().Name));
        Assert.All(answer.Rows, r => Assert.InRange(r.EnumerateObject().Count(), 3, DefaultColumns.Most));
        Assert.False(answer.Has("cursor"));
    }

    [Fact]
    public async Task Only_the_fields_asked_for_are_answered_in_the_order_asked_for()
    {
        var answer = await Client.ReadAsync("listZones", more: ""","fields":["networktype","name"]""");

        Assert.All(answer.Rows, r => Assert.Equal(["networktype", "name"], r.EnumerateObject().Select(m => m.Name)));
    }

    [Fact]
    public async Task A_star_asks_for_whole_objects_without_empty_values()
    {
        var row = (await Client.ReadAsync("listZones", more: ""","fields":["*"]""")).Rows[0];

        Assert.True(row.EnumerateObject().Count() > DefaultColumns.Most);
        Assert.DoesNotContain(row.EnumerateObject(), m => m.Value.ToString().Length == 0);
    }

    [Fact]
    public async Task Cursors_walk_a_list_to_its_end_with_no_row_twice_and_none_left_out()
    {
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var more = ""","limit":5""" + (cursor is null ? "" : $$""","cursor":"{{cursor}}" """);
            var answer = await Client.ReadAsync("listVirtualMachines", """{"listall":true}""", more);
            seen.AddRange(answer.Rows.Select(r => r.GetProperty("id").GetString()!));
            cursor = answer.Has("cursor") ? answer["cursor"] : null;
        }
        while (cursor is not null);

        var all = await Client.ReadAsync("listVirtualMachines", """{"listall":true}""");
        Assert.Equal(all.Rows.Select(r => r.GetProperty("id").GetString()), seen);
        Assert.Equal(all["total"], seen.Count.ToString());
        Assert.True(seen.Count > 10);
    }

    [Fact]
    public async Task A_name_works_in_place_of_an_id()
    {
        var answer = await Client.ReadAsync("listVirtualMachines", """{"zoneid":"ams1","listall":true}""");

        Assert.NotEmpty(answer.Rows);
        Assert.All(answer.Rows, r => Assert.StartsWith("ledger", r.GetProperty("name").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_of_the_callers_own_account_says_so()
    {
        var narrow = await Client.ReadAsync("listVirtualMachines");
        var wide = await Client.ReadAsync("listVirtualMachines", """{"listall":true}""");

        Assert.Contains("listall=true", narrow["scope"], StringComparison.Ordinal);
        Assert.False(wide.Has("scope"));
    }

    [Fact]
    public async Task Cmdlet_names_and_tool_names_find_the_command_too()
    {
        foreach (var name in new[] { "Get-CsZone", "list_zones", "LISTZONES" })
        {
            Assert.Equal("2", (await Client.ReadAsync(name))["count"]);
        }
    }

    [Fact]
    public async Task An_empty_list_is_an_answer_not_an_error()
    {
        var answer = await Client.ReadAsync("listVirtualMachines", """{"keyword":"there-is-no-such-machine","listall":true}""");

        Assert.False(answer.IsError);
        Assert.Equal("0", answer["count"]);
        Assert.Empty(answer.Rows);
    }

    [Fact]
    public async Task Keys_beside_other_fields_are_masked_until_they_are_asked_for()
    {
        var quiet = await Client.ReadAsync("listUsers", """{"username":"admin"}""", ""","fields":["*"]""");
        var asked = await Client.ReadAsync("listUsers", """{"username":"admin"}""", ""","fields":["username","secretkey"]""");

        var secret = Server.Cloud.Credentials.RootAdmin.SecretKey;
        Assert.DoesNotContain(secret, quiet.Text, StringComparison.Ordinal);
        var row = Assert.Single(asked.Rows);
        Assert.Contains(row.TryGetProperty("secretkey", out var shown) ? shown.GetString() : null, new[] { null, secret });
    }
}

public sealed class LargeListTests : ServerTest
{
    private protected override Simulator.SimulatorOptions Options => new() { MachineCount = 5000 };

    [Fact]
    public async Task Five_thousand_machines_answer_within_the_budget_and_the_cursor_goes_on_where_it_was_cut()
    {
        var first = await Client.ReadAsync("listVirtualMachines", """{"listall":true}""", ""","limit":1000,"fields":["*"]""");
        var count = int.Parse(first["count"], System.Globalization.CultureInfo.InvariantCulture);
        var second = await Client.ReadAsync(
            "listVirtualMachines", """{"listall":true}""", $$""","limit":1000,"fields":["id"],"cursor":"{{first["cursor"]}}" """);

        Assert.InRange(TokenEstimate.OfData(Encoding.UTF8.GetBytes(first.Text)), 1000, TokenEstimate.AnswerBudget);
        Assert.InRange(count, 2, 999);
        Assert.True(int.Parse(first["total"], System.Globalization.CultureInfo.InvariantCulture) >= 4900);
        Assert.Contains("Cut", first["note"], StringComparison.Ordinal);
        Assert.Empty(first.Rows.Select(r => r.GetProperty("id").GetString()).Intersect(second.Rows.Select(r => r.GetProperty("id").GetString())));
    }

    [Fact]
    public async Task No_more_rows_are_asked_of_the_cloud_than_the_answer_may_show()
    {
        var answer = await Client.ReadAsync("listVirtualMachines", """{"listall":true}""", ""","limit":500""");

        var asked = Assert.Single(Server.Cloud.Requests, r => r.Command == "listVirtualMachines");
        var shown = int.Parse(answer["count"], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(int.Parse(asked.Parameters["pagesize"], System.Globalization.CultureInfo.InvariantCulture), shown + 1, 2 * shown);
    }

    [Fact]
    public async Task Rows_that_fit_are_all_shown()
    {
        var answer = await Client.ReadAsync("listVirtualMachines", """{"listall":true}""", ""","limit":700,"fields":["name"]""");

        Assert.Equal("700", answer["count"]);
        Assert.False(answer.Has("note"));
    }

    [Fact]
    public async Task Cursors_of_answers_that_were_cut_lead_through_all_machines()
    {
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var more = ""","limit":1000""" + (cursor is null ? "" : $$""","cursor":"{{cursor}}" """);
            var answer = await Client.ReadAsync("listVirtualMachines", """{"listall":true}""", more);
            seen.AddRange(answer.Rows.Select(r => r.GetProperty("id").GetString()!));
            Assert.Equal("4999", answer["total"]);
            cursor = answer.Has("cursor") ? answer["cursor"] : null;
        }
        while (cursor is not null);

        Assert.Equal((4999, 4999), (seen.Count, seen.Distinct().Count()));
    }
}
