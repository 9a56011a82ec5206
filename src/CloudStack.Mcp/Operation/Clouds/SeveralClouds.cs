using System.Globalization;
using System.Text.Json;
using Cloud.Core.Binding;
using Cloud.Core.Errors;
using CloudStack.Mcp.Server.Resources;
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

    private const char Separator = '.';

    private readonly ArgumentRule _rule = new(Argument, ArgumentKind.Text, $"One of {string.Join(", ", tables.Keys)}; default {meant}");

    // The cloud that is meant comes first: what it has too isn't listed again.
    private readonly IReadOnlyList<ToolTable> _order = [.. tables.OrderBy(table => table.Key != meant).Select(table => table.Value)];

    /// <inheritdoc/>
    public async Task<(IReadOnlyList<ITool> Tools, string? Next)> ListAsync(string? cursor, CancellationToken cancellationToken)
    {
        var listed = new List<ITool>();
        var (start, within) = Position(cursor);
        for (var i = start; i < _order.Count; i++, within = null)
        {
            var (tools, next) = await _order[i].ListAsync(within, cancellationToken);
            listed.AddRange(tools.Where(tool => IsFirstIn(i, tool.Definition.Name)).Select(tool => new InCloud(this, tool)));
            if (next is not null)
            {
                return (listed, i == 0 ? next : $"{i}{Separator}{next}");
            }
        }

        return (listed, null);
    }

    /// <inheritdoc/>
    public ITool? Find(string name)
    {
        CloudException? refused = null;
        foreach (var table in _order)
        {
            try
            {
                if (table.Find(name) is { } tool)
                {
                    return new InCloud(this, tool);
                }
            }
            catch (CloudException error)
            {
                // What isn't let through in one cloud may be in another.
                refused ??= error;
            }
        }

        return refused is null ? null : throw refused;
    }

    /// <inheritdoc/>
    public string? Suggest(string name) => meant is null ? null : tables[meant].Suggest(name);

    /// <inheritdoc/>
    public bool CanChange => _order.Any(table => table.CanChange);

    /// <inheritdoc/>
    public async Task ChangeAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var first = await Task.WhenAny(_order.Where(table => table.CanChange).Select(table => table.ChangeAsync(end.Token)));
        await end.CancelAsync();
        await first;
    }

    // A list's first part has the cursors of the cloud that is meant; those of other clouds say which.
    private (int Table, string? Within) Position(string? cursor) =>
        cursor?.Split(Separator, 2) is [var number, var within]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var table) && table < _order.Count
            ? (table, within)
            : (0, cursor);

    private bool IsFirstIn(int table, string name) => !_order.Take(table).Any(earlier => Has(earlier, name));

    private static bool Has(ToolTable table, string name)
    {
        try
        {
            return table.Find(name) is not null;
        }
        catch (CloudException)
        {
            return false;
        }
    }

    private sealed class InCloud(SeveralClouds clouds, ITool tool) : ITool
    {
        public ToolDefinition Definition { get; } = tool.Definition with { Arguments = [.. tool.Definition.Arguments, clouds._rule] };

        public Task<ToolAnswer> CallAsync(
            IEnumerable<KeyValuePair<string, JsonElement>>? given, IToolCaller caller, CancellationToken cancellationToken)
        {
            var all = given?.ToList() ?? [];
            if (tool is CompletionTool && Text(all, "kind") == CompletionTool.CloudKind)
            {
                return Task.FromResult(CompletionTool.Write([.. clouds.Tables.Keys], Text(all, "value") ?? ""));
            }

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

        private static string? Text(List<KeyValuePair<string, JsonElement>> given, string name) =>
            given.Where(argument => argument is { Value.ValueKind: JsonValueKind.String } && argument.Key == name)
                .Select(argument => argument.Value.GetString()).FirstOrDefault();

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
