using System.Text.Json;
using CloudStack.Mcp.CommandLine.Clients;

namespace CloudStack.Mcp.Tests.CommandLine;

public sealed class ConfigCommandTests
{
    private static readonly ClientEntry Program = new("cloudstack", "C:\\Tools\\cloudstack-mcp.exe", ["serve", "--profile", "pr\"od"]);
    private static readonly ClientEntry Address = Program with { Url = new Uri("https://mcp.example.org/mcp") };

    public static TheoryData<string> JsonClients => [.. McpClient.All.Where(c => c.Shape == ConfigShape.Json).Select(c => c.Id)];

    [Theory]
    [MemberData(nameof(JsonClients))]
    public void A_clients_configuration_starts_the_program_with_its_arguments(string id)
    {
        var client = McpClient.All.Single(c => c.Id == id);

        var entry = EntryOf(client, Program);

        string[] started = client.OneArray
            ? [.. entry.GetProperty("command").EnumerateArray().Select(a => a.GetString()!)]
            : [entry.GetProperty("command").GetString()!, .. entry.GetProperty("args").EnumerateArray().Select(a => a.GetString()!)];
        Assert.Equal([Program.Command, .. Program.Arguments], started);
    }

    [Theory]
    [MemberData(nameof(JsonClients))]
    public void A_clients_configuration_calls_an_address_and_holds_no_key(string id)
    {
        var client = McpClient.All.Single(c => c.Id == id);
        if (client.AddressKey is null)
        {
            Assert.Throws<Cloud.Core.Errors.CloudException>(() => new ClientConfig(client).Write(Address));
            return;
        }

        var entry = EntryOf(client, Address);

        Assert.Equal("https://mcp.example.org/mcp", entry.GetProperty(client.AddressKey).GetString());
        Assert.Matches("^Bearer (YOUR-KEY|.*CLOUDSTACK_MCP_KEY.*)$", entry.GetProperty("headers").GetProperty("Authorization").GetString());
        Assert.False(entry.TryGetProperty("command", out _));
    }

    // As each client's own documentation shows it.
    [Theory]
    [InlineData("claude-desktop", "{'mcpServers':{'cloudstack':{'command':'p','args':['serve']}}}", "")]
    [InlineData(
        "claude-code",
        "{'mcpServers':{'cloudstack':{'type':'stdio','command':'p','args':['serve']}}}",
        "{'mcpServers':{'cloudstack':{'type':'http','url':'U','headers':{'Authorization':'Bearer ${CLOUDSTACK_MCP_KEY}'}}}}")]
    [InlineData(
        "vs-code",
        "{'servers':{'cloudstack':{'type':'stdio','command':'p','args':['serve']}}}",
        "{'servers':{'cloudstack':{'type':'http','url':'U','headers':{'Authorization':'Bearer ${env:CLOUDSTACK_MCP_KEY}'}}}}")]
    [InlineData(
        "cursor",
        "{'mcpServers':{'cloudstack':{'command':'p','args':['serve']}}}",
        "{'mcpServers':{'cloudstack':{'url':'U','headers':{'Authorization':'Bearer ${env:CLOUDSTACK_MCP_KEY}'}}}}")]
    [InlineData(
        "windsurf",
        "{'mcpServers':{'cloudstack':{'command':'p','args':['serve']}}}",
        "{'mcpServers':{'cloudstack':{'serverUrl':'U','headers':{'Authorization':'Bearer ${env:CLOUDSTACK_MCP_KEY}'}}}}")]
    [InlineData(
        "zed",
        "{'context_servers':{'cloudstack':{'command':'p','args':['serve']}}}",
        "{'context_servers':{'cloudstack':{'url':'U','headers':{'Authorization':'Bearer YOUR-KEY'}}}}")]
    [InlineData(
        "jetbrains",
        "{'mcpServers':{'cloudstack':{'command':'p','args':['serve']}}}",
        "{'mcpServers':{'cloudstack':{'url':'U','headers':{'Authorization':'Bearer YOUR-KEY'}}}}")]
    [InlineData(
        "gemini-cli",
        "{'mcpServers':{'cloudstack':{'command':'p','args':['serve']}}}",
        "{'mcpServers':{'cloudstack':{'httpUrl':'U','headers':{'Authorization':'Bearer $CLOUDSTACK_MCP_KEY'}}}}")]
    [InlineData(
        "opencode",
        "{'mcp':{'servers':{'cloudstack':{'type':'local','command':['p','serve']}}}}",
        "{'mcp':{'servers':{'cloudstack':{'type':'remote','url':'U','headers':{'Authorization':'Bearer {env:CLOUDSTACK_MCP_KEY}'}}}}}")]
    [InlineData(
        "opencode-v1",
        "{'mcp':{'cloudstack':{'type':'local','command':['p','serve']}}}",
        "{'mcp':{'cloudstack':{'type':'remote','url':'U','headers':{'Authorization':'Bearer {env:CLOUDSTACK_MCP_KEY}'}}}}")]
    [InlineData(
        "cline",
        "{'mcpServers':{'cloudstack':{'command':'p','args':['serve']}}}",
        "{'mcpServers':{'cloudstack':{'type':'streamableHttp','url':'U','headers':{'Authorization':'Bearer YOUR-KEY'}}}}")]
    [InlineData(
        "lm-studio",
        "{'mcpServers':{'cloudstack':{'command':'p','args':['serve']}}}",
        "{'mcpServers':{'cloudstack':{'url':'U','headers':{'Authorization':'Bearer YOUR-KEY'}}}}")]
    public void Each_client_gets_the_shape_that_it_reads(string id, string program, string address)
    {
        var config = new ClientConfig(McpClient.All.Single(c => c.Id == id));
        var entry = new ClientEntry("cloudstack", "p", ["serve"]);

        Assert.Equal(Plain(program), Plain(config.Write(entry)));
        if (address.Length > 0)
        {
            Assert.Equal(Plain(address.Replace("'U'", "'https://mcp.example.org/mcp'", StringComparison.Ordinal)), Plain(config.Write(Address)));
        }
    }

