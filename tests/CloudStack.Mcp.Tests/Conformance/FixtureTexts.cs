using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Tests.Conformance;

/// <summary>The fixtures among resources, prompts and completion.</summary>
internal sealed partial class FixtureTexts(JsonNode data, InputRounds rounds)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    /// <summary>Sets them in place of what a server has.</summary>
    public void AddTo(McpServerHandlers handlers)
    {
        handlers.ListResourcesHandler = (_, _) => ValueTask.FromResult(new ListResourcesResult
        {
            Resources = [.. data["resources"]!.AsObject().Select(r => new Resource { Uri = r.Key, Name = r.Key, MimeType = (string?)r.Value!["mimeType"] })],
            TimeToLive = Fresh,
            CacheScope = CacheScope.Public,
        });
        handlers.ListResourceTemplatesHandler = (_, _) => ValueTask.FromResult(new ListResourceTemplatesResult
        {
            ResourceTemplates = [new ResourceTemplate { UriTemplate = "test://template/{id}/data", Name = "template", MimeType = "application/json" }],
            TimeToLive = Fresh,
            CacheScope = CacheScope.Public,
        });
        handlers.ReadResourceHandler = (context, _) => ValueTask.FromResult(Read(context.Params!.Uri));
        handlers.SubscribeToResourcesHandler = (_, _) => ValueTask.FromResult(new EmptyResult());
        handlers.UnsubscribeFromResourcesHandler = (_, _) => ValueTask.FromResult(new EmptyResult());
        handlers.ListPromptsHandler = (_, _) => ValueTask.FromResult(new ListPromptsResult
        {
            Prompts = [.. data["prompts"]!.AsObject().Select(Prompt)],
            TimeToLive = Fresh,
            CacheScope = CacheScope.Public,
        });
        handlers.GetPromptHandler = (context, _) => ValueTask.FromResult(Get(context));
        handlers.CompleteHandler = (_, _) => ValueTask.FromResult(new CompleteResult { Completion = new Completion { Values = [], Total = 0, HasMore = false } });
    }

    private static Prompt Prompt(KeyValuePair<string, JsonNode?> entry) => new()
    {
        Name = entry.Key,
        Description = "A fixture of the conformance suite.",
        Arguments = [.. entry.Value!["arguments"]!.AsArray().Select(name => new PromptArgument { Name = (string)name!, Required = true })],
    };

    [GeneratedRegex("^test://template/([^/]+)/data$")]
    private static partial Regex Template { get; }

    private ReadResourceResult Read(string uri)
    {
        var found = data["resources"]![uri]?.DeepClone().AsObject()
            ?? (Template.Match(uri) is { Success: true } match
                ? new JsonObject { ["mimeType"] = "application/json", ["text"] = $$"""{"id":"{{match.Groups[1].Value}}","templateTest":true}""" }
                : throw new McpProtocolException($"There is no resource '{uri}'.", McpErrorCode.InvalidParams) { Data = { ["uri"] = uri } });
        found["uri"] = uri;
        var read = FixtureJson.As<ReadResourceResult>(new JsonObject { ["contents"] = new JsonArray(found) });
        (read.TimeToLive, read.CacheScope) = (Fresh, CacheScope.Private);
        return read;
    }

    private GetPromptResult Get(RequestContext<GetPromptRequestParams> context)
    {
        var asked = context.Params!;
        if (data["rounds"]![asked.Name] is { } asks)
        {
            rounds.Play(asks, asked, context.Server.ClientCapabilities);
        }

        var text = data["prompts"]![asked.Name]!["messages"]!.ToJsonString();
        foreach (var (name, value) in asked.Arguments ?? new Dictionary<string, System.Text.Json.JsonElement>())
        {
            text = text.Replace($"{{{name}}}", value.GetString(), StringComparison.Ordinal);
        }

        var messages = JsonNode.Parse(text)!.AsArray().Select(content => (JsonNode)new JsonObject { ["role"] = "user", ["content"] = content!.DeepClone() });
        return FixtureJson.As<GetPromptResult>(new JsonObject { ["messages"] = new JsonArray([.. messages]) });
    }
}
