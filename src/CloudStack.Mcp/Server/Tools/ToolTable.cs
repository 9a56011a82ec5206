using System.Globalization;
using Cloud.Core.Binding;
using Cloud.Core.Errors;
using CloudStack.Mcp.Engines;
using CloudStack.Mcp.Engines.Pipelines;
using CloudStack.Mcp.Server.Calls;
using CloudStack.Mcp.Server.Manifest;
using CloudStack.Mcp.Server.Resources;
using CloudStack.Mcp.Server.Tasks;

namespace CloudStack.Mcp.Server.Tools;

/// <summary>The tools of one server: the five that reach every command, the direct ones that were asked for, and older names for these.</summary>
internal sealed class ToolTable : IToolTable
{
    /// <summary>How many tools a page of the list has.</summary>
    public const int PageSize = 100;

    // Older servers confirm by a tool of its own, which no command replaces.
    private const string OldConfirmation = "confirm_dangerous_action";

    private readonly ServerParts _parts;
    private readonly CommandCalls _calls;
    private readonly IReadOnlyList<ITool> _own;
    private readonly IReadOnlyList<ITool> _unlisted;
    private readonly bool _isReadOnly;
    private readonly ToolSelection _selection;
    private readonly Lazy<IReadOnlyList<DirectTool>> _direct;

    /// <summary>Sets the table.</summary>
    /// <param name="parts">What the tools work with.</param>
    /// <param name="toolsets">The toolsets whose direct tools are listed.</param>
    /// <param name="readOnly">True where the operator lets only reads through.</param>
    public ToolTable(ServerParts parts, IReadOnlyCollection<string> toolsets, bool readOnly)
    {
        _parts = parts;
        _calls = new CommandCalls(parts);
        ITool[] own =
        [
            new CloudSearchTool(parts),
            new CloudDescribeTool(parts, _calls),
            new CloudReadTool(parts, _calls),
            new CloudChangeTool(parts, _calls),
            new CloudJobTool(parts, _calls),
            .. parts.Engine is IHostedEngine engine ? [new RunPipelineTool(parts, _calls, engine)] : Array.Empty<ITool>(),
        ];
        _unlisted = [new ResourceTool(parts, _calls), new CompletionTool(parts, _calls), new TaskTool(parts)];
        _isReadOnly = readOnly;
        _own = readOnly ? [.. own.Where(tool => tool is not CloudChangeTool)] : own;
        _selection = ToolSelection.Parse(toolsets);
        _direct = new(() => _selection.IsEmpty ? [] : [.. Direct()]);
    }

    /// <inheritdoc/>
    public async Task<(IReadOnlyList<ITool> Tools, string? Next)> ListAsync(string? cursor, CancellationToken cancellationToken)
    {
        var listed = _own;
        if (!_selection.IsEmpty)
        {
            await _parts.Role.RefreshAsync(cancellationToken);
            listed = [.. _own, .. _direct.Value.Where(tool => _parts.Role.MayCall(tool.Command.Name))];
        }

        var start = 0;
        if (cursor is not null && (!int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out start) || start >= listed.Count))
        {
            throw new CloudException(ErrorCause.InvalidArgument, "The cursor doesn't belong to the list of tools.", "List again without a cursor.");
        }

