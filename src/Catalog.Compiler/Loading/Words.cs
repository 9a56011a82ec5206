using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Json;

namespace Catalog.Compiler.Loading;

/// <summary>One example of a command's use.</summary>
/// <param name="Title">What the example does.</param>
/// <param name="Code">One line of PowerShell.</param>
internal sealed record Example(string Title, string Code);

/// <summary>Our words on one command.</summary>
internal sealed record CommandWords
{
    public static readonly CommandWords None = new();

    public string Synopsis { get; init; } = "";

    public string Description { get; init; } = "";

    public IReadOnlyList<string> Related { get; init; } = [];

    public IReadOnlyList<Example> Examples { get; init; } = [];

    /// <summary>Explanations by the parameter's wire name.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}

/// <summary>The folder <c>words</c>: one file per category, and the glossary of what means the same everywhere.</summary>
internal sealed class Words
{
    /// <summary>Whether a command, a parameter or a field without words fails the build.</summary>
    public const bool AreRequired = true;

    private const string ModuleFile = "module";

    private readonly ApiFacts _facts;
    private readonly bool _areRequired;
    private readonly Dictionary<string, CommandWords> _byCommand = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CommandWords> _byCmdlet = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _lists = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _sentences = new(StringComparer.OrdinalIgnoreCase);

    private Words(ApiFacts facts, bool areRequired)
    {
        _facts = facts;
        _areRequired = areRequired;
    }

    public static Words Load(string folder, ApiFacts facts, Categories categories, ErrorLog errors, bool areRequired)
    {
        var words = new Words(facts, areRequired);
        var directory = Path.Combine(folder, "words");
        words.ReadGlossary(directory, errors);
        foreach (var category in categories.All)
        {
            words.ReadCategory(directory, category.Name, categories, errors);
        }

        words.ReadModule(directory, errors);
        RefuseStrayFiles(directory, categories, errors);
        return words;
    }

    /// <summary>The words on a cmdlet that stands for no command but belongs to the module itself.</summary>
    public CommandWords OfCmdlet(string cmdlet) => _byCmdlet.GetValueOrDefault(cmdlet, CommandWords.None);

    public CommandWords Of(string command) => _byCommand.GetValueOrDefault(command, CommandWords.None);

    /// <summary>What a command's parameter means, from its own words or else from the glossary.</summary>
    public string Parameter(string command, string parameter)
    {
        if (Of(command).Parameters.TryGetValue(parameter, out var own))
        {
            return own;
        }

        return IsList(command) && _lists.TryGetValue(parameter, out var filter)
            ? filter
            : _parameters.GetValueOrDefault(parameter, "");
    }

    /// <summary>What a field means, from the glossary.</summary>
    public string Field(string field) => _fields.GetValueOrDefault(field, "");

    // In a list a parameter narrows the answer; some commands that change something answer with an array too.
    private bool IsList(string command) => _facts.Commands[command].Flag("list") && !_facts.Commands[command].Flag("mutates");

    /// <summary>Reports, where words are required, each parameter and each field that has none.</summary>
    public void ReportUnexplained()
    {
        if (!_areRequired)
        {
            return;
        }

        foreach (var (command, node) in _facts.Commands)
        {
            foreach (var parameter in node.Items("params").Where(p => Parameter(command, p.RequiredText("name")).Length == 0))
            {
                parameter.Report(ErrorCode.Missing, $"No words explain '{parameter.Text("name")}' of '{command}'.");
            }
        }

        foreach (var (className, node) in _facts.Classes)
        {
            foreach (var field in node.Items("fields").Where(f => Field(f.RequiredText("name")).Length == 0))
            {
                field.Report(ErrorCode.Missing, $"The glossary doesn't explain '{field.Text("name")}' of '{className}'.");
            }
        }
    }

    private void ReadGlossary(string directory, ErrorLog errors)
    {
        if ((!_areRequired && !File.Exists(Path.Combine(directory, "glossary.json")))
            || Entries.ParseObject(directory, "glossary.json", errors) is not { } root)
        {
            return;
        }

        root.AllowOnly("parameters", "lists", "fields");
        ReadTerms(root, "parameters", _facts.ParameterNames, _parameters);
        ReadTerms(root, "lists", _facts.ParameterNames, _lists);
        ReadTerms(root, "fields", _facts.FieldNames, _fields);
    }

