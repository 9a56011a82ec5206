using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Tasks;

/// <summary>How a task stands.</summary>
/// <param name="Name">The task's name.</param>
/// <param name="Task">The task.</param>
/// <param name="Seen">When the cloud was last asked about it.</param>
internal sealed record TaskState(string Name, StartedTask Task, DateTimeOffset Seen)
{
    /// <summary>How far it is, for people; null where there is nothing to say.</summary>
    public string? Message { get; init; }

    /// <summary>What it came to, or null while it goes on.</summary>
    public ToolAnswer? Result { get; init; }
}
