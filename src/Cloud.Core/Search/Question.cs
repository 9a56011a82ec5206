namespace Cloud.Core.Search;

/// <summary>One way to take a part of a question.</summary>
/// <param name="Words">The words that must all occur.</param>
/// <param name="Weight">How likely it's meant that way; 1 for the word itself.</param>
internal sealed record Reading(IReadOnlyList<string> Words, double Weight);

/// <summary>A question as the index understands it: parts, each with the ways to take it.</summary>
internal static class Question
{
    // A hostile question must stay cheap.
    private const int MostParts = 32;

    // What a saying means is less certain than a word of the commands themselves, and each further meaning less than the one before.
    private const double FirstMeaning = 0.9;
    private const double PerFurtherMeaning = 0.1;
    private const double LeastMeaning = 0.3;
    private const double Guessed = 0.8;

    /// <summary>Splits a question.</summary>
    /// <param name="text">The question.</param>
    /// <param name="table">The words of the index.</param>
    /// <param name="longestSaying">How many words the longest saying has.</param>
    public static IReadOnlyList<IReadOnlyList<Reading>> Read(string text, WordTable table, int longestSaying)
    {
        var stems = SearchText.QuestionStems(text).ToList();
        var parts = new Dictionary<string, IReadOnlyList<Reading>>(StringComparer.Ordinal);
        for (var at = 0; at < stems.Count && parts.Count < MostParts;)
        {
            var (taken, key) = Longest(stems, at, table, longestSaying);
            at += taken;
            if (!parts.ContainsKey(key) && Readings(key, table) is { Count: > 0 } readings)
            {
                parts.Add(key, readings);
            }
        }

        return [.. parts.Values];
    }

    private static (int Taken, string Key) Longest(List<string> stems, int at, WordTable table, int longestSaying)
    {
        for (var length = Math.Min(longestSaying, stems.Count - at); length > 1; length--)
        {
            var phrase = string.Join(' ', stems.GetRange(at, length));
            if (table.Find(phrase) is not null)
            {
                return (length, phrase);
            }
        }

        return (1, stems[at]);
    }

    private static List<Reading> Readings(string key, WordTable table)
    {
        if (table.Find(key) is { } entry)
        {
            return Readings(key, entry, 1);
        }

        return table.Guess(key) is { } guess ? Readings(guess, table.Find(guess)!, Guessed) : [];
    }

    private static List<Reading> Readings(string key, WordEntry entry, double certainty)
    {
        var readings = new List<Reading>();
        if (!entry.IsNoise && entry.Frequency > 0)
        {
            readings.Add(new Reading([key], certainty));
        }

        readings.AddRange(entry.Meanings.Select((words, index) =>
            new Reading(words, certainty * Math.Max(LeastMeaning, FirstMeaning - (PerFurtherMeaning * index)))));
        return readings;
    }
}
