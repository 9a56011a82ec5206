using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CloudStack.Client;

namespace CloudStack.PowerShell.Completion;

/// <summary>Completes the names of API commands.</summary>
public sealed class ApiCommandCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionWord.Match(wordToComplete, CloudStackCatalog.Load().CommandNames.Select(name => (name, name, "")));
}
