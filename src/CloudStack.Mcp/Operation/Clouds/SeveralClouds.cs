using System.Text.Json;
using Cloud.Core.Binding;
using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Operation.Clouds;

/// <summary>The tools of several clouds as one table: each tool takes a <c>cloud</c> besides its own arguments.</summary>
/// <param name="tables">The tools of each cloud that the caller reaches.</param>
/// <param name="meant">The cloud of a call that names none; null where no cloud is reached.</param>
internal sealed class SeveralClouds(IReadOnlyDictionary<string, ToolTable> tables, string? meant) : IToolTable
{
    /// <summary>The name of the argument.</summary>
    public const string Argument = "cloud";

    private readonly ArgumentRule _rule = new(Argument, ArgumentKind.Text, $"One of {string.Join(", ", tables.Keys)}; default {meant}");

    /// <inheritdoc/>
    public async Task<(IReadOnlyList<ITool> Tools, string? Next)> ListAsync(string? cursor, CancellationToken cancellationToken)
    {
        if (meant is null)
        {
            return ([], null);
        }

        var (tools, next) = await tables[meant].ListAsync(cursor, cancellationToken);
        return ([.. tools.Select(tool => new InCloud(this, tool))], next);
    }

    /// <inheritdoc/>
    public ITool? Find(string name) => meant is not null && tables[meant].Find(name) is { } tool ? new InCloud(this, tool)
        // What isn't let through in one cloud may be in another.
        : tables.Values.Select(table => table.Find(name)).OfType<ITool>().FirstOrDefault() is { } other ? new InCloud(this, other)
        : null;

    /// <inheritdoc/>
    public string? Suggest(string name) => meant is null ? null : tables[meant].Suggest(name);

    private sealed class InCloud(SeveralClouds clouds, ITool tool) : ITool
    {
        public ToolDefinition Definition { get; } = tool.Definition with { Arguments = [.. tool.Definition.Arguments, clouds._rule] };

        public Task<ToolAnswer> CallAsync(
            IEnumerable<KeyValuePair<string, JsonElement>>? given, IToolCaller caller, CancellationToken cancellationToken)
        {
            var all = given?.ToList() ?? [];
            var cloud = all.Where(argument => argument.Key == Argument).Select(argument => Named(argument.Value)).FirstOrDefault() ?? clouds.Meant();
            if (!clouds.Tables.TryGetValue(cloud, out var table))
            {
                throw clouds.Unknown(cloud);
            }

            var here = table.Find(tool.Definition.Name)
                ?? throw new CloudException(
                    ErrorCause.DeniedByPolicy,
                    $"'{tool.Definition.Name}' isn't let through in the cloud '{cloud}'. Nothing was sent.",
                    "Name another cloud, or ask the operator to change the server's limits.");
            return here.CallAsync(all.Where(argument => argument.Key != Argument), caller, cancellationToken);
        }

        private static string? Named(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            _ => throw new CloudException(ErrorCause.InvalidArgument, $"'{Argument}' must be a text.", "Correct it and call again; nothing was sent."),
        };
    }

    private IReadOnlyDictionary<string, ToolTable> Tables => tables;

    private string Meant() => meant!;

    private CloudException Unknown(string cloud) => new(
        ErrorCause.InvalidArgument,
        $"There is no cloud '{CleanText.Line(cloud, 80)}' for this caller; nothing was sent.",
        Spelling.Closest(cloud, tables.Keys) is { } closest ? $"Did you mean '{closest}'?" : $"The clouds are {string.Join(", ", tables.Keys)}.");
}
