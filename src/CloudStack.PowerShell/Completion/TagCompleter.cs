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
        var tags = CloudStackCatalog.Load().FindCommand("listTags")!;
        return Completed.FromEach(fakeBoundParameters, names => names.Find(tags).Values.GetValueOrDefault("key", []))
            .SelectMany(keys => keys)
            .Distinct(StringComparer.Ordinal)
            .Where(CompletionWord.Fitting((wordToComplete ?? "").TrimStart('@')))
            .Select(key => new CompletionResult($"@{{ {CompletionWord.Quote(key)} = '' }}", key, CompletionResultType.ParameterValue, key));
    }
}
