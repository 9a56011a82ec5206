using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.CommandLine.Tour;

/// <summary>The assistant of the tour: calls the server's tools through the SDK's own client, and shows each call.</summary>
/// <param name="client">The client.</param>
/// <param name="screen">Shows calls and progress.</param>
internal sealed class TourAssistant(McpClient client, TourScreen screen)
{
    /// <summary>Asks which tools there are.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<IReadOnlyList<Tool>> ListToolsAsync(CancellationToken cancellationToken)
    {
        screen.Call("tools/list", null);
        return [.. (await client.ListToolsAsync(cancellationToken: cancellationToken)).Select(tool => tool.ProtocolTool)];
    }

    /// <summary>Calls a tool.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<TourAnswer> CallAsync(string tool, JsonObject arguments, CancellationToken cancellationToken)
    {
        screen.Call(tool, arguments);
        return new TourAnswer(tool, await client.CallToolAsync(tool, Given(arguments), cancellationToken: cancellationToken));
    }

    /// <summary>Reads by a command of the cloud.</summary>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Its arguments, or null.</param>
    /// <param name="fields">The fields to answer with; none for the default ones.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<TourAnswer> ReadAsync(string command, JsonObject? arguments, string[] fields, CancellationToken cancellationToken)
    {
        var call = new JsonObject { ["command"] = command };
        if (arguments is not null)
        {
            call["arguments"] = arguments;
        }

        if (fields.Length > 0)
        {
            call["fields"] = new JsonArray([.. fields.Select(field => JsonValue.Create(field))]);
        }

        return CallAsync("cloud_read", call, cancellationToken);
    }

    /// <summary>Asks for a change without confirming it.</summary>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="token">The token that confirms it, or null.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<TourAnswer> AskAsync(string command, JsonObject arguments, string? token, CancellationToken cancellationToken) =>
        CallAsync("cloud_change", Change(command, arguments, token), cancellationToken);

    /// <summary>Makes a change and shows how its job gets on.</summary>
    /// <param name="command">The command.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="token">The token that confirms it, or null where it needs none.</param>
    /// <param name="cancellationToken">Stops the call; the job goes on.</param>
    /// <exception cref="TourMismatchException">It failed, or no progress was heard of.</exception>
    public async Task<TourAnswer> ChangeAsync(string command, JsonObject arguments, string? token, CancellationToken cancellationToken)
    {
        const string tool = "cloud_change";
        var call = Change(command, arguments, token);
        screen.Call(tool, call);
        var heard = 0;
        var answer = await screen.FollowAsync(command, report => client.CallToolAsync(
            tool,
            Given(call),
            new ProgressReport(value =>
            {
                Interlocked.Increment(ref heard);
                report(value);
            }),
            cancellationToken: cancellationToken));
        var read = new TourAnswer(tool, answer).Succeeded();
        Expect.Equal($"The status of {command}", "done", read.Text("status"));
        Expect.That(heard > 0, $"Progress notifications of {command}", "at least one", heard);
        return read;
    }

    private static JsonObject Change(string command, JsonObject arguments, string? token)
    {
        var call = new JsonObject { ["command"] = command, ["arguments"] = arguments };
        if (token is not null)
        {
            call["confirm"] = token;
        }

        return call;
    }

    private static Dictionary<string, object?> Given(JsonObject arguments) =>
        arguments.ToDictionary(a => a.Key, a => (object?)JsonSerializer.SerializeToElement(a.Value));

    // Progress<T> would hand the reports to other threads, where they overtake each other.
    private sealed class ProgressReport(Action<ProgressNotificationValue> report) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value) => report(value);
    }
}
