using System.Text;
using System.Text.Json;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;
using ModelContextProtocol;
using Xunit.Abstractions;

namespace CloudStack.Mcp.Tests.Results;

/// <summary>The token budgets, counted by real tokenizers: the higher of o200k and cl100k.</summary>
public sealed class TokenBudgetTests(ITestOutputHelper output)
{
    private const string Count = """
        import { readFileSync } from "node:fs";
        import { encode as newer } from "gpt-tokenizer/encoding/o200k_base";
        import { encode as older } from "gpt-tokenizer/encoding/cl100k_base";
        const texts = JSON.parse(readFileSync(process.argv[2], "utf8"));
        console.log(JSON.stringify(texts.map(text => Math.max(newer(text).length, older(text).length))));
        """;

    private const string All = """{"listall":true}""";

    [NodeFact(nameof(NodeTools.Tokenizer))]
    public async Task The_default_list_takes_at_most_1500_tokens_and_direct_tools_at_most_220_in_the_mean()
    {
        await using var server = new TestServer(new ServerSettings { Toolsets = ["all"] });
        var tools = (await (await server.ConnectAsync()).Mcp.ListToolsAsync())
            .Select(t => JsonSerializer.Serialize(t.ProtocolTool, McpJsonUtilities.DefaultOptions)).ToList();

        var tokens = await CountAsync([$"[{string.Join(',', tools.Take(5))}]", .. tools.Skip(5)]);

        output.WriteLine($"The five tools: {tokens[0]} tokens. {tools.Count - 5} direct tools: {tokens.Skip(1).Average():0.0} in the mean, {tokens.Skip(1).Max()} at most.");
        Assert.InRange(tokens[0], 1, 1500);
        Assert.InRange(tokens.Skip(1).Average(), 1, 220);
    }

    [NodeFact(nameof(NodeTools.Tokenizer))]
    public async Task Answers_about_five_thousand_machines_take_at_most_10000_tokens_and_no_more_than_was_estimated()
    {
        await using var server = new TestServer(new ServerSettings(), new SimulatorOptions { MachineCount = 5000 });
        var client = await server.ConnectAsync();
        var answers = new List<(string What, string Text)>();
        foreach (var more in (string[])
        [
            "",
            ",\"limit\":1000",
            ",\"limit\":1000,\"fields\":[\"*\"]",
            ",\"limit\":1000,\"fields\":[\"id\"]",
            ",\"limit\":1000,\"fields\":[\"id\",\"zoneid\",\"hostid\"]",
            ",\"limit\":1000,\"fields\":[\"created\",\"memory\",\"ipaddress\"]",
            ",\"limit\":1000,\"fields\":[\"name\"]",
            ",\"limit\":1000,\"fields\":[\"nic\"]",
            ",\"group\":[\"name\"],\"measures\":[\"sum(memory)\",\"max(created)\"]",
            ",\"group\":[\"ipaddress\"]",
        ])
        {
            answers.Add((more, (await client.ReadAsync("listVirtualMachines", All, more)).Text));
        }

        foreach (var command in (string[])["listVolumes", "listHosts", "listApis", "listConfigurations", "listEventTypes"])
        {
            answers.Add((command, (await client.ReadAsync(command, "{}", ",\"limit\":1000,\"fields\":[\"*\"]")).Text));
        }

        var tokens = await CountAsync([.. answers.Select(answer => answer.Text)]);

        foreach (var ((what, text), counted) in answers.Zip(tokens))
        {
            var estimated = TokenEstimate.OfData(Encoding.UTF8.GetBytes(text));
            output.WriteLine($"{counted} tokens, estimated {estimated}: {what}");
            Assert.True(counted <= 10_000, $"{what} takes {counted} tokens");
            Assert.True(counted <= estimated, $"{what} takes {counted} tokens and was estimated to take {estimated}");
        }
    }

    private static async Task<int[]> CountAsync(IReadOnlyList<string> texts)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(texts));
            var run = await NodeTools.Tokenizer.RunScriptAsync(Count, file);
            Assert.True(run.ExitCode == 0, run.Error);
            return JsonSerializer.Deserialize<int[]>(run.Output)!;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
