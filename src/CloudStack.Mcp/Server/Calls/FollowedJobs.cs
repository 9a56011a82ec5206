using System.Collections.Concurrent;

namespace CloudStack.Mcp.Server.Calls;

/// <summary>
/// The jobs that a server's calls follow. When the server is about to stop, calls that wait for one are answered with its name;
/// and where one was followed on after its call was answered, the audit trail hears that this ends.
/// </summary>
internal sealed class FollowedJobs : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Task, CancellationTokenSource> _kept = new();
    private readonly CancellationTokenSource _leaving = new();

    /// <summary>Begins with none.</summary>
    public FollowedJobs() => Leaving = _leaving.Token;

    /// <summary>Ends when the server is about to stop.</summary>
    public CancellationToken Leaving { get; }

    /// <summary>The server is about to stop.</summary>
    public void Leave() => _leaving.Cancel();

    /// <summary>Keeps an operation whose call has been answered.</summary>
    /// <param name="run">The operation.</param>
    /// <param name="going">Ends it.</param>
    public void Keep(Task run, CancellationTokenSource going)
    {
        _kept[run] = going;
        _ = run.ContinueWith(
            ended =>
            {
                // A failure from here on is in the audit trail and in the job's own state.
                _ = ended.Exception;
                _kept.TryRemove(ended, out _);
            },
            TaskScheduler.Default);
    }

    /// <summary>Ends the following; the jobs go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        var kept = _kept.ToArray();
        await Task.WhenAll(kept.Select(one => one.Value.CancelAsync()));
        await Task.WhenAny(Task.WhenAll(kept.Select(one => one.Key)), Task.Delay(Patience));
        _leaving.Dispose();
    }
}
