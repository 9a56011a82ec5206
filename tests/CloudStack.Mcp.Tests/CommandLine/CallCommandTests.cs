using System.Text.Json;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.CommandLine;

public sealed class CallCommandTests
{
    [Theory]
    [InlineData("listZones")]
    [InlineData("Get-CsZone")]
    [InlineData("list_zones")]
    public async Task A_list_by_any_name_of_its_command_is_a_json_array_for_scripts(string name)
    {
        var run = await Shell.RunAsync(["call", name, "--simulator", "--json", "--fields", "name"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("""[{"name":"fra1"},{"name":"ams1"}]""", run.Output.Trim());
        Assert.Equal("", run.Error);
    }

    [Fact]
    public async Task People_get_a_table_without_escape_codes_in_a_pipe()
    {
        var run = await Shell.RunAsync(["call", "listVirtualMachines", "--simulator", "--listall", "true", "--limit", "2"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("web-01", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 of 13", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001B', run.Output);
    }

    [Fact]
    public async Task A_simulated_cloud_is_as_large_as_asked_for()
    {
        var run = await Shell.RunAsync(["call", "listVirtualMachines", "--simulator", "--seed", "60", "--listall", "true", "--limit", "1"]);
        var real = await Shell.RunAsync(["call", "listZones", "--seed", "60"]);
        var wrong = await Shell.RunAsync(["call", "listZones", "--simulator", "--seed", "huge"]);

        Assert.Equal((0, 1, 1), (run.ExitCode, real.ExitCode, wrong.ExitCode));
        Assert.Contains("1 of 59", run.Output, StringComparison.Ordinal);
        Assert.Contains("--simulator", real.Error, StringComparison.Ordinal);
        Assert.Contains("--seed can't be 'huge'", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_that_stops_something_needs_yes()
    {
        var refused = await Shell.RunAsync(["call", "stopVirtualMachine", "--id", "web-01", "--simulator"]);
        var done = await Shell.RunAsync(["call", "stopVirtualMachine", "--id=web-01", "--forced", "--simulator", "--yes", "--json"]);

        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("nothing was changed", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--yes", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, done.ExitCode);
        Assert.Equal("Stopped", JsonElement.Parse(done.Output).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_critical_change_needs_the_name_typed_whatever_else_is_said()
    {
        var yes = await Shell.RunAsync(["call", "deleteAccount", "--id", "ledger", "--simulator", "--yes"]);
        var wrong = await Shell.RunAsync(["call", "deleteAccount", "--id", "ledger", "--simulator", "--typed", "Ledger"]);
        var typed = await Shell.RunAsync(["call", "deleteAccount", "--id", "ledger", "--simulator", "--typed", "ledger"]);

        Assert.Equal((1, 1, 0), (yes.ExitCode, wrong.ExitCode, typed.ExitCode));
        Assert.Contains("--typed", yes.Error, StringComparison.Ordinal);
        Assert.Contains("exact name", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_is_left_alone_when_told_so()
    {
        var run = await Shell.RunAsync(["call", "startVirtualMachine", "--id", "web-staging", "--simulator", "--no-wait", "--json"]);

        Assert.Equal(0, run.ExitCode);
        Assert.True(JsonElement.Parse(run.Output).GetProperty("jobid").GetGuid() != default);
    }

    [Fact]
    public async Task A_tool_is_called_with_its_own_arguments()
    {
        var run = await Shell.RunAsync(["call", "cloud_read", "--simulator", "--json", "--command", "listZones", "--limit", "1", "--arguments", """{"name":"ams1"}"""]);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("ams1", JsonElement.Parse(run.Output).GetProperty("rows")[0].GetProperty("name").GetString());
    }

    [Theory]
    [InlineData("call nosuch --simulator", "There is no command 'nosuch'")]
    [InlineData("call listZoness --simulator", "Did you mean listZones")]
    [InlineData("call listZones stray --simulator", "'stray' stands alone")]
    [InlineData("call listZones --colour red --simulator", "there is no parameter 'colour'")]
    [InlineData("call rebootVirtualMachine --id web-99 --simulator --yes", "there is no 'web-99'")]
    [InlineData("call cloud_serch --simulator", "Did you mean cloud_search")]
    [InlineData("call cloud_read --simulator --command", "'command' must be a text")]
    [InlineData("call listZones", "No connection is set up")]
    [InlineData("call listZones --profile nosuch", "profiles.json")]
    [InlineData("call listZones --profile a --simulator", "Both --simulator and --profile")]
    [InlineData("serve", "No connection is set up")]
    [InlineData("serve --simulator --toolsets nosuch", "There is no toolset 'nosuch'")]
    [InlineData("serve --simulator --deny nosuch", "'nosuch' is no effect, category or command")]
    [InlineData("serve --simulator --confirm destroy", "'destroy' is no confirmation policy")]
    [InlineData("simulate --http ftp://x", "is no http address")]
    [InlineData("simulate --http http://0.0.0.0:0", "--any-address")]
    [InlineData("frobnicate", "frobnicate")]
    public async Task A_mistake_ends_with_one_clear_error_on_stderr_and_not_with_zero(string line, string problem)
    {
        var run = await Shell.RunAsync(line.Split(' '));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_connection_names_the_ways_to_make_one()
    {
        var run = await Shell.RunAsync(["call", "listZones"]);

        foreach (var way in new[] { "CLOUDSTACK_API_URL", "CLOUDSTACK_API_KEY", "CLOUDSTACK_SECRET_KEY", "--profile", "--simulator", "Next: " })
        {
            Assert.Contains(way, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Scripts_get_errors_as_json_too()
    {
        var run = await Shell.RunAsync(["call", "nosuch", "--simulator", "--json"]);

        Assert.Equal("UnknownCommand", JsonElement.Parse(run.Error).GetProperty("error").GetProperty("cause").GetString());
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task Only_a_part_of_the_environments_connection_names_what_is_missing()
    {
        var run = await Shell.RunAsync(["call", "listZones"], "", ("CLOUDSTACK_API_URL", "http://127.0.0.1:1"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("CLOUDSTACK_API_KEY, CLOUDSTACK_SECRET_KEY", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tools_are_listed_with_their_effects()
    {
        var run = await Shell.RunAsync(["tools", "zone", "--effect", "critical", "--json"]);

        var tool = JsonElement.Parse(run.Output).EnumerateArray().Single(t => t.GetProperty("command").GetString() == "deleteZone");
        Assert.Equal(("Remove-CsZone", "delete_zone", "critical"), (tool.GetProperty("cmdlet").GetString(), tool.GetProperty("tool").GetString(), tool.GetProperty("effect").GetString()));
    }
}
