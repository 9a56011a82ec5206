using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CloudStack.PowerShell.Completion;

/// <summary>
/// Completes true and false where a parameter takes those, and otherwise nothing: without a completer PowerShell offers the
/// names of files, which none of these parameters takes.
/// </summary>
public sealed class PlainValueCompleter : IArgumentCompleter
{
    private static readonly string[] Answers = ["$true", "$false"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completed.Parameter(commandName, parameterName)?.Type == Cloud.Core.Catalog.ParameterType.Boolean
            ? Answers
                .Where(answer => answer.StartsWith(wordToComplete ?? "", StringComparison.OrdinalIgnoreCase))
                .Select(answer => new CompletionResult(answer, answer, CompletionResultType.ParameterValue, answer))
            : [];
}
