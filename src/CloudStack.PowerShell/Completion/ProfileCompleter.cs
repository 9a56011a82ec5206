using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using Cloud.Core.Errors;
using CloudStack.PowerShell.Commands;

namespace CloudStack.PowerShell.Completion;

/// <summary>Completes the names of this user's profiles.</summary>
public sealed class ProfileCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            return CompletionWord.Match(wordToComplete, ProfileCommand.Profiles.Names.Select(name => (name, name, "")));
        }
        catch (CloudException)
        {
            // A key press isn't the moment to complain about a file.
            return [];
        }
    }
}
