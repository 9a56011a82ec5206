using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cloud.Core.Catalog;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Tests.Support;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using Xunit.Abstractions;

namespace CloudStack.Mcp.Tests.Protocol;

public sealed class ToolListTests(ITestOutputHelper output)
{
    private static readonly JsonSerializerOptions Readable = new(McpJsonUtilities.DefaultOptions)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task The_five_tools_are_those_of_the_snapshot()
    {
        await using var server = new TestServer();

        var listed = string.Join("\n", (await server.Parts.Tools.ListAsync(null, CancellationToken.None)).Tools.Select(t => JsonSerializer.Serialize(t.Definition.ToProtocol(), Readable))) + "\n";

        var snapshot = Path.Combine(AppContext.BaseDirectory, "Snapshots", "five-tools.json");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(Path.Combine(TestPaths.Project, "Snapshots", "five-tools.json"), listed);
            return;
        }

        Assert.Equal(await File.ReadAllTextAsync(snapshot), listed);
    }

    [Fact]
    public async Task The_five_tools_take_at_most_1500_tokens()
    {
        await using var server = new TestServer();
        var client = await server.ConnectAsync();

        var tools = (await client.Mcp.ListToolsAsync()).Select(t => t.ProtocolTool).ToList();
        var bytes = Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(tools, McpJsonUtilities.DefaultOptions));

        output.WriteLine($"{tools.Count} tools, {bytes} bytes, about {TokenEstimate.OfProse(bytes)} tokens (4 bytes each)");
        Assert.Equal(["cloud_search", "cloud_describe", "cloud_read", "cloud_change", "cloud_job"], tools.Select(t => t.Name));
        Assert.InRange(TokenEstimate.OfProse(bytes), 1, 1500);
    }

    [Fact]
    public async Task A_read_only_server_lists_nothing_that_changes()
    {
        await using var server = new TestServer(new ServerSettings { ReadOnly = true, Toolsets = ["all"] });
        var client = await server.ConnectAsync();

        var tools = await client.Mcp.ListToolsAsync();

        Assert.DoesNotContain(tools, t => t.Name == "cloud_change");
        Assert.All(tools, t => Assert.True(t.ProtocolTool.Annotations!.ReadOnlyHint));
        Assert.True(tools.Count > 200);
    }

    [Theory]
    [InlineData("network", "list_networks", "list_virtual_machines")]
    [InlineData("virtual-machine,Volume", "attach_volume", "list_networks")]
    [InlineData("VirtualMachine", "stop_virtual_machine", "list_networks")]
    [InlineData("vm", "stop_virtual_machine", "list_networks")]
    public async Task A_toolset_adds_its_direct_tools_and_no_others(string toolsets, string listed, string notListed)
    {
        await using var server = new TestServer(new ServerSettings { Toolsets = [toolsets] });
        var client = await server.ConnectAsync();

        var names = (await client.Mcp.ListToolsAsync()).Select(t => t.Name).ToList();

        Assert.Contains("cloud_search", names);
        Assert.Contains(listed, names);
        Assert.DoesNotContain(notListed, names);
    }

    [Fact]
    public async Task All_toolsets_list_every_command_once_in_pages()
    {
        await using var server = new TestServer(new ServerSettings { Toolsets = ["all"] });
        var client = await server.ConnectAsync();

        var first = await client.Mcp.ListToolsAsync(new ListToolsRequestParams());
        var all = await client.Mcp.ListToolsAsync();

        Assert.Equal(100, first.Tools.Count);
        Assert.NotNull(first.NextCursor);
        Assert.Equal(server.Parts.Parts.Catalog.Commands.Count(c => !c.IsAuthenticator) + 5, all.Select(t => t.Name).Distinct().Count());
    }

    [Fact]
    public async Task Every_direct_tool_says_the_truth_about_its_effect_and_takes_no_unknown_argument()
    {
        await using var server = new TestServer(new ServerSettings { Toolsets = ["all"] });
        var catalog = server.Parts.Parts.Catalog;

        foreach (var (manifest, command) in server.Parts.Parts.Manifest.Tools
            .Select(m => (m, catalog.FindCommand(m.Command)!)).Where(pair => !pair.Item2.IsAuthenticator))
        {
            var tool = server.Parts.Tools.Find(manifest.Name)!.Definition.ToProtocol();

            Assert.Equal(command.Cmdlet ?? command.Name, tool.Title);
            Assert.Equal(command.Effect.Effect == Effect.Read, tool.Annotations!.ReadOnlyHint);
            Assert.Equal(command.Effect.Effect >= Effect.Disrupt, tool.Annotations.DestructiveHint == true);
            Assert.False(tool.InputSchema.GetProperty("additionalProperties").GetBoolean());
            var properties = tool.InputSchema.GetProperty("properties").EnumerateObject().Select(p => p.Name).ToList();
            Assert.Equal(properties.Count, properties.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            Assert.Equal(
                command.IsPaged ? ["page", "pagesize"] : [], command.Parameters.Select(p => p.Name).Except(properties).Order());
        }
    }

    [Fact]
    public async Task A_wrong_page_cursor_is_a_protocol_error()
    {
        await using var server = new TestServer();
        var client = await server.ConnectAsync();

        var error = await Assert.ThrowsAsync<McpProtocolException>(
            () => client.Mcp.ListToolsAsync(new ListToolsRequestParams { Cursor = "100000" }).AsTask());

        Assert.Equal(McpErrorCode.InvalidParams, error.ErrorCode);
    }
}
