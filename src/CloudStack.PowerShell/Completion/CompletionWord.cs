using System.Management.Automation;
using System.Management.Automation.Language;
using CloudStack.PowerShell.Commands.Helpers;

namespace CloudStack.PowerShell.Completion;

/// <summary>Matches and quotes completions.</summary>
internal static class CompletionWord
{
    private const int LongestShown = 120;

    /// <summary>Gives the candidates that go on from what was typed, quoted where PowerShell needs it.</summary>
    /// <param name="typed">What was typed, perhaps with an opening quote.</param>
    /// <param name="candidates">The texts, what the list shows for each, and what to tell about it.</param>
    public static IEnumerable<CompletionResult> Match(string? typed, IEnumerable<(string Text, string Shown, string ToolTip)> candidates)
    {
        var fits = Fitting(typed);
        return candidates
            .Where(candidate => fits(candidate.Text))
            .Select(candidate => Result(candidate.Text, candidate.Shown, candidate.ToolTip));
    }

    /// <summary>
    /// Tells which texts go on from what was typed; with * or ? in it, as PowerShell completes file names. One with control characters
    /// never does: it can't be shown or typed.
    /// </summary>
    public static Func<string, bool> Fitting(string? typed)
    {
        var begun = Unquoted(typed ?? "");
        var pattern = begun.AsSpan().ContainsAny('*', '?')
            ? new WildcardPattern(Pattern(begun), WildcardOptions.IgnoreCase)
            : null;
        return text => text.Length > 0 && !text.Any(char.IsControl)
            && (text.StartsWith(begun, StringComparison.OrdinalIgnoreCase) || pattern?.IsMatch(text) == true);
    }

    /// <summary>Makes a completion.</summary>
    public static CompletionResult Result(string text, string shown, string toolTip) =>
        new(Quote(text), Line(shown, text), CompletionResultType.ParameterValue, Line(toolTip, Line(shown, text)));

    /// <summary>Quotes a text that isn't a plain word, so that no text from a server can be run.</summary>
    internal static string Quote(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && !text.StartsWith('-')
            ? text
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    // An opening quote goes, and of the doubled ones that stand for one between it and the end one each.
    private static string Unquoted(string typed)
    {
        var quote = typed.Length > 0 && (typed[0] is '\'' or '"') ? typed[..1] : null;
        return quote is null ? typed : typed[1..].TrimEnd(quote[0]).Replace(quote + quote, quote, StringComparison.Ordinal);
    }

    // Brackets stand for themselves: nobody completes by a set of letters.
    private static string Pattern(string begun) =>
        WildcardPattern.Escape(begun).Replace("`*", "*", StringComparison.Ordinal).Replace("`?", "?", StringComparison.Ordinal) + "*";

    // The engine takes no empty text here.
    private static string Line(string text, string otherwise) => ShownText.Of(text, LongestShown) is { Length: > 0 } line ? line : otherwise;
}
