using System.Management.Automation;
using System.Management.Automation.Language;

namespace CloudStack.PowerShell.Completion;

/// <summary>Matches and quotes completions.</summary>
internal static class CompletionWord
{
    /// <summary>Gives the candidates that begin with what was typed, quoted where PowerShell needs it.</summary>
    /// <param name="typed">What was typed, perhaps with an opening quote.</param>
    /// <param name="candidates">The texts, what the list shows for each, and what to tell about it.</param>
    public static IEnumerable<CompletionResult> Match(string? typed, IEnumerable<(string Text, string Shown, string ToolTip)> candidates) => candidates
        .Where(candidate => Fits(typed, candidate.Text))
        .Select(candidate => Result(candidate.Text, candidate.Shown, candidate.ToolTip));

    /// <summary>Tells whether a text goes on from what was typed. One with control characters never does: it can't be shown or typed.</summary>
    public static bool Fits(string? typed, string text) =>
        text.Length > 0 && text.StartsWith((typed ?? "").Trim('\'', '"'), StringComparison.OrdinalIgnoreCase) && !text.Any(char.IsControl);

    /// <summary>Makes a completion.</summary>
    public static CompletionResult Result(string text, string shown, string toolTip) =>
        new(Quote(text), shown, CompletionResultType.ParameterValue, toolTip.Length > 0 && !toolTip.Any(char.IsControl) ? toolTip : shown);

    /// <summary>Quotes a text that isn't a plain word, so that no text from a server can be run.</summary>
    internal static string Quote(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && !text.StartsWith('-')
            ? text
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
