namespace CloudStack.Mcp.Server.Search;

/// <summary>Splits names and sentences into the words they are compared by: lower case, singular.</summary>
internal static class Words
{
    private static readonly HashSet<string> Noise = new(StringComparer.Ordinal)
    {
        "a", "an", "and", "all", "by", "cs", "do", "for", "from", "get", "how", "i", "in", "into", "is", "it", "its",
        "me", "my", "of", "on", "one", "or", "please", "the", "their", "this", "that", "to", "want", "what", "which", "with",
    };

    /// <summary>Splits a text at blanks, punctuation and the inner capitals of names.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The words in their order, without those that say nothing.</returns>
    public static IEnumerable<string> Of(string text)
    {
        var start = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var ends = i == text.Length || !char.IsLetterOrDigit(text[i]);
            if (ends || (i > start && StartsWord(text, i)))
            {
                if (i > start && Plain(text[start..i]) is { } word)
                {
                    yield return word;
                }

                start = ends ? i + 1 : i;
            }
        }
    }

    private static string? Plain(string raw)
    {
        var word = Singular(raw.ToLowerInvariant());
        return Noise.Contains(word) ? null : word;
    }

    // aB, and the last capital of a run before a small letter (VMSnapshot → VM, Snapshot; the plural VPCs stays whole).
    private static bool StartsWord(string text, int i)
    {
        if (!char.IsUpper(text[i]))
        {
            return false;
        }

        var pluralOfRun = i + 1 < text.Length && text[i + 1] == 's' && (i + 2 == text.Length || !char.IsLower(text[i + 2]));
        return !char.IsUpper(text[i - 1]) || (i + 1 < text.Length && char.IsLower(text[i + 1]) && !pluralOfRun);
    }

    private static string Singular(string word) => word switch
    {
        { Length: > 4 } when word.EndsWith("ies", StringComparison.Ordinal) => word[..^3] + "y",
        { Length: > 4 } when word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("xes", StringComparison.Ordinal) => word[..^2],
        { Length: > 3 } when word.EndsWith("ss", StringComparison.Ordinal) => word,
        { Length: > 2 } when word.EndsWith('s') => word[..^1],
        _ => word,
    };
}
