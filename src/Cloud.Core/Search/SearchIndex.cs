using System.Reflection;
using System.Text.Json;

namespace Cloud.Core.Search;

/// <summary>
/// Ranks commands against a question by BM25 over weighted words, with sayings, misspellings and what is asked for most taken
/// into account. Opening an index costs a scan for line ends; the words of a question are parsed when they're asked for.
/// </summary>
public sealed class SearchIndex
{
    // The usual constants of BM25: how soon repetition stops counting, and how much length counts.
    private const double Saturation = 1.2;
    private const double LengthWeight = 0.5;

    // A hostile question must stay cheap.
    private const int MostCharacters = 500;

    // Who says every word of a command's name most likely means it.
    private const double WholeName = 1.15;
    private const int LikelyReadings = 2;

    private readonly WordTable _words;
    private readonly string[] _commands;
    private readonly string[] _cmdlets;
    private readonly int[] _lengths;
    private readonly int[] _weights;
    private readonly int _longestSaying;
    private readonly double _meanLength;
    private readonly Lazy<string[][]> _nameWords;

    /// <summary>Opens an index.</summary>
    /// <param name="lines">What <see cref="SearchIndexWriter"/> wrote.</param>
    /// <exception cref="FormatException">A line doesn't start with its word.</exception>
    public SearchIndex(ReadOnlyMemory<byte> lines)
    {
        var end = lines.Span.IndexOf((byte)'\n');
        using var head = JsonDocument.Parse(end < 0 ? lines : lines[..end]);
        _commands = All(head, "commands", name => name.GetString()!);
        _cmdlets = All(head, "cmdlets", name => name.GetString()!);
        _lengths = All(head, "lengths", length => length.GetInt32());
        _weights = All(head, "weights", weight => weight.GetInt32());
        _longestSaying = head.RootElement.GetProperty("longest").GetInt32();
        _meanLength = _lengths.Length == 0 ? 1 : _lengths.Average();
        _nameWords = new(() => [.. _commands.Select(command => SearchText.Stems(command).ToArray())]);
        _words = new WordTable(end < 0 ? default : lines[(end + 1)..]);
    }

    /// <summary>Reads an index from an assembly's embedded <c>search.jsonl</c>.</summary>
    /// <param name="assembly">The assembly that embeds it.</param>
    /// <exception cref="InvalidOperationException">The assembly embeds no index.</exception>
    public static SearchIndex FromResources(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        using var stream = assembly.GetManifestResourceStream("search.jsonl")
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} embeds no search.jsonl; rebuild the project.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new SearchIndex(bytes);
    }

    /// <summary>Finds the commands for a question.</summary>
    /// <param name="question">A few words, a sentence, or a command's or cmdlet's name.</param>
    /// <returns>The commands, best first; only those in which something of the question is found.</returns>
    public IReadOnlyList<SearchMatch> Find(string question)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (question.Length > MostCharacters)
        {
            question = question[..MostCharacters];
        }

        var parts = Question.Read(question, _words, _longestSaying);
        var totals = new double[_commands.Length];
        var found = new int[_commands.Length];
        foreach (var part in parts)
        {
            var best = Score(part);
            for (var i = 0; i < best.Length; i++)
            {
                totals[i] += best[i];
                found[i] += best[i] > 0 ? 1 : 0;
            }
        }

        var said = SearchText.QuestionStems(question)
            .Concat(parts.SelectMany(part => part.Take(LikelyReadings)).SelectMany(reading => reading.Words))
            .ToHashSet(StringComparer.Ordinal);
        var name = question.Trim().Replace("_", "", StringComparison.Ordinal);
        return [.. Enumerable.Range(0, _commands.Length)
            .Select(i => new SearchMatch(_commands[i], IsNamed(i, name) ? double.MaxValue : Total(i)))
            .Where(match => match.Score > 0)
            .OrderByDescending(match => match.Score).ThenBy(match => match.Command.Length).ThenBy(match => match.Command, StringComparer.Ordinal)];

        // A command in which every part is found comes before one in which a rare word weighs much.
        double Total(int i) => found[i] == 0
            ? 0
            : totals[i] * found[i] / parts.Count * _weights[i] / SearchIndexWriter.Unit * (_nameWords.Value[i].All(said.Contains) ? WholeName : 1);
    }

    private bool IsNamed(int i, string name) =>
        string.Equals(_commands[i], name, StringComparison.OrdinalIgnoreCase)
        || (name.Length > 0 && string.Equals(_cmdlets[i], name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Scores every command by the best way to take a part of the question.</summary>
    private double[] Score(IReadOnlyList<Reading> part)
    {
        var best = new double[_commands.Length];
        foreach (var reading in part)
        {
            var sums = new double[_commands.Length];
            var hits = new int[_commands.Length];
            foreach (var word in reading.Words)
            {
                Add(word, sums, hits);
            }

            for (var i = 0; i < best.Length; i++)
            {
                if (hits[i] == reading.Words.Count)
                {
                    best[i] = Math.Max(best[i], reading.Weight * sums[i] / Math.Sqrt(reading.Words.Count));
                }
            }
        }

        return best;
    }

    private void Add(string word, double[] sums, int[] hits)
    {
        if (_words.Find(word) is not { } entry)
        {
            return;
        }

        var rarity = Math.Log(1 + ((_commands.Length - entry.Frequency + 0.5) / (entry.Frequency + 0.5)));
        for (var p = 0; p < entry.Postings.Length; p += 2)
        {
            var i = entry.Postings[p];
            var times = entry.Postings[p + 1] / (double)SearchIndexWriter.Unit;
            var length = 1 - LengthWeight + (LengthWeight * _lengths[i] / _meanLength);
            sums[i] += rarity * times * (Saturation + 1) / (times + (Saturation * length));
            hits[i]++;
        }
    }

    private static T[] All<T>(JsonDocument head, string name, Func<JsonElement, T> read) =>
        head.RootElement.TryGetProperty(name, out var items) ? [.. items.EnumerateArray().Select(read)] : [];
}