    private static void ReadTerms(Node root, string section, IEnumerable<string> known, Dictionary<string, string> terms)
    {
        var names = known.ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var member in root.Find(section)?.Value.Members ?? [])
        {
            if (!names.Contains(member.Name))
            {
                member.Report(ErrorCode.Unknown, $"The facts know no '{member.Name}' among their {section}.");
            }

            terms[member.Name] = Sentence(root.Find(section)!.Value, member.Name);
        }
    }

    private void ReadCategory(string directory, string category, Categories categories, ErrorLog errors)
    {
        var file = category + ".json";
        if ((!_areRequired && !File.Exists(Path.Combine(directory, file)))
            || Entries.ParseObject(directory, file, errors) is not { } root)
        {
            return;
        }

        var expected = _facts.Commands.Keys.Where(c => categories.Of(c) == category).ToHashSet(StringComparer.Ordinal);
        Entries.Match(root, expected, $"{category} command");
        foreach (var member in root.Members.Where(m => expected.Contains(m.Name)))
        {
            _byCommand[member.Name] = ReadCommand(member);
        }
    }

    // Parameters have no words here: their explanations stand in the source, beside the code they explain.
    private void ReadModule(string directory, ErrorLog errors)
    {
        if (!File.Exists(Path.Combine(directory, ModuleFile + ".json"))
            || Entries.ParseObject(directory, ModuleFile + ".json", errors) is not { } root)
        {
            return;
        }

        foreach (var member in root.Members)
        {
            member.Value.AllowOnly("synopsis", "description", "examples", "related");
            _byCmdlet[member.Name] = ReadTexts(member);
        }
    }

    private CommandWords ReadTexts(Member member) => new()
    {
        Synopsis = Unique(member.Value, "synopsis", member.Name),
        Description = Unique(member.Value, "description", member.Name),
        Related = member.Value.Texts("related"),
        Examples = [.. member.Value.Items("examples").Select(e => new Example(e.RequiredText("title"), e.RequiredText("code")))],
    };

    private CommandWords ReadCommand(Member member)
    {
        var node = member.Value;
        node.AllowOnly("synopsis", "description", "parameters", "examples", "related");
        var words = ReadTexts(member) with { Parameters = ReadParameters(node, member.Name) };
        foreach (var related in node.Items("related").Where(r => !_facts.Commands.ContainsKey(r.Text)))
        {
            related.Report(ErrorCode.Unknown, $"The facts have no command '{related.Text}'.");
        }

        return words;
    }

    private Dictionary<string, string> ReadParameters(Node node, string command)
    {
        var explanations = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in node.Find("parameters")?.Value.Members ?? [])
        {
            if (_facts.FindParameter(command, parameter.Name) is null)
            {
                parameter.Report(ErrorCode.Unknown, $"'{command}' has no parameter '{parameter.Name}'.");
            }

            explanations[parameter.Name] = Sentence(node.Find("parameters")!.Value, parameter.Name);
        }

        return explanations;
    }

    private string Unique(Node node, string name, string command)
    {
        var sentence = Sentence(node, name);
        if (sentence.Length > 0 && !_sentences.TryAdd(sentence, command))
        {
            node.Find(name)!.Value.Report(ErrorCode.Words, $"This {name} stands at '{_sentences[sentence]}' too.");
        }

        return sentence;
    }

    private static string Sentence(Node node, string name)
    {
        var text = node.Text(name)?.Trim() ?? "";
        if (text.Length == 0)
        {
            (node.Find(name)?.Value ?? node).Report(ErrorCode.Words, $"'{name}' is empty.");
        }

        return text;
    }

    private static void RefuseStrayFiles(string directory, Categories categories, ErrorLog errors)
    {
        var known = categories.All.Select(c => c.Name).Append("glossary").Append(ModuleFile).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.Exists(directory) ? Directory.GetFiles(directory, "*.json") : [])
        {
            if (!known.Contains(Path.GetFileNameWithoutExtension(path)))
            {
                errors.Add(new CatalogError(path, 1, 1, ErrorCode.Unknown, "The file's name is neither a category nor 'glossary' nor 'module'."));
            }
        }
    }
}
