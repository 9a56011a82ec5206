using Cloud.Core.Catalog;

namespace CloudStack.Mcp.Server.Search;

/// <summary>Ranks commands against a few words by BM25 over their names and descriptions, names counting most.</summary>
internal sealed class CommandIndex
{
    // The usual constants of BM25: how soon repetition stops counting, and how much length counts.
    private const double Saturation = 1.2;
    private const double LengthWeight = 0.6;

    // A hostile query must stay cheap.
    private const int MostTerms = 32;

    private const double NameWeight = 3;
    private const double CmdletWeight = 1.5;
    private const double SynopsisWeight = 0.8;
    private const double DescriptionWeight = 0.2;

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, int> _frequency = new(StringComparer.Ordinal);
    private readonly CloudVocabulary _vocabulary;
    private readonly double _meanLength;

    /// <summary>Reads the words of some commands.</summary>
    /// <param name="commands">The commands.</param>
    /// <param name="vocabulary">The cloud's own words.</param>
    public CommandIndex(IEnumerable<CommandSpec> commands, CloudVocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        foreach (var command in commands)
        {
            var entry = new Entry(command, WordsOf);
            _entries.Add(entry);
            foreach (var word in entry.Weights.Keys)
            {
                _frequency[word] = _frequency.GetValueOrDefault(word) + 1;
            }
        }

        _meanLength = _entries.Count == 0 ? 1 : _entries.Average(e => e.Length);
    }

    /// <summary>Finds the best commands for a query.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="category">The only category wanted, or null.</param>
    /// <param name="limit">How many at most.</param>
    /// <returns>The commands, best first; only those in which something of the query is found.</returns>
    public IReadOnlyList<CommandSpec> Find(string query, string? category, int limit)
    {
        var terms = WordsOf(query).Distinct(StringComparer.Ordinal).Take(MostTerms).Select(Expand).ToList();
        var exact = query.Replace("_", "", StringComparison.Ordinal).Trim();
        var ranked =
            from entry in _entries
            where category is null || string.Equals(entry.Command.Category, category, StringComparison.OrdinalIgnoreCase)
            let score = Names(entry.Command, exact) ? double.MaxValue : Score(entry, terms)
            where score > 0
            orderby score descending, entry.Command.Name.Length, entry.Command.Name
            select entry.Command;
        return [.. ranked.Take(limit)];
    }

    private static bool Names(CommandSpec command, string query) =>
        string.Equals(command.Name, query, StringComparison.OrdinalIgnoreCase)
        || string.Equals(command.Cmdlet, query, StringComparison.OrdinalIgnoreCase);

    private IEnumerable<string> WordsOf(string text) =>
        Words.Of(text).SelectMany(word => _vocabulary.Abbreviations.TryGetValue(word, out var whole) ? whole : [word]);

    // A word and what else it may be called; the best of them counts.
    private string[][] Expand(string word) =>
        _vocabulary.Synonyms.TryGetValue(word, out var others) ? [[word], .. others.Select(o => o.Split(' '))] : [[word]];

    private double Score(Entry entry, List<string[][]> terms)
    {
        var total = 0.0;
        var found = 0;
        foreach (var alternatives in terms)
        {
            var best = alternatives.Max(words => words.All(entry.Weights.ContainsKey) ? words.Average(w => Weight(entry, w)) : 0);
            total += best;
            found += best > 0 ? 1 : 0;
        }

        // A command that has every word comes before one that has a rare word twice; one whose name says nothing else
        // comes before one whose name says more.
        var said = entry.NameWords.Count(word => terms.Any(alternatives => alternatives.Any(words => words.Contains(word))));
        return found == 0 ? 0 : total * found / terms.Count * (1 + ((double)said / Math.Max(1, entry.NameWords.Count)));
    }

    private double Weight(Entry entry, string word)
    {
        var documents = _frequency[word];
        var rarity = Math.Log(1 + ((_entries.Count - documents + 0.5) / (documents + 0.5)));
        var times = entry.Weights[word];
        var length = 1 - LengthWeight + (LengthWeight * entry.Length / _meanLength);
        return rarity * times * (Saturation + 1) / (times + (Saturation * length));
    }

    private sealed class Entry
    {
        private readonly Func<string, IEnumerable<string>> _words;

        public Entry(CommandSpec command, Func<string, IEnumerable<string>> words)
        {
            _words = words;
            Command = command;
            NameWords = words(command.Name).ToHashSet(StringComparer.Ordinal);
            Add(command.Name, NameWeight);
            Add(command.Cmdlet ?? "", CmdletWeight);
            Add(command.Category, 1);
            Add(command.Synopsis, SynopsisWeight);
            Add(command.Description, DescriptionWeight);
            Length = Weights.Values.Sum();
        }

        public CommandSpec Command { get; }

        public HashSet<string> NameWords { get; }

        public Dictionary<string, double> Weights { get; } = new(StringComparer.Ordinal);

        public double Length { get; }

        private void Add(string text, double weight)
        {
            foreach (var word in _words(text).Distinct(StringComparer.Ordinal))
            {
                Weights[word] = Weights.GetValueOrDefault(word) + weight;
            }
        }
    }
}
