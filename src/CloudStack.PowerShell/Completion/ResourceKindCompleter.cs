using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CloudStack.Client;

namespace CloudStack.PowerShell.Completion;

/// <summary>Completes the words for classes of objects, such as <c>UserVm</c>, as the command takes them.</summary>
public sealed class ResourceKindCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completed.Command(commandName) is { } command && command.FindParameter(parameterName) is { } parameter
            ? CompletionWord.Match(wordToComplete, ResourceKinds.WordsFor(command, parameter.Name).Select(word => (word, word, "")))
            : [];
}
