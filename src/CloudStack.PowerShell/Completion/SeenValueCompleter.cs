using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CloudStack.PowerShell.Completion;

/// <summary>Completes what a list is narrowed by with the values that its rows have now: names, states, tag keys, accounts.</summary>
public sealed class SeenValueCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (Completed.Command(commandName) is not { IsList: true } list || list.FindParameter(parameterName) is not { } parameter)
        {
            return [];
        }

        // A list's name may be a pattern, so a name that looks like one is written to mean itself.
        Func<string, string> written = parameter.Name == "name" ? WildcardPattern.Escape : value => value;
        return Completed.FromEach(fakeBoundParameters, names => names.Find(list).Values.GetValueOrDefault(parameter.Name, []))
            .SelectMany(values => values)
            .Distinct(StringComparer.Ordinal)
            .Where(CompletionWord.Fitting(wordToComplete))
            .Select(value => CompletionWord.Result(written(value), value, ""));
    }
}
