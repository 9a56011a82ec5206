using Cloud.Core.Binding;
using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>What is wrong with a pipeline; all of it is told at once.</summary>
internal sealed class PipelineProblems
{
    private const string Allowed =
        "Write cmdlets of this module with literal arguments, joined by |, and between or after them Where-Object, Select-Object, Sort-Object, "
        + "Group-Object, Measure-Object and ForEach-Object { $_.Field }. Where-Object takes { $_.Field -eq 'text' } with -and, -or, -not and "
        + "parentheses. Example: Get-CsVirtualMachine -State Running | Where-Object { $_.Memory -gt 4096 } | Select-Object Name, Memory.";

    private const int Most = 10;
    private const int LongestQuote = 60;

    private readonly List<string> _problems = [];

    /// <summary>True where there is none.</summary>
    public bool IsEmpty => _problems.Count == 0;

    /// <summary>Notes a problem.</summary>
    /// <param name="problem">One sentence without its end.</param>
    public void Add(string problem)
    {
        if (_problems.Count < Most && !_problems.Contains(problem))
        {
            _problems.Add(problem);
        }
    }

    /// <summary>Quotes a part of the pipeline in a problem.</summary>
    /// <param name="text">The part.</param>
    public static string Quote(string text) => "'" + (text.Length > LongestQuote ? text[..LongestQuote] + "…" : text) + "'";

    /// <summary>Refuses the pipeline where there is a problem.</summary>
    /// <exception cref="CloudException"><see cref="ErrorCause.InvalidArgument"/>, with every problem and the allowed forms.</exception>
    public void Refuse()
    {
        if (!IsEmpty)
        {
            throw new CloudException(
                ErrorCause.InvalidArgument, $"The pipeline is refused: {ProblemText.Sentence(_problems)} Nothing was run.", Allowed)
            {
                Problems = [.. _problems],
            };
        }
    }
}
