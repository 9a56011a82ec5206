using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Server.Tasks;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Server.Protocol;

/// <summary>The tasks extension's words (io.modelcontextprotocol/tasks), for which the SDK's core has no types.</summary>
internal static class TaskWords
{
    /// <summary>The extension's name.</summary>
    public const string Extension = "io.modelcontextprotocol/tasks";

    /// <summary>Tells how a task stands.</summary>
    public const string Get = "tasks/get";

    /// <summary>Brings a task what it asked for.</summary>
    public const string Update = "tasks/update";

    /// <summary>Asks for a task's end.</summary>
    public const string Cancel = "tasks/cancel";

    /// <summary>The request's member that names the task.</summary>
    public const string Id = "taskId";

    /// <summary>True where a request may be answered with a task: its revision knows them, and it says that its client does.</summary>
    /// <param name="context">What the request says of its client, or null.</param>
    public static bool AreKnownTo(JsonRpcMessageContext? context) =>
        ProtocolRevision.IsStateless(context?.ProtocolVersion)
        && context?.ClientCapabilities?.Extensions?.ContainsKey(Extension) == true;

    /// <summary>The refusal of a request whose client doesn't say that it knows tasks.</summary>
    public static MissingRequiredClientCapabilityException NotDeclared() => new(
        new ClientCapabilities { Extensions = new Dictionary<string, object> { [Extension] = new JsonObject() } },
        $"The request needs the client's capability extensions/{Extension}.");

    /// <summary>The answer to a call that became a task.</summary>
    /// <param name="task">The task.</param>
    public static StartedTaskResult Started(TaskState task) => new()
    {
        ResultType = "task",
        TaskId = task.Name,
        Status = "working",
        StatusMessage = task.Message,
        CreatedAt = task.Task.Created,
        LastUpdatedAt = task.Seen,
        TtlMs = (long)StartedTask.Lifetime.TotalMilliseconds,
        PollIntervalMs = (long)StartedTask.Pace.TotalMilliseconds,
    };

    /// <summary>The answer to a question about a task. A job that failed is a call that was answered with an error, and so completed.</summary>
    /// <param name="task">The task.</param>
    public static JsonNode Told(TaskState task)
    {
        var told = Started(task);
        told.ResultType = "complete";
        told.Status = task.Result is null ? "working" : "completed";
        var node = JsonSerializer.SerializeToNode(told, TaskWordsJson.Default.StartedTaskResult)!;
        if (task.Result is { } result)
        {
            node["result"] = JsonSerializer.SerializeToNode(ProtocolResult.Of(result), McpJsonUtilities.DefaultOptions);
        }

        return node;
    }
}

/// <summary>A call that became a task, as the extension writes it.</summary>
internal sealed class StartedTaskResult : Result
{
    /// <summary>The task's name.</summary>
    public required string TaskId { get; init; }

    /// <summary>How it stands.</summary>
    public required string Status { get; set; }

    /// <summary>How far it is, for people.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the cloud was last asked about it.</summary>
    public required DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>How long after its beginning it can be asked about, in milliseconds.</summary>
    public required long TtlMs { get; init; }

    /// <summary>How often to ask, in milliseconds.</summary>
    public required long PollIntervalMs { get; init; }
}

/// <summary>Serialisation of the extension's words.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StartedTaskResult))]
internal sealed partial class TaskWordsJson : JsonSerializerContext;
