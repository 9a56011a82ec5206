using System.Text.Json;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Protocol;

/// <summary>The protocol's inspector, run from a shell, over both transports and in both protocol families.</summary>
public sealed class InspectorTests
{
    private const string Program = "node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js";

    [NodeFact(nameof(NodeTools.Inspector))]
    public async Task It_lists_and_calls_over_standard_input()
    {
        foreach (var era in (string[])["legacy", "modern"])
        {
            await AssertListsAndCallsAsync(era, "dotnet", Shell.Path, "serve", "--simulator", "--audit-log", Audit());
        }
    }

    [NodeFact(nameof(NodeTools.Inspector))]
    public async Task It_lists_and_calls_over_http()
    {
        await using var server = await ServedProgram.StartAsync("--audit-log", Audit());
        foreach (var era in (string[])["legacy", "modern"])
        {
            await AssertListsAndCallsAsync(era, server.Url.AbsoluteUri);
        }
    }

    [NodeFact(nameof(NodeTools.Inspector))]
    public async Task It_finds_no_tool_schema_that_some_clients_would_refuse()
    {
        await using var server = await ServedProgram.StartAsync("--audit-log", Audit(), "--toolsets", "all");

        var run = await InspectAsync("modern", [server.Url.AbsoluteUri], "tools/list", "--strict");

        Assert.True(run.ExitCode == 0, run.Error);
    }

    private static async Task AssertListsAndCallsAsync(string era, params string[] target)
    {
        var list = await InspectAsync(era, target, "tools/list");
        var call = await InspectAsync(era, target, "tools/call", "--tool-name", "cloud_read", "--tool-arg", "command=listZones");

        Assert.True(list.ExitCode == 0, list.Error);
        Assert.Contains("cloud_search", Result(list).GetProperty("tools").EnumerateArray().Select(t => t.GetProperty("name").GetString()));
        Assert.True(call.ExitCode == 0, call.Error);
        Assert.Equal(2, Result(call).GetProperty("structuredContent").GetProperty("count").GetInt32());
    }

    private static Task<Run> InspectAsync(string era, string[] target, string method, params string[] more)
    {
        string[] own = ["--client-config", Path.Combine(NodeTools.Inspector.Folder!, "config", "client.json")];
        return NodeTools.Inspector.RunAsync([Program, "--cli", .. target, .. own, "--protocol-era", era, "--format", "json", "--method", method, .. more]);
    }

    private static JsonElement Result(Run run) => JsonElement.Parse(run.Output).GetProperty("result");

    private static string Audit() => Path.Combine(NodeTools.Inspector.Folder!, $"{Guid.NewGuid():N}.jsonl");
}