    [Fact]
    public void The_Copilot_CLI_is_told_that_all_tools_may_be_used()
    {
        var copilot = new ClientConfig(McpClient.All.Single(c => c.Id == "copilot-cli"));

        foreach (var entry in new[] { Program, Address })
        {
            var written = JsonElement.Parse(copilot.Write(entry)).GetProperty("mcpServers").GetProperty("cloudstack");
            Assert.Equal(["*"], written.GetProperty("tools").EnumerateArray().Select(tool => tool.GetString()));
        }
    }

    [Fact]
    public void Codex_gets_toml()
    {
        var codex = new ClientConfig(McpClient.All.Single(c => c.Id == "codex-cli"));

        Assert.Equal(
            """
            [mcp_servers.cloudstack]
            command = "C:\\Tools\\cloudstack-mcp.exe"
            args = ["serve", "--profile", "pr\"od"]
            """,
            codex.Write(Program));
        Assert.Contains("bearer_token_env_var = \"CLOUDSTACK_MCP_KEY\"", codex.Write(Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configuration_goes_to_standard_output_alone_and_its_place_to_standard_error()
    {
        using var run = new ProgramRun();

        Assert.Equal(0, await run.RunAsync("config", "vs-code", "--profile", "prod", "--read-only"));

        var args = JsonElement.Parse(run.Output).GetProperty("servers").GetProperty("cloudstack").GetProperty("args");
        Assert.Equal(["serve", "--profile", "prod", "--read-only"], args.EnumerateArray().Select(a => a.GetString()));
        Assert.Contains(".vscode/mcp.json", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config cursr", "cursor")]
    [InlineData("config cursor --name a.b", "letters")]
    [InlineData("config cursor --url ftp://x", "http")]
    [InlineData("config check", "--file")]
    [InlineData("serve --config /nowhere/config.json", "can't be read")]
    [InlineData("serve --config x.json --read-only", "--read-only")]
    [InlineData("serve --simulator --http http://0.0.0.0:0", "--config")]
    [InlineData("health nonsense", "http")]
    [InlineData("health http://127.0.0.1:1", "doesn't answer")]
    public async Task What_cant_be_done_is_told_with_the_next_step(string line, string part)
    {
        using var run = new ProgramRun();

        Assert.Equal(1, await run.RunAsync(line.Split(' ')));

        Assert.Contains(part, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_key_is_shown_with_its_hash()
    {
        using var run = new ProgramRun();

        Assert.Equal(0, await run.RunAsync("key", "--json"));

        var made = JsonElement.Parse(run.Output);
        Assert.Equal(Mcp.Authentication.ApiKey.Hash(made.GetProperty("key").GetString()!), made.GetProperty("hash").GetString());
    }

    [Fact]
    public async Task A_configuration_is_checked_and_examined_without_serving()
    {
        using var run = new ProgramRun();
        var file = Path.Combine(run.Config, "config.json");
        await File.WriteAllTextAsync(file, """{ "clouds": { "lab": { "simulator": true } }, "auditLog": "audit.jsonl" }""");

        Assert.Equal(0, await run.RunAsync("config", "check", "--file", file));
        Assert.Contains("default lab", run.Output, StringComparison.Ordinal);

        Assert.Equal(0, await run.RunAsync("doctor", "--json", "--config", file));
        var checks = JsonElement.Parse(run.Output).GetProperty("checks").EnumerateArray().Select(c => c.GetProperty("check").GetString()).ToList();
        Assert.All((string[])["config", "store", "audit", "connection", "signature", "jobs"], check => Assert.Contains(check, checks));
    }

    private static JsonElement EntryOf(McpClient client, ClientEntry entry) => client.Key.Split('.').Append("cloudstack")
        .Aggregate(JsonElement.Parse(new ClientConfig(client).Write(entry)), (within, member) => within.GetProperty(member));

    private static string Plain(string json) => System.Text.Json.Nodes.JsonNode.Parse(json.Replace('\'', '"'))!.ToJsonString();
}
