using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cloud.Core.Search;

/// <summary>Writes the index that <see cref="SearchIndex"/> reads: a line about all commands, then a line for each word or saying.</summary>
public static class SearchIndexWriter
{
    /// <summary>What a weight of 1 is in the file, which has whole numbers.</summary>
    internal const int Unit = 100;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the index.</summary>
    /// <param name="documents">The commands.</param>
    /// <param name="language">How people speak of them.</param>
    /// <returns>UTF-8 lines.</returns>
    public static byte[] Write(IReadOnlyList<SearchDocument> documents, SearchLanguage language)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentNullException.ThrowIfNull(language);
        var noise = language.Noise.SelectMany(SearchText.Stems).ToHashSet(StringComparer.Ordinal);
        var sayings = language.Sayings
            .GroupBy(saying => Key(saying.Key), saying => saying.Value.Select(Key), StringComparer.Ordinal)
            .ToDictionary(saying => saying.Key, saying => saying.SelectMany(means => means).Distinct().ToList(), StringComparer.Ordinal);
        var weights = documents.Select(document => Weigh(document, noise)).ToList();
        var postings = weights.SelectMany((words, document) => words.Select(word => (word.Key, document, word.Value)))
            .ToLookup(posting => posting.Key, StringComparer.Ordinal);

        var lines = new ArrayBufferWriter<byte>();
        WriteLine(lines, writer => WriteHead(writer, documents, weights, sayings.Keys));
        foreach (var word in noise.Concat(sayings.Keys).Concat(postings.Select(p => p.Key)).Distinct().Order(StringComparer.Ordinal))
        {
            WriteLine(lines, writer =>
            {
                writer.WriteString("word", word);
                if (noise.Contains(word))
                {
                    writer.WriteBoolean("noise", true);
                }

                WriteAll(writer, "means", sayings.GetValueOrDefault(word, []), writer.WriteStringValue);
                WriteAll(writer, "in", postings[word].SelectMany(p => (int[])[p.document, p.Value]), writer.WriteNumberValue);
            });
        }

        return lines.WrittenSpan.ToArray();
    }

    private static string Key(string text) => string.Join(' ', SearchText.Stems(text));

    private static Dictionary<string, int> Weigh(SearchDocument document, HashSet<string> noise)
    {
        var weights = new Dictionary<string, int>(StringComparer.Ordinal);
        var command = document.Command;
        var cmdlet = (command.Cmdlet ?? "-").Split('-', 2);
        Add(command.Name, 300);
        Add(document.AlsoCalled, 250);
        Add(cmdlet[1], 100);
        Add(command.Synopsis, 100);
        Add(cmdlet[0], 70);
        Add(command.Category, 70);
        Add(command.Description, 35);
        Add(string.Join(' ', command.Parameters.Select(p => p.Label)), 15);
        return weights;

        // A word counts once a field: sentences repeat words for their sound, not for their weight.
        void Add(string text, int weight)
        {
            foreach (var word in SearchText.Stems(text).Where(word => !noise.Contains(word)).Distinct())
            {
                weights[word] = weights.GetValueOrDefault(word) + weight;
            }
        }
    }

    private static void WriteHead(
        Utf8JsonWriter writer, IReadOnlyList<SearchDocument> documents, IReadOnlyList<Dictionary<string, int>> weights, IEnumerable<string> sayings)
    {
        WriteAll(writer, "commands", documents.Select(d => d.Command.Name), writer.WriteStringValue);
        WriteAll(writer, "cmdlets", documents.Select(d => d.Command.Cmdlet ?? ""), writer.WriteStringValue);
        WriteAll(writer, "lengths", weights.Select(words => words.Values.Sum()), writer.WriteNumberValue);
        WriteAll(writer, "weights", documents.Select(d => (int)Math.Round(d.Weight * Unit)), writer.WriteNumberValue);
        writer.WriteNumber("longest", sayings.Select(saying => saying.Count(c => c == ' ') + 1).DefaultIfEmpty(1).Max());
    }

    private static void WriteAll<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        var all = items.ToList();
        if (all.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        all.ForEach(write);
        writer.WriteEndArray();
    }

    private static void WriteLine(ArrayBufferWriter<byte> lines, Action<Utf8JsonWriter> write)
    {
        using (var writer = new Utf8JsonWriter(lines, Options))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        lines.Write("\n"u8);
    }
}
