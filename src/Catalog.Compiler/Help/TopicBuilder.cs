using System.Text.RegularExpressions;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Help;

/// <summary>Brings together what is known of a cmdlet: what was built, the catalog's words and facts, and the source's comments.</summary>
internal sealed partial class TopicBuilder
{
    private readonly CompiledCatalog _catalog;
    private readonly SourceComments _comments;
    private readonly ParameterFacts _facts;
    private readonly OutputTopics _outputs;
    private readonly Dictionary<string, CommandSpec> _byName;
    private readonly Dictionary<string, CommandSpec> _byCmdlet;

    /// <summary>Prepares the topics of a catalog's cmdlets.</summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="comments">The comments of the assembly that holds the cmdlets.</param>
    public TopicBuilder(CompiledCatalog catalog, SourceComments comments)
    {
        _catalog = catalog;
        _comments = comments;
        _facts = new ParameterFacts(catalog);
        _outputs = new OutputTopics(catalog, comments);
        _byName = catalog.Commands.ToDictionary(c => c.Name, StringComparer.Ordinal);
        _byCmdlet = catalog.Commands.Where(c => c.Cmdlet is not null).ToDictionary(c => c.Cmdlet!, StringComparer.Ordinal);
    }

    /// <summary>Writes the topic of one cmdlet.</summary>
    /// <param name="cmdlet">The cmdlet: a generated one, or one of the module's own with words in <c>words/module.json</c>.</param>
    public CmdletTopic Build(BuiltCmdlet cmdlet)
    {
        var command = _byCmdlet.GetValueOrDefault(cmdlet.Name);
        var words = command is null ? _catalog.Words.OfCmdlet(cmdlet.Name) : _catalog.Words.Of(command.Name);
        return new CmdletTopic(
            cmdlet,
            InCmdlets(words.Synopsis, command),
            InCmdlets(words.Description, command),
            [.. cmdlet.Parameters.Select(parameter => Explain(cmdlet, parameter, command))],
            Inputs(cmdlet),
            _outputs.Of(cmdlet, command),
            command is null ? [] : [.. CommandNotes.Of(command)],
            words.Examples,
            [.. words.Related.Select(CmdletOf)]);
    }

    private IReadOnlyList<string> Explain(BuiltCmdlet cmdlet, BuiltParameter parameter, CommandSpec? command)
    {
        if (parameter.Owner is null)
        {
            return [EngineParameters.Explain(parameter.Name)];
        }

        if (command is null || parameter.Owner != cmdlet.Type)
        {
            return [_comments.OfProperty(parameter.Owner, parameter.Name)];
        }

        var spec = command.Parameters.First(p => p.Label == parameter.Name);
        var words = InCmdlets(spec.Explanation, command);
        return _facts.Of(parameter, spec, command) is { Length: > 0 } facts ? [words, facts] : [words];
    }

    private static IReadOnlyList<TypeTopic> Inputs(BuiltCmdlet cmdlet) =>
        [.. cmdlet.Parameters
            .Where(parameter => parameter.Uses.Any(use => use.FromPipeline))
            .Select(parameter => new TypeTopic(parameter.Type, [$"Goes to -{parameter.Name}."]))];

    /// <summary>Gives a text the names that PowerShell knows: cmdlets for API commands, labels for marked wire names.</summary>
    private string InCmdlets(string text, CommandSpec? command) => Name.Replace(text, name =>
        name.Groups["marked"] is { Success: true } marked
            ? $"`{(command?.FindParameter(marked.Value) is { } parameter ? "-" + parameter.Label : CmdletOf(marked.Value))}`"
            : CmdletOf(name.Value));

    private string CmdletOf(string name) => _byName.GetValueOrDefault(name)?.Cmdlet ?? name;

    [GeneratedRegex(@"`(?<marked>\w+)`|(?<![\w.`-])[a-z]+[A-Z]\w*")]
    private static partial Regex Name { get; }
}
