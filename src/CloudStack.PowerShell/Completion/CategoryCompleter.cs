using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CloudStack.Client;

namespace CloudStack.PowerShell.Completion;

/// <summary>Completes the categories of commands.</summary>
public sealed class CategoryCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionWord.Match(
            wordToComplete,
            CloudStackCatalog.Load().Commands
                .Select(command => command.Category).Distinct().Order(StringComparer.Ordinal).Select(name => (name, name, "")));
}
