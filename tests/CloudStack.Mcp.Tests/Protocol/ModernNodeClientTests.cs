using System.Text.Json;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Protocol;

/// <summary>The newest TypeScript client, which speaks both protocol families, over both transports. A person says yes to what it's asked.</summary>
public sealed class ModernNodeClientTests
{
    private const string Script = """
        import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
        import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";

        const [where, revision, audit] = process.argv.slice(2);
        const transport = where.startsWith("http")
          ? new StreamableHTTPClientTransport(new URL(where))
          : new StdioClientTransport({ command: "dotnet", args: [where, "serve", "--simulator", "--audit-log", audit] });
        const client = new Client({ name: "node", version: "2" }, {
          capabilities: { elicitation: { form: {} } },
          versionNegotiation: { mode: revision === "2025-11-25" ? "legacy" : { pin: revision } },
        });
        const questions = [];
        client.setRequestHandler("elicitation/create", async request => {
          questions.push(request.params.message);
          return { action: "accept", content: { confirm: true } };
        });
        await client.connect(transport);
        const call = async (name, args) => {
          const answer = await client.callTool({ name, arguments: args });
          return { isError: answer.isError ?? false, ...answer.structuredContent };
        };
        const tools = (await client.listTools()).tools.map(tool => tool.name);
        const zones = await call("cloud_read", { command: "listZones" });
        const done = await call("cloud_change", { command: "stopVirtualMachine", arguments: { id: "web-01" } });
        const wrong = await call("cloud_read", { command: "listZoness" });
        console.log(JSON.stringify({ revision: client.getNegotiatedProtocolVersion(), tools, zones, questions, done, wrong }));
        await client.close();
        """;

    [NodeFact(nameof(NodeTools.Client))]
    public Task A_client_with_a_handshake_lists_calls_and_asks_its_user_over_standard_input() => DriveAsync(Shell.Path, "2025-11-25");

    [NodeFact(nameof(NodeTools.Client))]
    public Task A_stateless_client_lists_calls_and_asks_its_user_over_standard_input() => DriveAsync(Shell.Path, "2026-07-28");

    [NodeFact(nameof(NodeTools.Client))]
    public Task A_client_with_a_session_lists_calls_and_asks_its_user_over_http() => DriveOverHttpAsync("2025-11-25");

    [NodeFact(nameof(NodeTools.Client))]
    public Task A_stateless_client_lists_calls_and_asks_its_user_over_http() => DriveOverHttpAsync("2026-07-28");

    private static async Task DriveOverHttpAsync(string revision)
    {
        await using var server = await ServedProgram.StartAsync("--audit-log", Audit());
        await DriveAsync(server.Url.AbsoluteUri, revision);
    }

    private static async Task DriveAsync(string where, string revision)
    {
        var run = await NodeTools.Client.RunScriptAsync(Script, where, revision, Audit());

        Assert.True(run.ExitCode == 0, run.Error);
        var said = JsonElement.Parse(run.Output);
        Assert.Equal(revision, said.GetProperty("revision").GetString());
        Assert.Contains("cloud_change", said.GetProperty("tools").EnumerateArray().Select(t => t.GetString()));
        Assert.Equal(2, said.GetProperty("zones").GetProperty("count").GetInt32());
        Assert.Contains("web-01", Assert.Single(said.GetProperty("questions").EnumerateArray()).GetString(), StringComparison.Ordinal);
        Assert.False(said.GetProperty("done").GetProperty("isError").GetBoolean(), run.Output);
        Assert.Equal("Stopped", said.GetProperty("done").GetProperty("result").GetProperty("state").GetString());
        Assert.True(said.GetProperty("wrong").GetProperty("isError").GetBoolean());
    }

    private static string Audit() => Path.Combine(NodeTools.Client.Folder!, $"{Guid.NewGuid():N}.jsonl");
}
