using System.Buffers;
using System.Text.RegularExpressions;

namespace Cloud.Core.Search;

/// <summary>Splits names, sentences and questions into the stems they are compared by.</summary>
/// <remarks>The stems are crude (<c>rebooted</c>, <c>reboots</c> and <c>rebooting</c> give <c>reboot</c>) and are never shown.</remarks>
internal static partial class SearchText
{
    private const int ShortestStemmed = 4;

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    /// <summary>Splits a text at everything that is no letter or digit, and at the inner capitals of names.</summary>
    public static IEnumerable<string> Stems(string text) => Words(text).Select(Stem);

    /// <summary>Splits a question as <see cref="Stems"/> does, without the names of objects in it, such as <c>web-01</c> or an address.</summary>
    public static IEnumerable<string> QuestionStems(string question) => Stems(ObjectName().Replace(question, " "));

    private static IEnumerable<string> Words(string text) => Run().Matches(Possessive().Replace(text, "").Replace("'", "", StringComparison.Ordinal))
        .SelectMany(run => InnerCapital().IsMatch(run.Value) ? NameWord().Matches(run.Value).Select(word => word.Value) : [run.Value])
        .Select(word => word.ToLowerInvariant());

    private static string Stem(string word)
    {
        if (word.Length < ShortestStemmed)
        {
            return word;
        }

        var stem = WithoutEnding(WithoutPlural(word));
        if (stem.Length > ShortestStemmed && stem[^1] == 'e')
        {
            stem = stem[..^1];
        }

        return stem.Length >= ShortestStemmed && stem[^1] == 'y' ? stem[..^1] + "i" : stem;
    }

    private static string WithoutPlural(string word)
    {
        if (word.Length > ShortestStemmed && Ends(word, "ies"))
        {
            return word[..^3] + "y";
        }

        if (Ends(word, "sses") || Ends(word, "xes") || Ends(word, "ches") || Ends(word, "shes"))
        {
            return word[..^2];
        }

        var isSingular = Ends(word, "ss") || Ends(word, "is") || (Ends(word, "us") && word.Length > ShortestStemmed);
        return Ends(word, "s") && !isSingular ? word[..^1] : word;
    }

    private static string WithoutEnding(string word)
    {
        foreach (var ending in (string[])["ing", "ed"])
        {
            var length = word.Length - ending.Length;
            if (length >= 3 && Ends(word, ending) && word.AsSpan(0, length).ContainsAny(Vowels))
            {
                // stopped → stop, but install(ed) and pass(ed) keep both.
                var isDoubled = length > 3 && word[length - 1] == word[length - 2] && word[length - 1] is not ('l' or 's' or 'z');
                return word[..(isDoubled ? length - 1 : length)];
            }
        }

        return word;
    }

    private static bool Ends(string word, string ending) => word.EndsWith(ending, StringComparison.Ordinal);

    [GeneratedRegex("['’]s\\b", RegexOptions.CultureInvariant)]
    private static partial Regex Possessive();

    [GeneratedRegex("[A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Run();

    [GeneratedRegex("[a-z][A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex InnerCapital();

    // A run of capitals is one word, its plural s included; the last capital of a run starts the word that follows.
    [GeneratedRegex("[A-Z]{2,}s(?![a-z])|[A-Z]+[0-9]*(?![a-z0-9])|[A-Z]?[a-z0-9]+|[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex NameWord();

    [GeneratedRegex(@"\w+([-.]\w+)*[-.][0-9]+\b", RegexOptions.CultureInvariant)]
    private static partial Regex ObjectName();
}
