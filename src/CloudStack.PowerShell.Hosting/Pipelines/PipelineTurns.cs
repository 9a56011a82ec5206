using System.Globalization;
using Cloud.Core.Errors;

namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>Bounds how many pipelines run at once: each may take much memory, and all of a core. Not to be disposed of: it holds nothing to release.</summary>
/// <param name="most">How many.</param>
#pragma warning disable CA1001 // A SemaphoreSlim whose wait handle is never asked for holds nothing to release.
internal sealed class PipelineTurns(int most = PipelineTurns.Most)
#pragma warning restore CA1001
{
    /// <summary>How many, where nothing else is said.</summary>
    public const int Most = 4;

    private static readonly TimeSpan ComeBack = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _free = new(most);

    /// <summary>Runs a pipeline when its turn comes.</summary>
    /// <param name="patience">How long it may queue.</param>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CloudException"><see cref="ErrorCause.Throttled"/>: its turn hasn't come.</exception>
    public async Task<T> RunAsync<T>(TimeSpan patience, Func<Task<T>> pipeline, CancellationToken cancellationToken)
    {
        if (!await _free.WaitAsync(patience, cancellationToken).ConfigureAwait(false))
        {
            throw new CloudException(
                ErrorCause.Throttled,
                string.Create(CultureInfo.InvariantCulture, $"{most} pipelines run already, which is all that may run at once; nothing was sent."),
                string.Create(CultureInfo.InvariantCulture, $"Call again in {ComeBack.TotalSeconds} s; a list with a filter by cloud_read needs no turn."))
            {
                RetryAfter = ComeBack,
            };
        }

        try
        {
            return await pipeline().ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }
}
