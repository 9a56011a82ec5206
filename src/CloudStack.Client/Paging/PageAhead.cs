namespace CloudStack.Client.Paging;

/// <summary>Reads pages ahead, in their order; whoever stops taking pages stops that reading too.</summary>
/// <param name="read">Reads a page; the size tells what the server takes.</param>
/// <param name="cancellationToken">Stops all reading.</param>
internal sealed class PageAhead(
    Func<PageWindow, CancellationToken, Task<(ReceivedPage Page, int Size)>> read, CancellationToken cancellationToken) : IDisposable
{
    // One page comes over the wire while the other is parsed; more would only load the server.
    private const int MostAhead = 2;

    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly Queue<(PageWindow Window, Task<(ReceivedPage Page, int Size)> Page)> _coming = [];

    /// <summary>Begins to read a page, and the one after it where there surely is one.</summary>
    /// <param name="window">The page.</param>
    /// <param name="end">The row after the last that's known to be wanted and there; 0 where that isn't known.</param>
    public void Start(PageWindow window, long end)
    {
        for (PageWindow at = window, before = window; _coming.Count < MostAhead && (at == window || before.End < end); before = at, at = at.Next)
        {
            if (_coming.All(page => page.Window != at))
            {
                _coming.Enqueue((at, read(at, _stop.Token)));
            }
        }
    }

    /// <summary>Gives the page that was begun, or reads it now.</summary>
    public Task<(ReceivedPage Page, int Size)> TakeAsync(PageWindow window)
    {
        if (_coming.TryPeek(out var next) && next.Window == window)
        {
            return _coming.Dequeue().Page;
        }

        Forget();
        return read(window, _stop.Token);
    }

    /// <summary>Stops the reading.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        Forget();
        _stop.Dispose();
    }

    // Nobody waits for these any more, so their failures are nobody's.
    private void Forget()
    {
        foreach (var (_, page) in _coming)
        {
            page.ContinueWith(
                static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        _coming.Clear();
    }
}
