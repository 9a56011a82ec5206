using Cloud.Core.Errors;

namespace CloudStack.Client.Diagnosis;

/// <summary>Runs checks and keeps what they found.</summary>
/// <param name="show">Hears of each finding as it comes.</param>
public sealed class Examination(Action<string, Finding> show)
{
    private readonly List<(string Check, Finding Finding)> _findings = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<(string Check, Finding Finding)> Findings => _findings;

    /// <summary>The worst that was found.</summary>
    public Verdict Worst =>
        Count(Verdict.Fail) > 0 ? Verdict.Fail : Count(Verdict.Warn) > 0 ? Verdict.Warn : Verdict.Ok;

    /// <summary>How many checks came out in a way.</summary>
    /// <param name="verdict">The way.</param>
    public int Count(Verdict verdict) => _findings.Count(f => f.Finding.Verdict == verdict);

    /// <summary>Runs checks that don't depend on one another.</summary>
    /// <param name="checks">The checks.</param>
    /// <param name="cancellationToken">Stops the checks.</param>
    public async Task RunEachAsync(IEnumerable<ICheck> checks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checks);
        foreach (var check in checks)
        {
            await RunAsync(check, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Runs checks of which each needs those before it; the first that fails ends them.</summary>
    /// <param name="checks">The checks.</param>
    /// <param name="cancellationToken">Stops the checks.</param>
    public async Task RunChainAsync(IEnumerable<ICheck> checks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(checks);
        string? broken = null;
        foreach (var check in checks)
        {
            if (broken is not null)
            {
                Add(check.Name, Finding.Skipped($"not checked, since '{broken}' failed"));
            }
            else if (await RunAsync(check, cancellationToken).ConfigureAwait(false) == Verdict.Fail)
            {
                broken = check.Name;
            }
        }
    }

    private async Task<Verdict> RunAsync(ICheck check, CancellationToken cancellationToken)
    {
        Finding finding;
        try
        {
            finding = await check.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CloudException error)
        {
            finding = Finding.Fail(error.Message, error.NextStep);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The other checks are still worth their while.
            finding = Finding.Fail($"the check itself failed ({error.GetType().Name}): {error.Message}", "Look at what it looks at: it's of a form that wasn't foreseen.");
        }

        Add(check.Name, finding);
        return finding.Verdict;
    }

    private void Add(string check, Finding finding)
    {
        _findings.Add((check, finding));
        show(check, finding);
    }
}
