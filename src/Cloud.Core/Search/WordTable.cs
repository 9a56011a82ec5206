using System.Collections.Concurrent;
using System.Text.Json;
using Cloud.Core.Binding;
using Cloud.Core.Catalog;

namespace Cloud.Core.Search;

/// <summary>What an index knows of one word or saying.</summary>
/// <param name="IsNoise">True where it says nothing about a command.</param>
/// <param name="Meanings">What it means in other words, the likeliest first, each split into stems.</param>
/// <param name="Postings">Pairs of a command's number and the word's weight in it.</param>
internal sealed record WordEntry(bool IsNoise, IReadOnlyList<string[]> Meanings, int[] Postings)
{
    /// <summary>In how many commands the word occurs.</summary>
    public int Frequency => Postings.Length / 2;
}

/// <summary>The words of an index; a line is parsed when its word is first asked for.</summary>
/// <param name="lines">UTF-8 lines, each starting with its <c>word</c>.</param>
internal sealed class WordTable(ReadOnlyMemory<byte> lines)
{
    private const int ShortestGuessed = 4;
    private const int LongestWithOneEdit = 6;

    private readonly LineTable _lines = new(lines, "word", StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WordEntry> _parsed = new(StringComparer.Ordinal);

    /// <summary>Finds a word or saying by its stems, joined by blanks.</summary>
    public WordEntry? Find(string word)
    {
        if (_parsed.TryGetValue(word, out var known))
        {
            return known;
        }

        return _lines.TryGet(word, out var line) ? _parsed.GetOrAdd(word, Read(line.Span)) : null;
    }

    /// <summary>Finds the word that an unknown one was probably meant to be: misspelt, or cut short.</summary>
    /// <returns>The word, or null where none is near.</returns>
    public string? Guess(string word)
    {
        if (word.Length < ShortestGuessed)
        {
            return null;
        }

        var most = word.Length <= LongestWithOneEdit ? 1 : 2;
        var misspelt = _lines.Keys
            .Where(key => key[0] == word[0] && Math.Abs(key.Length - word.Length) <= most && !key.Contains(' ', StringComparison.Ordinal))
            .Select(key => (Key: key, Distance: Spelling.Distance(key, word)))
            .Where(near => near.Distance <= most)
            .OrderBy(near => near.Distance).ThenByDescending(near => Find(near.Key)!.Frequency)
            .Select(near => near.Key)
            .FirstOrDefault();
        return misspelt ?? _lines.Keys
            .Where(key => key.StartsWith(word, StringComparison.Ordinal) && !key.Contains(' ', StringComparison.Ordinal))
            .MaxBy(key => Find(key)!.Frequency);
    }

    private static WordEntry Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        using var document = JsonDocument.ParseValue(ref reader);
        var entry = document.RootElement;
        return new WordEntry(
            entry.TryGetProperty("noise", out _),
            entry.TryGetProperty("means", out var means) ? [.. means.EnumerateArray().Select(m => m.GetString()!.Split(' '))] : [],
            entry.TryGetProperty("in", out var postings) ? [.. postings.EnumerateArray().Select(p => p.GetInt32())] : []);
    }
}
