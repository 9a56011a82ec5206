using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Tests.Support;
using ModelContextProtocol;

namespace CloudStack.Mcp.Tests.Tools;

public sealed class DirectToolTests : ServerTest
{
    private protected override ServerSettings Settings => new() { Toolsets = ["all"] };

    [Fact]
    public async Task A_direct_tool_takes_the_commands_own_arguments_and_those_of_lists()
    {
        var answer = await Client.CallAsync("list_virtual_machines", """{"listall":true,"zoneid":"fra1","limit":2,"fields":["name"]}""");

        Assert.Equal("2", answer["count"]);
        Assert.True(answer.Has("cursor"));
        Assert.All(answer.Rows, r => Assert.Equal(["name"], r.EnumerateObject().Select(m => m.Name)));
    }

    [Fact]
    public async Task A_direct_tool_that_destroys_is_confirmed_by_calling_it_again()
    {
        var asked = await Client.CallAsync("destroy_virtual_machine", """{"id":"web-03"}""");
        var done = await Client.CallAsync("destroy_virtual_machine", $$"""{"id":"web-03","confirm":"{{asked["token"]}}"}""");

        Assert.StartsWith("not confirmed", asked["status"], StringComparison.Ordinal);
        Assert.Contains("destroy_virtual_machine again", asked["next"], StringComparison.Ordinal);
        Assert.Equal("done", done["status"]);
    }

    [Theory]
    [InlineData("get_virtual_machine", "listVirtualMachines")]
    [InlineData("list_application_load_balancers", "listLoadBalancers")]
    [InlineData("get_cloudstack_info", "listCapabilities")]
    public async Task An_older_servers_name_calls_the_command_of_the_same_meaning(string alias, string command)
    {
        var answer = await Client.CallAsync(alias);

        Assert.False(answer.IsError, answer.Text);
        Assert.Contains(command, Server.Commands);
    }

    [Fact]
    public async Task Every_older_name_is_a_tool_or_says_what_comes_near()
    {
        foreach (var alias in Server.Parts.Parts.Manifest.AliasNames)
        {
            var (tool, near) = Server.Parts.Parts.Manifest.FindAlias(alias)!.Value;
            if (tool is not null)
            {
                Assert.NotNull(Server.Parts.Tools.Find(alias));
                Assert.DoesNotContain(await Client.Mcp.ListToolsAsync(), t => t.Name == alias);
                continue;
            }

            Assert.NotEmpty(near);
            var answer = await Client.CallAsync(alias);
            Assert.True(answer.IsError);
            Assert.All(near, name => Assert.Contains(name, answer.Next, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_older_servers_tool_for_confirming_says_how_it_is_done_here()
    {
        using var nothing = new NothingChanged(Server) { NorSent = true };

        var answer = await Client.CallAsync("confirm_dangerous_action", """{"token":"x"}""");

        Assert.Equal("UnknownCommand", answer.Cause);
        Assert.Contains("'confirm'", answer.Next, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("list_vms", "list_virtual_machines")]
    [InlineData("deployVM", "deploy_virtual_machine")]
    [InlineData("cloud_serch", "cloud_search")]
    public async Task An_unknown_tool_is_answered_with_what_its_words_mean(string name, string meant)
    {
        var error = await Assert.ThrowsAsync<McpProtocolException>(() => Client.CallAsync(name));

        Assert.Contains(meant, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_tool_is_a_protocol_error_with_the_closest_name()
    {
        using var nothing = new NothingChanged(Server) { NorSent = true };

        var error = await Assert.ThrowsAsync<McpProtocolException>(() => Client.CallAsync("list_virtual_machnes"));

        Assert.Equal(McpErrorCode.InvalidParams, error.ErrorCode);
        Assert.Contains("list_virtual_machines", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_confirmation_argument_where_none_is_needed_is_an_unknown_parameter()
    {
        using var nothing = new NothingChanged(Server) { NorSent = true };

        var answer = await Client.CallAsync("create_ssh_key_pair", """{"name":"x","confirm":"abc"}""");

        Assert.True(answer.IsError);
        Assert.Contains("confirm", answer.Message, StringComparison.Ordinal);
    }
}
