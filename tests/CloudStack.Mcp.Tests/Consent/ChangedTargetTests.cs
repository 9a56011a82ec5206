using System.Text.Json;
using System.Text.Json.Nodes;
using CloudStack.Mcp.Tests.Support;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Tests.Consent;

/// <summary>What a person agreed to is read again before it's acted on, and their word is good once.</summary>
public sealed class ChangedTargetTests : ServerTest
{
    private const string Machine = "web-03";

    [Fact]
    public async Task A_token_is_refused_where_the_target_changed_its_state_since_it_was_shown()
    {
        var id = await IdOfAsync(Machine);
        var destroy = $$"""{"id":"{{id}}"}""";
        var token = (await Client.ChangeAsync("destroyVirtualMachine", destroy))["token"];
        await StopAsync(id);
        using var nothing = new NothingChanged(Server);

        var refused = await Client.ChangeAsync("destroyVirtualMachine", destroy, $$""","confirm":"{{token}}" """);

        Assert.Equal("NotConfirmed", refused.Cause);
        Assert.Contains("no longer what was shown", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task A_yes_is_refused_where_the_target_changed_while_the_person_thought(string protocol)
    {
        var id = await IdOfAsync(Machine);
        var asking = await Server.ConnectAsync(
            _ =>
            {
                StopAsync(id).GetAwaiter().GetResult();
                return Yes();
            },
            protocol);

        var refused = await asking.ChangeAsync("destroyVirtualMachine", $$"""{"id":"{{id}}"}""");

        Assert.Equal("NotConfirmed", refused.Cause);
        Assert.Contains("no longer what was shown", refused.Message, StringComparison.Ordinal);
        Assert.Equal("Stopped", await StateOfAsync(Machine));
    }

    [Fact]
    public async Task A_persons_yes_is_good_for_one_call_and_for_the_same_arguments_only()
    {
        var state = "";
        var asking = await Server.ConnectAsync(_ => Yes(), "2026-07-28");
        await asking.ChangeAsync("stopVirtualMachine", $$"""{"id":"{{Machine}}"}""");
        state = StateIn(asking);
        await Client.ChangeAsync("startVirtualMachine", $$"""{"id":"{{Machine}}"}""");
        using var nothing = new NothingChanged(Server);

        var again = await WithReplyAsync(asking, "stopVirtualMachine", Machine, state);
        var other = await WithReplyAsync(asking, "stopVirtualMachine", "web-02", state);
        var forged = await WithReplyAsync(asking, "stopVirtualMachine", Machine, state[..^4] + "AAAA");

        Assert.Contains("used before", again.Message, StringComparison.Ordinal);
        Assert.Contains("other arguments", other.Message, StringComparison.Ordinal);
        Assert.Contains("not one of this server's", forged.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_cannot_use_a_question_as_a_token_nor_a_token_as_a_question()
    {
        var asking = await Server.ConnectAsync(_ => new ElicitResult { Action = "decline" }, "2026-07-28");
        await asking.ChangeAsync("stopVirtualMachine", $$"""{"id":"{{Machine}}"}""");
        var token = (await (await Server.ConnectAsync("asking")).ChangeAsync("stopVirtualMachine", $$"""{"id":"{{Machine}}"}"""))["token"];
        using var nothing = new NothingChanged(Server);

        var asToken = await (await Server.ConnectAsync("asking")).ChangeAsync(
            "stopVirtualMachine", $$"""{"id":"{{Machine}}"}""", $$""","confirm":"{{StateIn(asking)}}" """);
        var asQuestion = await WithReplyAsync(asking, "stopVirtualMachine", Machine, token);

        Assert.Contains("another command", asToken.Message, StringComparison.Ordinal);
        Assert.Contains("another command", asQuestion.Message, StringComparison.Ordinal);
    }

    private static ElicitResult Yes() => new()
    {
        Action = "accept",
        Content = new Dictionary<string, JsonElement> { ["confirm"] = JsonElement.Parse("true") },
    };

    private static string StateIn(TestClient client) => client.Messages
        .Select(line => JsonNode.Parse(line)!["result"]?["requestState"]?.GetValue<string>())
        .Last(state => state is not null)!;

    private static async Task<Answer> WithReplyAsync(TestClient client, string command, string id, string state)
    {
        var arguments = JsonElement.Parse($$"""{"command":"{{command}}","arguments":{"id":"{{id}}"} }""");
        return new Answer(await client.Mcp.CallToolAsync(new CallToolRequestParams
        {
            Name = "cloud_change",
            Arguments = arguments.EnumerateObject().ToDictionary(a => a.Name, a => a.Value),
            RequestState = state,
            InputResponses = new Dictionary<string, InputResponse> { ["confirmation"] = InputResponse.FromElicitResult(Yes()) },
        }));
    }

    private async Task<string> IdOfAsync(string machine) =>
        (await Client.ReadAsync("listVirtualMachines", $$"""{"name":"{{machine}}","listall":true}""")).Rows.Single().GetProperty("id").GetString()!;

    private async Task StopAsync(string id)
    {
        var stop = $$"""{"id":"{{id}}"}""";
        var token = (await Client.ChangeAsync("stopVirtualMachine", stop))["token"];
        Assert.Equal("done", (await Client.ChangeAsync("stopVirtualMachine", stop, $$""","confirm":"{{token}}" """))["status"]);
    }
}
