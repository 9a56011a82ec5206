using System.Text.Json;
using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Operation.Calls;

/// <summary>A table whose every call passes the desk.</summary>
/// <param name="tools">The tools.</param>
/// <param name="desk">The desk.</param>
internal sealed class AttendedTools(IToolTable tools, CallDesk desk) : IToolTable
{
    private const int LongestName = 80;

    /// <inheritdoc/>
    public Task<(IReadOnlyList<ITool> Tools, string? Next)> ListAsync(string? cursor, CancellationToken cancellationToken) =>
        tools.ListAsync(cursor, cancellationToken);

    /// <inheritdoc/>
    public ITool? Find(string name)
    {
        try
        {
            return tools.Find(name) is { } tool ? new Attended(tool, desk) : null;
        }
        catch (CloudException error)
        {
            // A tool that isn't let through is refused when it's called, so that the refusal is on record.
            return new Refused(name, error, desk);
        }
    }

    /// <inheritdoc/>
    public async Task MissAsync(string name, IToolCaller caller, CancellationToken cancellationToken)
    {
        var unknown = new CloudException(ErrorCause.UnknownCommand, "There is no such tool.", "List the tools again.")
        {
            Command = CleanText.Line(name, LongestName),
        };
        try
        {
            // Names that clients make up must not become labels of the metrics.
            await desk.AttendAsync("unknown", caller, () => Task.FromException<ToolAnswer>(unknown), cancellationToken);
        }
        catch (CloudException error) when (error == unknown)
        {
            // The protocol has an answer of its own for it.
        }
    }

    /// <inheritdoc/>
    public string? Suggest(string name) => tools.Suggest(name);

    /// <inheritdoc/>
    public bool CanChange => tools.CanChange;

    /// <inheritdoc/>
    public Task ChangeAsync(CancellationToken cancellationToken) => tools.ChangeAsync(cancellationToken);

    private sealed class Attended(ITool tool, CallDesk desk) : ITool
    {
        public ToolDefinition Definition => tool.Definition;

        public Task<ToolAnswer> CallAsync(
            IEnumerable<KeyValuePair<string, JsonElement>>? given, IToolCaller caller, CancellationToken cancellationToken) =>
            desk.AttendAsync(tool.Definition.Name, caller, () => tool.CallAsync(given, caller, cancellationToken), cancellationToken);
    }

    private sealed class Refused(string name, CloudException error, CallDesk desk) : ITool
    {
        public ToolDefinition Definition { get; } = new(name, name, "", [], EffectHints.ReadOnly);

        public Task<ToolAnswer> CallAsync(
            IEnumerable<KeyValuePair<string, JsonElement>>? given, IToolCaller caller, CancellationToken cancellationToken) =>
            desk.AttendAsync(name, caller, () => Task.FromException<ToolAnswer>(error), cancellationToken);
    }
}
