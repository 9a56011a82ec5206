using System.Text.Json;
using CloudStack.Mcp.Server.Prompts;
using CloudStack.Mcp.Server.Resources;
using CloudStack.Mcp.Server.Tools;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Server.Protocol;

/// <summary>Speaks MCP for what isn't a tool: resources, prompts, and completion for both.</summary>
/// <param name="tools">The tools, through which resources are read.</param>
/// <param name="vocabulary">The cloud's own words.</param>
internal sealed class ContentHandlers(IToolTable tools, CloudVocabulary vocabulary)
{
    private readonly ServerResources _resources = new(tools, vocabulary);
    private readonly RunbookShelf _shelf = new();

    /// <summary>Adds the handlers.</summary>
    /// <param name="handlers">The server's handlers.</param>
    public McpServerHandlers AddTo(McpServerHandlers handlers)
    {
        handlers.ListResourcesHandler = (context, _) =>
            ValueTask.FromResult(CacheHint.Fixed(new ListResourcesResult { Resources = _resources.List() }, context));
        handlers.ListResourceTemplatesHandler = (context, _) =>
            ValueTask.FromResult(CacheHint.Fixed(new ListResourceTemplatesResult { ResourceTemplates = _resources.Templates() }, context));
        handlers.ReadResourceHandler = ReadAsync;
        handlers.ListPromptsHandler = (context, _) => ValueTask.FromResult(CacheHint.Fixed(new ListPromptsResult { Prompts = _shelf.List() }, context));
        handlers.GetPromptHandler = (context, _) => ValueTask.FromResult(_shelf.Get(context.Params!.Name, Texts(context.Params.Arguments)));
        handlers.CompleteHandler = CompleteAsync;
        return handlers;
    }

    private async ValueTask<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> context, CancellationToken cancellationToken)
    {
        var read = await _resources.ReadAsync(context.Params!.Uri, CallerOf(context), cancellationToken);
        return ServerResources.IsFixed(context.Params.Uri) ? CacheHint.Fixed(read, context) : CacheHint.Fleeting(read, context);
    }

    private async ValueTask<CompleteResult> CompleteAsync(RequestContext<CompleteRequestParams> context, CancellationToken cancellationToken)
    {
        var asked = context.Params!;
        var given = asked.Context?.Arguments;
        var kind = asked.Ref switch
        {
            PromptReference prompt => _shelf.KindOf(prompt.Name, asked.Argument.Name),
            ResourceTemplateReference when asked.Argument.Name == CompletionTool.CloudKind => CompletionTool.CloudKind,
            ResourceTemplateReference template => ResourceAddress.Parse(template.Uri ?? "")?.Kind ?? "",
            _ => "",
        };
        return new CompleteResult
        {
            Completion = kind.Length == 0
                ? new Completion { Values = [] }
                : await _resources.CompleteAsync(given?.TryGetValue("cloud", out var cloud) == true ? cloud : null, kind, asked.Argument.Value, CallerOf(context), cancellationToken),
        };
    }

    private static ReadingCaller CallerOf(MessageContext context) => new(McpToolCaller.NameOf(context));

    private static Dictionary<string, string> Texts(IDictionary<string, JsonElement>? arguments) => (arguments ?? new Dictionary<string, JsonElement>())
        .Where(a => a.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
        .Select(a => (a.Key, Text: a.Value.ValueKind == JsonValueKind.String ? a.Value.GetString()! : a.Value.GetRawText()))
        .Where(a => a.Text.Length > 0)
        .ToDictionary(a => a.Key, a => a.Text, StringComparer.Ordinal);
}
