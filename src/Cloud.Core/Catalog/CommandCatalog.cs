using System.Collections.Concurrent;

namespace Cloud.Core.Catalog;

/// <summary>
/// The commands and result classes of one cloud's API, read from the two line files that the catalog compiler emits.
/// A line is parsed when it is first asked for, so that loading costs a scan for line ends and nothing else.
/// </summary>
public sealed class CommandCatalog
{
    private readonly LineTable _commands;
    private readonly LineTable _results;
    private readonly ConcurrentDictionary<string, CommandSpec> _parsedCommands = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ResultSpec> _parsedResults = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, string>> _byCmdlet;

    /// <summary>Opens a catalog.</summary>
    /// <param name="commands">UTF-8, one JSON object a line, each starting with its <c>name</c>.</param>
    /// <param name="results">UTF-8, one JSON object a line, each starting with its <c>class</c>.</param>
    /// <exception cref="FormatException">A line doesn't start with its key.</exception>
    public CommandCatalog(ReadOnlyMemory<byte> commands, ReadOnlyMemory<byte> results)
    {
        _commands = new LineTable(commands, "name", StringComparer.OrdinalIgnoreCase);
        _results = new LineTable(results, "class", StringComparer.Ordinal);
        _byCmdlet = new(IndexCmdlets);
    }

    /// <summary>The names of all commands, in the catalog's order.</summary>
    public IReadOnlyList<string> CommandNames => _commands.Keys;

    /// <summary>The names of all result classes, in the catalog's order.</summary>
    public IReadOnlyList<string> ResultClasses => _results.Keys;

    /// <summary>All commands, parsed one by one as they are enumerated.</summary>
    public IEnumerable<CommandSpec> Commands => CommandNames.Select(name => FindCommand(name)!);

    /// <summary>Reads a catalog from an assembly's embedded <c>commands.jsonl</c> and <c>results.jsonl</c>.</summary>
    /// <param name="assembly">The assembly that embeds them.</param>
    /// <returns>The catalog.</returns>
    /// <exception cref="InvalidOperationException">The assembly embeds no catalog.</exception>
    public static CommandCatalog FromResources(System.Reflection.Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return new CommandCatalog(Read(assembly, "commands.jsonl"), Read(assembly, "results.jsonl"));
    }

    /// <summary>Finds a command by API name, ignoring case.</summary>
    /// <param name="name">The API name.</param>
    /// <returns>The command, or null where the catalog has none of that name.</returns>
    public CommandSpec? FindCommand(string name)
    {
        if (_parsedCommands.TryGetValue(name, out var known))
        {
            return known;
        }

        return _commands.TryGet(name, out var line)
            ? _parsedCommands.GetOrAdd(name, CatalogReader.ReadCommand(line.Span))
            : null;
    }

    /// <summary>Finds a command by cmdlet name, ignoring case.</summary>
    /// <param name="cmdlet">The cmdlet's name (<c>Verb-Noun</c>).</param>
    /// <returns>The command, or null where no command has that cmdlet.</returns>
    public CommandSpec? FindByCmdlet(string cmdlet) =>
        _byCmdlet.Value.TryGetValue(cmdlet, out var name) ? FindCommand(name) : null;

    /// <summary>Finds a result class by the server's class name.</summary>
    /// <param name="className">The class name, such as <c>ZoneResponse</c>.</param>
    /// <returns>The class, or null where the catalog has none of that name.</returns>
    public ResultSpec? FindResult(string className)
    {
        if (_parsedResults.TryGetValue(className, out var known))
        {
            return known;
        }

        return _results.TryGet(className, out var line)
            ? _parsedResults.GetOrAdd(className, CatalogReader.ReadResult(line.Span))
            : null;
    }

    private static byte[] Read(System.Reflection.Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} embeds no {name}; rebuild the project.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private Dictionary<string, string> IndexCmdlets()
    {
        var index = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var command in Commands)
        {
            if (command.Cmdlet is not null)
            {
                index.Add(command.Cmdlet, command.Name);
            }
        }

        return index;
    }
}
