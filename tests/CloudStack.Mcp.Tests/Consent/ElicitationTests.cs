using System.Text.Json;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Tests.Support;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Tests.Consent;

public sealed class ElicitationTests
{
    private const string OldProtocol = "2025-11-25";
    private const string NewProtocol = "2026-07-28";

    [Theory]
    [InlineData(OldProtocol)]
    [InlineData(NewProtocol)]
    public async Task A_person_who_can_be_asked_is_asked_and_their_yes_is_enough(string protocol)
    {
        ElicitRequestParams? question = null;
        await using var server = new TestServer();
        var client = await server.ConnectAsync(
            asked =>
            {
                question = asked;
                return Accept("confirm", "true");
            },
            protocol);

        var answer = await client.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""");

        Assert.Equal("done", answer["status"]);
        Assert.Contains("web-01", question!.Message, StringComparison.Ordinal);
        Assert.Contains(server.Parts.Parts.Catalog.FindCommand("stopVirtualMachine")!.Effect.Warning, question.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("decline", null)]
    [InlineData("cancel", null)]
    [InlineData("accept", null)]
    [InlineData("accept", "false")]
    [InlineData("accept", "\"true\"")]
    [InlineData("accept", "1")]
    public async Task Anything_but_a_yes_changes_nothing(string action, string? value)
    {
        await using var server = new TestServer();
        var client = await server.ConnectAsync(_ => value is null ? new ElicitResult { Action = action } : Accept("confirm", value, action));
        using var nothing = new NothingChanged(server);

        var answer = await client.ChangeAsync("destroyVirtualMachine", """{"id":"web-01"}""");

        Assert.StartsWith("declined", answer["status"], StringComparison.Ordinal);
        Assert.False(answer.Has("token"));
    }

    [Theory]
    [InlineData(OldProtocol, "ledger", true)]
    [InlineData(NewProtocol, "ledger", true)]
    [InlineData(OldProtocol, "Ledger", false)]
    [InlineData(NewProtocol, "yes", false)]
    public async Task A_critical_change_is_done_only_where_the_targets_name_is_typed(string protocol, string typed, bool done)
    {
        await using var server = new TestServer();
        var client = await server.ConnectAsync(_ => Accept("name", JsonSerializer.Serialize(typed)), protocol);
        var before = server.Cloud.StateVersion;

        var answer = await client.ChangeAsync("deleteAccount", """{"id":"ledger"}""");

        Assert.StartsWith(done ? "done" : "declined", answer["status"], StringComparison.Ordinal);
        Assert.Equal(done, server.Cloud.StateVersion != before);
    }

    [Fact]
    public async Task A_token_does_not_stand_in_for_a_person_who_can_be_asked()
    {
        await using var server = new TestServer();
        var asking = await server.ConnectAsync(_ => new ElicitResult { Action = "decline" });
        var token = (await (await server.ConnectAsync("asking")).ChangeAsync("destroyVirtualMachine", """{"id":"web-01"}"""))["token"];
        using var nothing = new NothingChanged(server);

        var answer = await asking.ChangeAsync("destroyVirtualMachine", """{"id":"web-01"}""", $$""","confirm":"{{token}}" """);

        Assert.StartsWith("declined", answer["status"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_set_to_ask_denies_where_the_client_cannot()
    {
        await using var server = new TestServer(new ServerSettings { Policy = ConfirmationPolicy.Parse(["destroy=elicit"]) });
        var client = await server.ConnectAsync();
        using var nothing = new NothingChanged(server);

        Assert.Equal("DeniedByPolicy", (await client.ChangeAsync("destroyVirtualMachine", """{"id":"web-01"}""")).Cause);
    }

    [Fact]
    public async Task Hidden_characters_of_a_name_do_not_reach_the_person()
    {
        ElicitRequestParams? question = null;
        await using var server = new TestServer();
        var client = await server.ConnectAsync(asked =>
        {
            question = asked;
            return new ElicitResult { Action = "decline" };
        });
        var name = "web\u202Egnp.exe\U000E0041";
        await client.ChangeAsync("updateVirtualMachine", $$"""{"id":"web-01","displayname":{{JsonSerializer.Serialize(name)}},"name":{{JsonSerializer.Serialize(name)}}}""");

        await client.ChangeAsync("destroyVirtualMachine", $$"""{"id":{{JsonSerializer.Serialize(name)}}}""");

        Assert.Contains("webgnp.exe", question!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', question.Message);
    }

    private static ElicitResult Accept(string field, string json, string action = "accept") => new()
    {
        Action = action,
        Content = new Dictionary<string, JsonElement> { [field] = JsonElement.Parse(json) },
    };
}
