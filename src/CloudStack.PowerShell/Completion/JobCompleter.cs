using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace CloudStack.PowerShell.Completion;

/// <summary>Completes the ids of the jobs that are under way.</summary>
public sealed class JobCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionWord.Match(
            wordToComplete,
            Completed.FromEach(fakeBoundParameters, names => names.Jobs())
                .SelectMany(jobs => jobs)
                .Select(job => (job.Text, $"{job.Context} ({job.Text})", job.Context)));
}
