using System.Management.Automation;
using System.Management.Automation.Language;

namespace CloudStack.PowerShell.Completion;

/// <summary>Matches and quotes completions.</summary>
internal static class CompletionWord
{
    /// <summary>Gives the candidates that begin with what was typed, quoted where PowerShell needs it.</summary>
    /// <param name="typed">What was typed, perhaps with an opening quote.</param>
    /// <param name="candidates">The texts and what to show about each.</param>
    public static IEnumerable<CompletionResult> Match(string? typed, IEnumerable<(string Text, string ToolTip)> candidates)
    {
        var begun = (typed ?? "").Trim('\'', '"');
        return candidates
            .Where(candidate => candidate.Text.StartsWith(begun, StringComparison.OrdinalIgnoreCase) && candidate.Text.Length > 0)
            .Select(candidate => new CompletionResult(
                Quote(candidate.Text),
                candidate.Text,
                CompletionResultType.ParameterValue,
                candidate.ToolTip.Length > 0 ? candidate.ToolTip : candidate.Text));
    }

    /// <summary>Quotes a text that isn't a plain word, so that no text from a server can be run.</summary>
    internal static string Quote(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
        && !text.StartsWith('-')
            ? text
            : $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
