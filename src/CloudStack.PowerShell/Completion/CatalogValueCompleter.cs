using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CloudStack.PowerShell.Completion;

/// <summary>Completes the values that the catalog knows for a parameter. The server has the last word, so others may be typed.</summary>
public sealed class CatalogValueCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionWord.Match(
            wordToComplete, (Completed.Parameter(commandName, parameterName)?.Values ?? []).Select(value => (value, value, "")));
}
