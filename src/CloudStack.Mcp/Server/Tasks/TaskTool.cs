using System.Text.Json;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Calls;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Tasks;

/// <summary>
/// Tells how a task stands. It's a tool that isn't listed, so that a question about a task passes the same limits, rates
/// and records as any call.
/// </summary>
/// <param name="parts">What the tools work with.</param>
internal sealed class TaskTool(ServerParts parts) : ITool
{
    /// <summary>The tool's name.</summary>
    public const string Name = "tasks/get";

    /// <inheritdoc/>
    public ToolDefinition Definition { get; } = new(
        Name,
        "Ask about a task",
        "",
        [new ArgumentRule("cloud", ArgumentKind.Text), new ArgumentRule("task", ArgumentKind.Text) { Required = true }],
        EffectHints.ReadOnly);

    /// <inheritdoc/>
    public async Task<ToolAnswer> CallAsync(
        IEnumerable<KeyValuePair<string, JsonElement>>? given, IToolCaller caller, CancellationToken cancellationToken)
    {
        var name = ToolArguments.Read(Definition, given).Text("task")!;
        var task = parts.Tasks.Read(name, caller.Name);
        var job = await parts.Engine.PollAsync(task.JobId, task.Command, cancellationToken);
        var state = new TaskState(name, task, parts.Time.GetUtcNow());
        return new ToolAnswer(default)
        {
            Task = job.Status switch
            {
                JobStatus.Pending => state with { Message = $"{task.Command} goes on as job {job.JobId}{(job.Percent is { } percent ? $" ({percent} %)" : "")}." },
                JobStatus.Succeeded => state with { Result = JobAnswer.Write(job, task.Command, parts.Catalog) },
                _ => state with { Message = CleanText.Line(job.Error!.Message, 400), Result = ErrorAnswer.For(job.Error) },
            },
        };
    }
}
