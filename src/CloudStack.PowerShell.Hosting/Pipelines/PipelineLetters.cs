using System.Globalization;
using System.Text.RegularExpressions;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>
/// Looks at a pipeline's letters before PowerShell's parser does, because some statements load modules while they are parsed,
/// and so that quotes end for a reader where they end for PowerShell.
/// </summary>
internal static partial class PipelineLetters
{
    /// <summary>The longest pipeline, in UTF-16 units.</summary>
    public const int Longest = 4000;

    /// <summary>Notes what no pipeline may hold.</summary>
    /// <param name="text">The pipeline.</param>
    /// <param name="problems">Takes the problems.</param>
    public static void Check(string text, PipelineProblems problems)
    {
        if (text.Length > Longest)
        {
            problems.Add($"it's longer than {Longest} characters");
            return;
        }

        if (text.Contains('`', StringComparison.Ordinal))
        {
            problems.Add("a backtick can hide what comes after it");
        }

        // PowerShell takes these for quotes and hyphens; to everyone else they are letters.
        if (text.IndexOfAny(['\u2018', '\u2019', '\u201A', '\u201B', '\u201C', '\u201D', '\u201E', '\u2013', '\u2014', '\u2015']) >= 0)
        {
            problems.Add("typographic quotes and dashes aren't allowed; write ', \" and -");
        }

        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
        {
            problems.Add("it holds control characters");
        }

        if (text.Any(c => char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
        {
            problems.Add("it holds characters that can't be seen, or that turn the direction of others");
        }

        // From left to right, as PowerShell reads them; what would have it read them otherwise is refused below.
        if (Quoted().Matches(text).Any(quoted => quoted.Value[0] == '"' && quoted.ValueSpan.Contains('$')))
        {
            problems.Add("a text in double quotes must not hold $, which PowerShell would expand; write it in single quotes");
        }

        var bare = Quoted().Replace(text, "''");
        if (bare.Contains('#', StringComparison.Ordinal))
        {
            problems.Add("comments aren't allowed; a text with # needs quotes");
        }

        if (bare.Contains("@'", StringComparison.Ordinal) || bare.Contains("@\"", StringComparison.Ordinal))
        {
            problems.Add("here-strings aren't allowed; write a text in single quotes");
        }

        if (bare.Contains("${", StringComparison.Ordinal) || bare.Contains("--%", StringComparison.Ordinal))
        {
            problems.Add("${ and --% aren't allowed: quotes mean nothing behind them");
        }

        if (bare.Contains('[', StringComparison.Ordinal))
        {
            problems.Add("types, casts and indexes aren't allowed; a text with [ needs quotes");
        }

        if (Loading().Match(bare) is { Success: true } word)
        {
            problems.Add($"the word {word.Groups[1].Value.ToLowerInvariant()} isn't allowed outside quotes: it would load code");
        }
    }

    [GeneratedRegex("'[^']*'|\"[^\"]*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?<![\w$.-])(using|configuration|class|enum|import-dscresource|workflow)(?![\w-])", RegexOptions.IgnoreCase)]
    private static partial Regex Loading();
}
