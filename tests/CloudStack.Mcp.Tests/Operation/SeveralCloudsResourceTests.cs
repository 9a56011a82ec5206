using System.Text.Json;
using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Tests.Support;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Tests.Operation;

/// <summary>Addresses name their cloud: what is read, completed and linked is that cloud's, and no other caller's.</summary>
public sealed class SeveralCloudsResourceTests
{
    private const string Two = """
        "clouds": { "prod": { "simulator": true, "readOnly": true }, "lab": { "simulator": true } }, "defaultCloud": "prod",
        "confirm": { "disrupt": "allow" }
        """;

    private static readonly ResourceTemplateReference Machine = new() { Uri = "cloudstack://{cloud}/virtualmachine/{id}" };

    [Fact]
    public async Task An_object_is_read_from_the_cloud_that_its_address_names()
    {
        await using var server = await OperatedServer.StartAsync(Two);
        var client = await server.ConnectAsync();
        await RenameAsync(client);

        var inLab = await ReadAsync(client, "cloudstack://lab/virtualmachine/web-01-lab");
        var inProd = await ReadAsync(client, "cloudstack://prod/virtualmachine/web-01");

        Assert.Equal("web-01-lab", inLab.GetProperty("rows")[0].GetProperty("name").GetString());
        Assert.Equal("web-01", inProd.GetProperty("rows")[0].GetProperty("name").GetString());
        await Assert.ThrowsAnyAsync<McpException>(() => ReadAsync(client, "cloudstack://prod/virtualmachine/web-01-lab"));
        Assert.Contains(
            "no cloud 'pord'", (await Assert.ThrowsAnyAsync<McpException>(() => ReadAsync(client, "cloudstack://pord/host/x"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_to_the_rest_of_a_list_leads_into_the_cloud_that_was_asked()
    {
        await using var server = await OperatedServer.StartAsync(Two);
        var client = await server.ConnectAsync();
        await RenameAsync(client);
        const string Cut = ""","fields":["name"],"limit":1,"cloud":"lab" """;

        var answer = await client.ReadAsync("listVirtualMachines", """{"listall":true}""", Cut);
        var rest = await ReadAsync(client, answer.Link!);

        Assert.StartsWith("cloudstack://lab/list/", answer.Link, StringComparison.Ordinal);
        var names = answer.Rows.Concat(rest.GetProperty("rows").EnumerateArray()).Select(row => row.GetProperty("name").GetString()).ToList();
        Assert.Equal(answer["total"], names.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Contains("web-01-lab", names);
        Assert.All(server.Audit.TakeLast(2), line => Assert.Equal("lab", line.GetProperty("profile").GetString()));
    }

    [Fact]
    public async Task Names_are_completed_from_the_cloud_that_was_chosen_before()
    {
        await using var server = await OperatedServer.StartAsync(Two);
        var client = await server.ConnectAsync();
        await RenameAsync(client);

        var inLab = await CompleteAsync(client, "id", "web-01", "lab");
        var inProd = await CompleteAsync(client, "id", "web-01", "prod");
        var usual = await CompleteAsync(client, "id", "web-01", null);

        Assert.Equal(["web-01-lab"], inLab);
        Assert.Equal(["web-01"], inProd);
        Assert.Equal(inProd, usual);
        Assert.Empty(await CompleteAsync(client, "id", "web-01", "nowhere"));
    }

    [Fact]
    public async Task Clouds_are_completed_as_far_as_the_caller_reaches_them()
    {
        var (all, one) = (ApiKey.New(), ApiKey.New());
        await using var server = await OperatedServer.StartAsync(Two + $$"""
            , "roles": { "all": {}, "tester": { "clouds": ["lab"] } },
            "callers": { "keys": [
              { "name": "all", "hash": "{{ApiKey.Hash(all)}}", "roles": ["all"] },
              { "name": "one", "hash": "{{ApiKey.Hash(one)}}", "roles": ["tester"] }
            ] }
            """);
        var both = await server.ConnectAsync(all);
        var tester = await server.ConnectAsync(one);

        Assert.Equal(["lab", "prod"], await CompleteAsync(both, "cloud", "", null));
        Assert.Equal(["prod"], await CompleteAsync(both, "cloud", "pr", null));
        Assert.Equal(["lab"], await CompleteAsync(tester, "cloud", "", null));
        await Assert.ThrowsAnyAsync<McpException>(() => ReadAsync(tester, "cloudstack://prod/virtualmachine/web-01"));
        Assert.Equal("web-01", (await ReadAsync(tester, "cloudstack://lab/virtualmachine/web-01")).GetProperty("rows")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task The_audit_tail_has_each_callers_own_lines_of_all_clouds()
    {
        var (alice, bob) = (ApiKey.New(), ApiKey.New());
        await using var server = await OperatedServer.StartAsync(Two + $$"""
            , "callers": { "keys": [
              { "name": "alice", "hash": "{{ApiKey.Hash(alice)}}", "roles": ["admin"] },
              { "name": "bob", "hash": "{{ApiKey.Hash(bob)}}", "roles": ["admin"] }
            ] }
            """);
        var (first, second) = (await server.ConnectAsync(alice), await server.ConnectAsync(bob));
        await first.ReadAsync("listZones", more: ",\"cloud\":\"prod\"");
        await first.ReadAsync("listHosts", more: ",\"cloud\":\"lab\"");
        await second.ReadAsync("listPods");

        var lines = (await ReadAsync(first, "cloudstack://server/audit")).GetProperty("lines").EnumerateArray().ToList();

        Assert.Equal(["listHosts lab key:alice", "listZones prod key:alice"], lines.Select(line =>
            $"{line.GetProperty("command")} {line.GetProperty("profile")} {line.GetProperty("caller")}"));
    }

    [Fact]
    public async Task A_tool_that_only_one_cloud_lets_through_is_listed_and_works_there()
    {
        await using var server = await OperatedServer.StartAsync(Two);
        var client = await server.ConnectAsync(query: "?toolsets=ssh-keypair");

        var tools = (await client.Mcp.ListToolsAsync()).Select(tool => tool.Name).ToList();
        var inLab = await client.CallAsync("create_ssh_key_pair", """{"name":"k","cloud":"lab"}""");
        var inProd = await client.CallAsync("create_ssh_key_pair", """{"name":"k","cloud":"prod"}""");

        Assert.Contains("cloud_change", tools);
        Assert.Contains("create_ssh_key_pair", tools);
        Assert.Equal(tools.Count, tools.Distinct().Count());
        Assert.False(inLab.IsError, inLab.Text);
        Assert.Equal("DeniedByPolicy", inProd.Cause);
    }

    [Fact]
    public async Task The_pages_of_all_clouds_tools_have_each_tool_once()
    {
        await using var server = await OperatedServer.StartAsync(Two);
        var client = await server.ConnectAsync(query: "?toolsets=all");

        var tools = (await client.Mcp.ListToolsAsync()).Select(tool => tool.Name).ToList();

        Assert.Equal(tools.Count, tools.Distinct().Count());
        Assert.Contains("list_virtual_machines", tools);
        Assert.Contains("destroy_virtual_machine", tools);
    }

    private static async Task RenameAsync(TestClient client)
    {
        await client.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""", ",\"cloud\":\"lab\"");
        var renamed = await client.ChangeAsync("updateVirtualMachine", """{"id":"web-01","name":"web-01-lab"}""", ",\"cloud\":\"lab\"");
        Assert.False(renamed.IsError, renamed.Text);
    }

    private static async Task<IList<string>> CompleteAsync(TestClient client, string argument, string value, string? cloud) =>
        (await client.Mcp.CompleteAsync(new CompleteRequestParams
        {
            Ref = Machine,
            Argument = new Argument { Name = argument, Value = value },
            Context = cloud is null ? null : new CompleteContext { Arguments = new Dictionary<string, string> { ["cloud"] = cloud } },
        })).Completion.Values;

    private static async Task<JsonElement> ReadAsync(TestClient client, string uri) =>
        JsonElement.Parse(Assert.IsType<TextResourceContents>(Assert.Single((await client.Mcp.ReadResourceAsync(uri)).Contents)).Text);
}
