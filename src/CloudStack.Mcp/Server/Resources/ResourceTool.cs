using System.Text.Json;
using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Calls;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Resources;

/// <summary>
/// Reads what an address stands for. It's a tool that isn't listed, so that a read by address passes the same limits,
/// rates, records and masks as any call.
/// </summary>
/// <param name="parts">What the tools work with.</param>
/// <param name="calls">Runs commands.</param>
internal sealed class ResourceTool(ServerParts parts, CommandCalls calls) : ITool
{
    /// <summary>The tool's name.</summary>
    public const string Name = "resources/read";

    private readonly EntityKinds _kinds = new(() => parts.Catalog);

    /// <inheritdoc/>
    public ToolDefinition Definition { get; } = new(
        Name, "Read an address", "", [.. CloudRules, new ArgumentRule("id", ArgumentKind.Text)], EffectHints.ReadOnly);

    /// <summary>The arguments that name a cloud and a kind.</summary>
    public static IReadOnlyList<ArgumentRule> CloudRules { get; } =
    [
        new ArgumentRule("cloud", ArgumentKind.Text),
        new ArgumentRule("kind", ArgumentKind.Text) { Required = true },
    ];

    /// <inheritdoc/>
    public async Task<ToolAnswer> CallAsync(
        IEnumerable<KeyValuePair<string, JsonElement>>? given, IToolCaller caller, CancellationToken cancellationToken)
    {
        var arguments = ToolArguments.Read(Definition, given);
        var (kind, id) = (arguments.Text("kind")!, arguments.Text("id") ?? "");
        if (arguments.Text("cloud") is { } cloud && cloud != parts.Profile)
        {
            throw NotFound($"There is no cloud '{CleanText.Line(cloud, 80)}' here", $"This server's cloud is {parts.Profile}.");
        }

        if (kind == ReadAnswer.RestKind && ListHandle.Read(id) is { } handle)
        {
            return await new ListRest(parts, calls).ReadAsync(handle, caller, cancellationToken);
        }

        if (kind == AuditTail.Kind && id.Length == 0)
        {
            return new AuditTail(parts.AuditPath).Read(caller);
        }

        var entity = _kinds.Find(kind) ?? throw NotFound(
            $"There is nothing at '{CleanText.Line(kind, 80)}'", "List the resource templates; an address is made of a cloud, a kind and an id or name.");
        return await ReadEntityAsync(entity, id, caller, cancellationToken);
    }

    private Task<ToolAnswer> ReadEntityAsync(EntityKind entity, string id, IToolCaller caller, CancellationToken cancellationToken)
    {
        if (id.Length == 0)
        {
            throw NotFound($"The address names no {entity.Class.Model}", "Put its id or name at the end.");
        }

        var command = calls.Find(entity.Finder.Command);
        var arguments = entity.Finder.Arguments.ToDictionary(a => a.Key, a => (object?)a.Value, StringComparer.OrdinalIgnoreCase);
        arguments["id"] = JsonSerializer.SerializeToElement(id);
        var read = new ReadRequest(command, arguments, [ListColumns.All], 0, 1);
        return calls.ReadAsync(read, null, caller, cancellationToken);
    }

    private static CloudException NotFound(string message, string next) => new(ErrorCause.NotFound, message + ".", next);
}
