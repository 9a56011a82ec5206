using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CloudStack.PowerShell.Connections;

namespace CloudStack.PowerShell.Completion;

/// <summary>Completes the names of this session's connections.</summary>
public sealed class ConnectionCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionWord.Match(
            wordToComplete,
            Session.Connections.All.Select(connection => (connection.Name, connection.Name, connection.Url.ToString())));
}
