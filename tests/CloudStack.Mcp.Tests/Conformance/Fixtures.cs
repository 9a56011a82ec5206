using System.Text.Json;
using System.Text.Json.Nodes;
using CloudStack.Mcp.Tests.Support;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Tests.Conformance;

/// <summary>The tools, resources and prompts that the public conformance suite calls, set before the product's own.</summary>
internal sealed class Fixtures
{
    private readonly JsonNode _data = JsonNode.Parse(File.ReadAllText(Path.Combine(TestPaths.Project, "Conformance", "fixtures.json")))!;
    private readonly InputRounds _rounds = new();

    /// <summary>Sets them before what a server has.</summary>
    public McpServerOptions AddTo(McpServerOptions options)
    {
        var handlers = options.Handlers;
        var (listTools, callTool) = (handlers.ListToolsHandler!, handlers.CallToolWithAlternateHandler!);
        handlers.ListToolsHandler = async (context, cancellationToken) =>
        {
            var listed = await listTools(context, cancellationToken);
            listed.Tools = [.. listed.Tools, .. ToolNames.Select(Tool)];
            return listed;
        };
        handlers.CallToolWithAlternateHandler = async (context, cancellationToken) => ToolNames.Contains(context.Params!.Name)
            ? await CallAsync(context, cancellationToken)
            : await callTool(context, cancellationToken);
        new FixtureTexts(_data, _rounds).AddTo(handlers);
        return options;
    }

    private IEnumerable<string> ToolNames => Keys("answers").Concat(Keys("forms")).Concat(FixtureActions.Names)
        .Concat(Keys("rounds").Where(name => !name.EndsWith("_prompt", StringComparison.Ordinal)));

    private async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        var name = context.Params!.Name;
        if (_data["answers"]![name] is { } content)
        {
            return FixtureJson.As<CallToolResult>(new JsonObject { ["content"] = content.DeepClone() });
        }

        if (_data["forms"]![name] is { } form)
        {
            return FixtureActions.Text(await FixtureActions.AskAsync(context.Server, "elicitation/create", form.DeepClone(), cancellationToken));
        }

        if (_data["rounds"]![name] is { } rounds)
        {
            _rounds.Play(rounds, context.Params, context.Server.ClientCapabilities);
            return FixtureActions.Text("Every question was answered.");
        }

        return await FixtureActions.RunAsync(context, cancellationToken);
    }

    private Tool Tool(string name) => new()
    {
        Name = name,
        Description = "A fixture of the conformance suite.",
        InputSchema = JsonElement.Parse((_data["schemas"]![name] ?? JsonNode.Parse("""{"type":"object","properties":{}}"""))!.ToJsonString()),
    };

    private IEnumerable<string> Keys(string section) => _data[section]!.AsObject().Select(entry => entry.Key);
}
