using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using CloudStack.Client;

namespace CloudStack.PowerShell.Completion;

/// <summary>Completes tags as a hashtable with one key of those that are used in the cloud already, its value left to be typed.</summary>
public sealed class TagCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (Completed.Connection(fakeBoundParameters) is not { } connection
            || !connection.Names.Find(CloudStackCatalog.Load().FindCommand("listTags")!).Values.TryGetValue("key", out var keys))
        {
            return [];
        }

        var begun = (wordToComplete ?? "").TrimStart('@', '{', ' ');
        return keys
            .Where(key => CompletionWord.Fits(begun, key))
            .Select(key => new CompletionResult(
                $"@{{ {CompletionWord.Quote(key)} = '' }}", key, CompletionResultType.ParameterValue, key));
    }
}
