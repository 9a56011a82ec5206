using System.Text.Json;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Protocol;

/// <summary>A client that shares no code with the server: the protocol's own TypeScript SDK, as most clients of today have it.</summary>
public sealed class NodeClientTests
{
    private const string Script = """
        import { Client } from "@modelcontextprotocol/sdk/client/index.js";
        import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
        import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

        const [where, ...args] = process.argv.slice(2);
        const client = new Client({ name: "node", version: "1" });
        const transport = where.startsWith("http")
          ? new StreamableHTTPClientTransport(new URL(where))
          : new StdioClientTransport({ command: "dotnet", args: [where, "serve", "--simulator", ...args] });
        await client.connect(transport);
        const call = async (name, args) => {
          const answer = await client.callTool({ name, arguments: args });
          return { isError: answer.isError ?? false, ...answer.structuredContent };
        };
        const tools = (await client.listTools()).tools.map(tool => tool.name);
        const zones = await call("cloud_read", { command: "listZones" });
        const direct = await call("list_zones", { name: "ams1" });
        const stop = { command: "stopVirtualMachine", arguments: { id: "web-01" } };
        const asked = await call("cloud_change", stop);
        const done = await call("cloud_change", { ...stop, confirm: asked.token });
        const wrong = await call("cloud_read", { command: "listZoness" });
        if (transport.terminateSession) await transport.terminateSession();
        await client.close();
        console.log(JSON.stringify({ server: client.getServerVersion(), tools, zones, direct, asked, done, wrong }));
        """;

    [NodeFact(nameof(NodeTools.Sdk))]
    public async Task An_independent_client_lists_calls_and_confirms_over_standard_input()
    {
        var audit = Audit();
        await DriveAsync(audit, Shell.Path, "--toolsets", "zone", "--audit-log", audit);
    }

    [NodeFact(nameof(NodeTools.Sdk))]
    public async Task An_independent_client_lists_calls_and_confirms_over_http()
    {
        var audit = Audit();
        await using var server = await ServedProgram.StartAsync("--toolsets", "zone", "--audit-log", audit);
        await DriveAsync(audit, server.Url.AbsoluteUri);
    }

    private static string Audit() => Path.Combine(NodeTools.Sdk.Folder!, $"{Guid.NewGuid():N}.jsonl");

    private static async Task DriveAsync(string audit, params string[] arguments)
    {
        var run = await NodeTools.Sdk.RunScriptAsync(Script, arguments);

        Assert.True(run.ExitCode == 0, run.Error);
        var said = JsonElement.Parse(run.Output);
        Assert.Equal("cloudstack-mcp", said.GetProperty("server").GetProperty("name").GetString());
        var tools = said.GetProperty("tools").EnumerateArray().Select(t => t.GetString()).ToList();
        Assert.Contains("cloud_change", tools);
        Assert.Contains("list_zones", tools);
        Assert.Equal(2, said.GetProperty("zones").GetProperty("count").GetInt32());
        Assert.Equal("ams1", said.GetProperty("direct").GetProperty("rows")[0].GetProperty("name").GetString());
        Assert.StartsWith("not confirmed", said.GetProperty("asked").GetProperty("status").GetString(), StringComparison.Ordinal);
        Assert.Equal("Stopped", said.GetProperty("done").GetProperty("result").GetProperty("state").GetString());
        Assert.True(said.GetProperty("wrong").GetProperty("isError").GetBoolean());
        Assert.Contains("mcp:node", await File.ReadAllTextAsync(audit), StringComparison.Ordinal);
    }
}
