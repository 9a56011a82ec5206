using Catalog.Compiler.Diagnostics;
using Catalog.Compiler.Json;
using Cloud.Core.Search;

namespace Catalog.Compiler.Loading;

/// <summary>The file <c>search.json</c>: how people speak of what the commands do. A catalog can do without.</summary>
internal sealed class SearchWords
{
    private const double Common = 1.15;
    private const double Rare = 0.75;

    private readonly Dictionary<string, string> _alsoCalled = new(StringComparer.Ordinal);
    private readonly HashSet<string> _common = new(StringComparer.Ordinal);
    private readonly HashSet<string> _rare = new(StringComparer.Ordinal);

    /// <summary>Noise and sayings.</summary>
    public SearchLanguage Language { get; private set; } = new([], new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>Reads the file.</summary>
    public static SearchWords Load(string folder, ApiFacts facts, Categories categories, ErrorLog errors)
    {
        var words = new SearchWords();
        if (!File.Exists(Path.Combine(folder, "search.json")) || Entries.ParseObject(folder, "search.json", errors) is not { } root)
        {
            return words;
        }

        root.AllowOnly("noise", "sayings", "words", "common", "rare");
        var sayings = root.RequiredObject("sayings")?.Members ?? [];
        words.Language = new SearchLanguage(
            root.Texts("noise"),
            sayings.ToDictionary(
                saying => saying.Name,
                saying => (IReadOnlyList<string>)[.. saying.Value.Items.Select(meaning => meaning.Text)],
                StringComparer.Ordinal));
        foreach (var command in root.RequiredObject("words")?.Members ?? [])
        {
            if (!facts.Commands.ContainsKey(command.Name))
            {
                command.Report(ErrorCode.Unknown, $"The facts have no command '{command.Name}'.");
            }

            words._alsoCalled[command.Name] = command.Value.Text;
        }

        Collect(root, "common", facts.Commands.ContainsKey, words._common);
        Collect(root, "rare", name => categories.All.Any(c => c.Name == name), words._rare);
        return words;
    }

    /// <summary>What people call what a command does; may be empty.</summary>
    public string AlsoCalled(string command) => _alsoCalled.GetValueOrDefault(command, "");

    /// <summary>How likely a command is meant at all.</summary>
    public double Weight(string command, string category) =>
        _common.Contains(command) ? Common : _rare.Contains(category) ? Rare : 1;

    private static void Collect(Node root, string name, Func<string, bool> isKnown, HashSet<string> names)
    {
        foreach (var item in root.Items(name))
        {
            if (!isKnown(item.Text))
            {
                item.Report(ErrorCode.Unknown, $"The catalog has no '{item.Text}'.");
            }

            names.Add(item.Text);
        }
    }
}
