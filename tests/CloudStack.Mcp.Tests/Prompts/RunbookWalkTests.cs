using System.Text.Json;
using System.Text.RegularExpressions;
using Cloud.Core.Catalog;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Prompts;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Prompts;

/// <summary>Each runbook's calls in their order, over the simulated cloud, as an assistant makes them whose person agrees to each change.</summary>
public sealed partial class RunbookWalkTests : ServerTest
{
    // What a step found, by class: a later step that needs one of these takes it.
    private readonly Dictionary<string, string> _found = new(StringComparer.Ordinal);

    private static readonly Dictionary<string, string> Texts = new() { ["first"] = "Ada", ["last"] = "Moss", ["password"] = "a-long-Password-1" };

    public static TheoryData<string> Names => [.. new RunbookShelf().Runbooks.Select(r => r.Name)];

    private protected override ServerSettings Settings => new() { Policy = ConfirmationPolicy.Parse(["critical=token"]) };

    private CommandCatalog Catalog => Server.Parts.Parts.Catalog;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_step_of_a_runbook_is_answered_or_done(string name)
    {
        var arguments = new Dictionary<string, object?>();
        foreach (var argument in new RunbookShelf().Runbooks.Single(r => r.Name == name).Arguments)
        {
            arguments[argument.Name] = await ValueAsync(argument.Name);
        }

        var text = ((ModelContextProtocol.Protocol.TextContentBlock)(await Client.Mcp.GetPromptAsync(name, arguments)).Messages.Single().Content).Text;
        var steps = Step().Matches(text);
        foreach (Match step in steps)
        {
            await WalkAsync(step.Groups["tool"].Value, JsonElement.Parse(step.Groups["json"].Value));
        }

        Assert.True(steps.Count >= 3);
    }

    [GeneratedRegex("`(?<tool>cloud_[a-z]+) (?<json>[{].*?[}])`")]
    private static partial Regex Step();

    private async Task WalkAsync(string tool, JsonElement call)
    {
        var command = Catalog.FindCommand(call.GetProperty("command").GetString()!)!;
        var filled = Placeholder().Replace(call.GetRawText(), match => Fill(command, match));
        var answer = await Client.CallAsync(tool, filled);
        Assert.False(answer.IsError, $"{filled}: {answer.Text}");
        if (answer.Has("token"))
        {
            var typed = answer["next"].Contains("'typed'", StringComparison.Ordinal) ? $",\"typed\":\"{answer["target"].Split(' ')[0]}\"" : "";
            answer = await Client.CallAsync(tool, $"{filled[..^1]},\"confirm\":\"{answer["token"]}\"{typed}}}");
            Assert.False(answer.IsError, $"{filled}: {answer.Text}");
            Assert.Equal("done", answer["status"]);
        }

        Remember(command, answer);
    }

    private string Fill(CommandSpec command, Match match)
    {
        var (argument, word) = (match.Groups["argument"].Value, match.Groups["word"].Value);
        return Texts.TryGetValue(word, out var text) ? $"\"{argument}\":\"{text}\"" : $"\"{argument}\":\"{IdOf(command, argument)}\"";
    }

    private string IdOf(CommandSpec command, string argument)
    {
        var entity = command.FindParameter(argument)!.Entity!;
        return _found.GetValueOrDefault(entity) ?? Server.Cloud.SampleId(entity)!;
    }

    private void Remember(CommandSpec command, Answer answer)
    {
        var row = answer.Has("rows") ? answer.Rows.FirstOrDefault() : answer.Has("result") ? answer.Json.GetProperty("result") : default;
        if (row.ValueKind == JsonValueKind.Object && row.TryGetProperty("id", out var id))
        {
            _found[command.Result] = id.ToString();
        }
    }

    private async Task<string> ValueAsync(string argument) => argument switch
    {
        "host" => await FirstAsync("listHosts", """{"type":"Routing"}""", "name"),
        "network" => await NetworkWithRouterAsync(),
        "machine" => "web-01",
        "zone" => "fra1",
        "account" => "web-team",
        "port" => "443",
        "percent" => "5",
        "tenant" => "acme",
        "email" => "it@acme.example",
        "from" => "2026-10-01",
        "to" => "2026-10-31",
        "before" => "2027-01-31",
        "since" => "2026-11-21T00:00:00+0000",
        _ => throw new InvalidOperationException($"No value is known for '{argument}'."),
    };

    private async Task<string> NetworkWithRouterAsync()
    {
        var router = (await Client.ReadAsync("listRouters", """{"listall":true}""", ",\"fields\":[\"*\"]")).Rows
            .First(row => row.TryGetProperty("guestnetworkid", out _));
        return router.GetProperty("guestnetworkid").GetString()!;
    }

    private async Task<string> FirstAsync(string command, string arguments, string field) =>
        (await Client.ReadAsync(command, arguments)).Rows[0].GetProperty(field).GetString()!;

    [GeneratedRegex("\"(?<argument>[a-z]+)\":\"<(?<word>[a-z]+)>\"")]
    private static partial Regex Placeholder();
}
