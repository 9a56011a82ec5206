using System.Text.Json;
using System.Text.Json.Nodes;
using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Resources;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Server.Tasks;
using CloudStack.Mcp.Server.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace CloudStack.Mcp.Server.Protocol;

/// <summary>Answers the tasks extension's own requests.</summary>
/// <param name="tools">The tools, through which tasks are asked about.</param>
internal sealed class TaskHandlers(IToolTable tools)
{
    /// <summary>Adds the extension to what a server tells and does.</summary>
    /// <param name="options">The server's options.</param>
    public McpServerOptions AddTo(McpServerOptions options)
    {
        options.Capabilities ??= new ServerCapabilities();
        options.Capabilities.Extensions = new Dictionary<string, object> { [TaskWords.Extension] = new JsonObject() };
        options.RequestHandlers =
        [
            Handler(TaskWords.Get, TaskWords.Told),
            // Whatever has to be asked is asked before a task begins, and a cloud's job can't be stopped: both are heard, and change nothing.
            Handler(TaskWords.Update, _ => Heard()),
            Handler(TaskWords.Cancel, _ => Heard()),
        ];
        options.Filters.Message.IncomingFilters.Add(next => (context, cancellationToken) =>
            context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.SubscriptionsListen } listen
                && (listen.Params as JsonObject)?["notifications"] is JsonObject wanted && wanted.ContainsKey("taskIds")
                && !TaskWords.AreKnownTo(listen.Context)
                ? throw TaskWords.NotDeclared()
                : next(context, cancellationToken));
        return options;
    }

    private static JsonObject Heard() => new() { ["resultType"] = "complete" };

    private McpServerRequestHandler Handler(string method, Func<TaskState, JsonNode> write) => new()
    {
        Method = method,
        RoutingNameParameter = TaskWords.Id,
        Handler = async (request, cancellationToken) => write(await FindAsync(method, request, cancellationToken)),
    };

    private async Task<TaskState> FindAsync(string method, JsonRpcRequest request, CancellationToken cancellationToken)
    {
        if (!ProtocolRevision.IsStateless(request.Context?.ProtocolVersion))
        {
            throw new McpProtocolException(
                $"'{method}' needs revision {ProtocolRevision.FirstStateless} or later; ask cloud_job about the job.", McpErrorCode.MethodNotFound);
        }

        if (!TaskWords.AreKnownTo(request.Context))
        {
            throw TaskWords.NotDeclared();
        }

        if ((request.Params as JsonObject)?[TaskWords.Id] is not JsonValue given || !given.TryGetValue(out string? name))
        {
            throw new McpProtocolException($"'{TaskWords.Id}' must be a text.", McpErrorCode.InvalidParams);
        }

        try
        {
            var tool = tools.Find(TaskTool.Name) ?? throw new McpProtocolException("There are no tasks here.", McpErrorCode.InvalidParams);
            var caller = new ReadingCaller(McpToolCaller.NameOf(request.Context?.User, request.Context?.ClientInfo));
            var answer = await tool.CallAsync(
                [.. Arguments(name).Select(a => KeyValuePair.Create(a.Name, JsonSerializer.SerializeToElement(a.Value)))], caller, cancellationToken);
            return answer.Task!;
        }
        catch (CloudException error)
        {
            throw new McpProtocolException(
                $"{CleanText.Line(error.Message, 400)} {CleanText.Line(error.NextStep, 400)}",
                error.Cause is ErrorCause.NotFound or ErrorCause.InvalidArgument ? McpErrorCode.InvalidParams : McpErrorCode.InternalError);
        }
    }

    private static IEnumerable<(string Name, string Value)> Arguments(string name)
    {
        yield return ("task", name);
        if (TaskIds.CloudOf(name) is { } cloud)
        {
            yield return ("cloud", cloud);
        }
    }
}
