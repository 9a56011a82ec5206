using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Server.Resources;
using CloudStack.Mcp.Server.Tasks;

namespace CloudStack.Mcp.Server.Tools;

/// <summary>What a tool answers: one JSON object.</summary>
/// <param name="Json">UTF-8.</param>
/// <param name="IsError">True where the call failed.</param>
internal sealed record ToolAnswer(ReadOnlyMemory<byte> Json, bool IsError = false)
{
    /// <summary>What a person has to be asked first; the call then comes again with their reply. Null where the answer is the end.</summary>
    public ConfirmationQuestion? Question { get; init; }

    /// <summary>The task that the call became or asked about; null where it's about none. The JSON is then for callers who know no tasks.</summary>
    public TaskState? Task { get; init; }

    /// <summary>Where the rows are that the answer leaves out, or null where it has them all.</summary>
    public ResourceAddress? Rest { get; init; }
}
