using System.Text;
using System.Text.Json;
using CloudStack.Client;
using CloudStack.Mcp.Server.Results;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.CommandLine.Tour.Steps;

/// <summary>What the assistant is offered, and what that costs it.</summary>
internal sealed class ToolsStep(TourScene scene) : ITourStep
{
    private const int MostTokens = 1500;

    private static readonly string[] Expected = ["cloud_search", "cloud_describe", "cloud_read", "cloud_change", "cloud_job"];

    public string Headline => "Five tools reach every command";

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var tools = await scene.Assistant.ListToolsAsync(cancellationToken);
        scene.Screen.Table(["tool", "what for", "tokens"], tools.Select(tool => (string[])[tool.Name, tool.Title ?? "", $"{Tokens([tool])}"]));
        Expect.Same("The tools", Expected, tools.Select(tool => tool.Name));
        var tokens = Tokens(tools);
        Expect.That(tokens is > 0 and <= MostTokens, "The tools' cost", $"at most {MostTokens} tokens", tokens);
        var commands = CloudStackCatalog.Load().CommandNames.Count;
        return $"{tools.Count} tools for {commands} commands, about {tokens} tokens in all";
    }

    private static int Tokens(IReadOnlyList<Tool> tools) =>
        TokenEstimate.OfProse(Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(tools, McpJsonUtilities.DefaultOptions)));
}
