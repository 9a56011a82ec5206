using System.Text;
using System.Text.Json;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Server.Limits;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Tests.Support;
using ModelContextProtocol;
using Xunit.Abstractions;

namespace CloudStack.Mcp.Tests.Tools;

/// <summary>What a connection gets listed is its own choice, within what the operator lets through.</summary>
public sealed class SelectionTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Older_names_are_listed_only_where_they_are_asked_for()
    {
        await using var server = new TestServer(new ServerSettings { Toolsets = ["aliases"] });
        var tools = await (await server.ConnectAsync()).Mcp.ListToolsAsync();

        var alias = Assert.Single(tools, t => t.Name == "get_virtual_machine");

        Assert.Equal("Get-CsVirtualMachine", alias.ProtocolTool.Title);
        Assert.DoesNotContain(tools, t => t.Name == "list_virtual_machines");
        Assert.Equal(tools.Count, tools.Select(t => t.Name).Distinct().Count());
    }

    [Fact]
    public async Task Two_callers_of_one_server_see_their_own_toolsets()
    {
        await using var server = new TestServer();
        var all = new Lazy<OperatorLimit>(OperatorLimit.None);
        var reads = new Lazy<OperatorLimit>(OperatorLimit.Create(true, [], [], () => server.Parts.Parts.Catalog));

        var volumes = await server.Parts.ToolsFor(all, readOnly: false, ["volume"]).ListAsync(null, CancellationToken.None);
        var networks = await server.Parts.ToolsFor(reads, readOnly: true, ["network,aliases"]).ListAsync(null, CancellationToken.None);

        Assert.Contains(volumes.Tools, t => t.Definition.Name == "attach_volume");
        Assert.DoesNotContain(volumes.Tools, t => t.Definition.Name == "list_networks");
        Assert.Contains(networks.Tools, t => t.Definition.Name == "list_networks");
        Assert.DoesNotContain(networks.Tools, t => t.Definition.Annotations.ReadOnlyHint != true);
    }

    [Fact]
    public async Task Output_schemas_are_told_on_request_and_answers_keep_to_them()
    {
        await using var plain = new TestServer(new ServerSettings { Toolsets = ["all"] });
        await using var server = new TestServer(new ServerSettings { Toolsets = ["all", "output-schemas"] });
        Assert.All(await (await plain.ConnectAsync()).Mcp.ListToolsAsync(), t => Assert.Null(t.ProtocolTool.OutputSchema));
        var client = await server.ConnectAsync();
        var catalog = server.Parts.Parts.Catalog;
        var checkedTools = 0;

        foreach (var tool in (await client.Mcp.ListToolsAsync()).Where(t => t.ProtocolTool.Annotations!.ReadOnlyHint == true && t.ProtocolTool.OutputSchema is not null))
        {
            if (tool.ProtocolTool.InputSchema.TryGetProperty("required", out _))
            {
                continue;
            }

            var answer = await client.CallAsync(tool.Name);
            if (!answer.IsError)
            {
                AssertFits(tool.ProtocolTool.OutputSchema!.Value, answer.Structured!.Value, tool.Name);
                checkedTools++;
            }
        }

        Assert.InRange(checkedTools, 100, 1000);
    }

    [Fact]
    public async Task Signing_in_is_no_tool()
    {
        await using var server = new TestServer(new ServerSettings { Toolsets = ["all"] });
        var client = await server.ConnectAsync();
        using var nothing = new NothingChanged(server);

        var tools = await client.Mcp.ListToolsAsync();
        var found = await client.CallAsync("cloud_search", """{"query":"log in with user name and password","limit":50}""");
        var called = await client.ChangeAsync("login", """{"username":"admin","password":"password"}""");

        Assert.All(
            server.Parts.Parts.Catalog.Commands.Where(c => c.IsAuthenticator),
            command => Assert.DoesNotContain(tools, t => t.Name == server.Parts.Parts.Manifest.Tools.Single(m => m.Command == command.Name).Name));
        Assert.DoesNotContain("\"login\"", found.Text, StringComparison.Ordinal);
        Assert.Equal("DeniedByPolicy", called.Cause);
    }

    [Fact]
    public async Task All_direct_tools_take_at_most_220_tokens_each_in_the_mean()
    {
        await using var server = new TestServer(new ServerSettings { Toolsets = ["all"] });
        var tools = (await (await server.ConnectAsync()).Mcp.ListToolsAsync()).Skip(5).ToList();

        var sizes = tools.Select(t => Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(t.ProtocolTool, McpJsonUtilities.DefaultOptions))).ToList();
        var mean = TokenEstimate.OfProse(sizes.Sum()) / (double)sizes.Count;

        output.WriteLine($"{sizes.Count} direct tools, {sizes.Sum()} bytes, {mean:0.0} tokens each in the mean, {TokenEstimate.OfProse(sizes.Max())} at most");
        Assert.InRange(mean, 1, 220);
    }

    private static void AssertFits(JsonElement schema, JsonElement value, string where)
    {
        if (schema.TryGetProperty("type", out var type))
        {
            var kind = value.ValueKind switch
            {
                JsonValueKind.Object => "object",
                JsonValueKind.Array => "array",
                JsonValueKind.String => "string",
                JsonValueKind.Number => "number",
                JsonValueKind.True or JsonValueKind.False => "boolean",
                _ => "null",
            };
            var types = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];
            Assert.True(types.Any(t => t == kind || (t == "integer" && kind == "number")), $"{where} is a {kind}, not {type}");
        }

        if (value.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
            {
                if (value.TryGetProperty(property.Name, out var inner))
                {
                    AssertFits(property.Value, inner, $"{where}.{property.Name}");
                }
            }
        }

        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
        {
            foreach (var item in value.EnumerateArray())
            {
                AssertFits(items, item, where + "[]");
            }
        }
    }
}