        var next = start + PageSize < listed.Count ? (start + PageSize).ToString(CultureInfo.InvariantCulture) : null;
        return ([.. listed.Skip(start).Take(PageSize)], next);
    }

    /// <summary>Reads every toolset's name, so that a wrong one is told at the start.</summary>
    /// <exception cref="CloudException">There is no such toolset.</exception>
    public void Check() => _ = _direct.Value;

    /// <inheritdoc/>
    public ITool? Find(string name)
    {
        if (_own.Concat(_unlisted).FirstOrDefault(tool => tool.Definition.Name == name) is { } own)
        {
            return own;
        }

        if (_isReadOnly && name == CloudChangeTool.Name)
        {
            throw new CloudException(
                ErrorCause.DeniedByPolicy,
                $"This server is read-only, so it has no {name}. Nothing was sent.",
                "Ask the operator to change the server's limits; nothing in a call can.");
        }

        if (_parts.Manifest.Find(name) is { } direct)
        {
            return Tool(direct);
        }

        return _parts.Manifest.FindAlias(name) switch
        {
            null when name == OldConfirmation => throw new CloudException(
                ErrorCause.UnknownCommand,
                $"'{name}' is a tool of older servers; here a change is confirmed by calling its own tool again.",
                "Call the change with the same arguments, and with the token of its answer as 'confirm'."),
            null => null,
            (Tool: { } tool, _) => Tool(_parts.Manifest.Find(tool)!),
            (_, var near) => throw new CloudException(
                ErrorCause.UnknownCommand,
                $"'{name}' is a tool of older servers that no single command replaces.",
                $"These come near: {string.Join(", ", near)}."),
        };
    }

    /// <inheritdoc/>
    public string? Suggest(string name)
    {
        var spelt = Spelling.Closest(name, _own.Select(tool => tool.Definition.Name).Concat(_parts.Manifest.Names));
        var likely = _calls.Likely(name) is { } command ? _parts.Manifest.Tools.First(tool => tool.Command == command.Name).Name : null;
        var isOwn = _own.Any(tool => tool.Definition.Name == spelt);
        return spelt is null || likely is null || spelt == likely || isOwn ? spelt ?? likely : $"{spelt} or {likely}";
    }

    /// <remarks>The five tools are always there; direct ones are hidden where the connected role may not call their commands.</remarks>
    /// <inheritdoc/>
    public bool CanChange => !_selection.IsEmpty;

    /// <inheritdoc/>
    public Task ChangeAsync(CancellationToken cancellationToken) => _parts.Role.ChangeAsync(cancellationToken);

    private static string Plain(string toolset) =>
        toolset.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private DirectTool Tool(ManifestTool tool) => new(
        tool, _calls.Find(tool.Command), _calls, _selection.OutputSchemas ? _parts.Catalog : null);

    private IEnumerable<DirectTool> Direct()
    {
        var all = _selection.Toolsets.Contains(ToolSelection.All, StringComparer.OrdinalIgnoreCase);
        var wanted = _selection.Toolsets.Where(n => !n.Equals(ToolSelection.All, StringComparison.OrdinalIgnoreCase)).ToDictionary(n => n, Wanted);
        var known = _parts.Manifest.Tools.Select(t => t.Toolset).Distinct(StringComparer.Ordinal).ToDictionary(Plain);
        foreach (var (name, plain) in wanted)
        {
            if (!plain.Any(known.ContainsKey))
            {
                throw new CloudException(
                    ErrorCause.InvalidArgument,
                    $"There is no toolset '{name}'.",
                    Spelling.Closest(name, known.Values) is { } closest
                        ? $"Did you mean {closest}?"
                        : $"The toolsets are: {ToolSelection.All}, {string.Join(", ", known.Values.Order(StringComparer.Ordinal))}.");
            }
        }

        return _parts.Manifest.Tools
            .Where(tool => all || wanted.Values.Any(plain => plain.Contains(Plain(tool.Toolset))))
            .Concat(_selection.Aliases ? Aliases() : [])
            .Where(tool => _parts.Catalog.FindCommand(tool.Command) is { } command && CommandCalls.IsCallable(command) && _parts.Limit.Allows(command))
            .Select(Tool);
    }

    private IEnumerable<ManifestTool> Aliases() =>
        from alias in _parts.Manifest.AliasNames
        let tool = _parts.Manifest.FindAlias(alias)?.Tool
        where tool is not null && _parts.Manifest.Find(alias) is null
        select _parts.Manifest.Find(tool)! with { Name = alias };

    // A toolset's own name, and what people say for it.
    private HashSet<string> Wanted(string name)
    {
        var plain = new HashSet<string>(StringComparer.Ordinal) { Plain(name) };
        var said = name.ToLowerInvariant();
        plain.Add(string.Concat(_parts.Vocabulary.Abbreviations.GetValueOrDefault(said, [said])));
        plain.UnionWith(_parts.Vocabulary.Synonyms.GetValueOrDefault(said, []).Select(s => s.Replace(" ", "", StringComparison.Ordinal)));
        return plain;
    }
}
