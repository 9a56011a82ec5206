using System.Text.Json;
using CloudStack.Mcp.Server.Calls;
using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.Server.Tools;

/// <summary>Describes one command.</summary>
/// <param name="parts">What the tools work with.</param>
/// <param name="calls">Finds commands.</param>
internal sealed class CloudDescribeTool(ServerParts parts, CommandCalls calls) : ITool
{
    /// <inheritdoc/>
    public ToolDefinition Definition { get; } = new(
        "cloud_describe",
        "Describe a command",
        "A command's parameters, effect, result fields and an example call. Read it before you call a command for the first time.",
        [new ArgumentRule("command", ArgumentKind.Text) { Required = true }],
        EffectHints.ReadOnly);

    /// <inheritdoc/>
    public Task<ToolAnswer> CallAsync(
        IEnumerable<KeyValuePair<string, JsonElement>>? given, IToolCaller caller, CancellationToken cancellationToken)
    {
        var command = calls.Find(ToolArguments.Read(Definition, given).Text("command")!);
        return Task.FromResult(new CommandDescription(parts.Catalog, command, parts.Role.MayCall(command.Name)).Write());
    }
}
