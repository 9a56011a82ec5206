using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Tests.Conformance;

/// <summary>The fixtures that do something while they run.</summary>
internal static class FixtureActions
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static IReadOnlyList<string> Names { get; } =
        ["test_error_handling", "test_tool_with_logging", "test_tool_with_progress", "test_sampling", "test_elicitation"];

    public static async ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        string Given(string name) => context.Params!.Arguments![name].GetString()!;
        switch (context.Params!.Name)
        {
            case "test_tool_with_logging":
                return await InStepsAsync("Logged.", step => context.Server.SendNotificationAsync(
                    "notifications/message", new JsonObject { ["level"] = "info", ["data"] = $"Step {step}" }, cancellationToken: cancellationToken));
            case "test_tool_with_progress":
                return await InStepsAsync("Reported.", step => context.Params.ProgressToken is { } token
                    ? context.Server.NotifyProgressAsync(token, new ProgressNotificationValue { Progress = step * 50, Total = 100 }, cancellationToken: cancellationToken)
                    : Task.CompletedTask);
            case "test_sampling":
                var prompt = new JsonObject { ["role"] = "user", ["content"] = new JsonObject { ["type"] = "text", ["text"] = Given("prompt") } };
                return Text(await AskAsync(
                    context.Server, "sampling/createMessage", new JsonObject { ["messages"] = new JsonArray(prompt), ["maxTokens"] = 100 }, cancellationToken));
            case "test_elicitation":
                var schema = JsonNode.Parse("""{"type":"object","properties":{"response":{"type":"string"}},"required":["response"]}""");
                return Text(await AskAsync(
                    context.Server, "elicitation/create", new JsonObject { ["message"] = Given("message"), ["requestedSchema"] = schema }, cancellationToken));
            default:
                return new CallToolResult { Content = [new TextContentBlock { Text = "This tool fails on purpose." }], IsError = true };
        }
    }

    /// <summary>Puts a question to the client while the call waits.</summary>
    public static async Task<string> AskAsync(McpServer server, string method, JsonNode parameters, CancellationToken cancellationToken)
    {
        var answer = await server.SendRequestAsync(new JsonRpcRequest { Method = method, Params = parameters }, cancellationToken);
        return answer.Result!.ToJsonString();
    }

    public static CallToolResult Text(string text) => new() { Content = [new TextContentBlock { Text = text }] };

    private static async Task<CallToolResult> InStepsAsync(string done, Func<int, Task> step)
    {
        for (var i = 0; i < 3; i++)
        {
            await step(i);
            await Task.Delay(Pause);
        }

        return Text(done);
    }
}
