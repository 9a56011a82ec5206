namespace CloudStack.Client.Paging;

/// <summary>Reads one page ahead; whoever stops taking pages stops that reading too.</summary>
/// <param name="read">Reads a page; the size tells what the server takes.</param>
/// <param name="cancellationToken">Stops all reading.</param>
internal sealed class PageAhead(
    Func<PageWindow, CancellationToken, Task<(ReceivedPage Page, int Size)>> read, CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private Task<(ReceivedPage Page, int Size)>? _coming;

    /// <summary>Begins to read a page.</summary>
    public void Start(PageWindow window) => _coming = read(window, _stop.Token);

    /// <summary>Gives the page that was begun, or reads it now.</summary>
    public Task<(ReceivedPage Page, int Size)> TakeAsync(PageWindow window)
    {
        var page = _coming ?? read(window, _stop.Token);
        _coming = null;
        return page;
    }

    /// <summary>Stops the reading.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        // Nobody waits for it any more, so its failure is nobody's.
        _coming?.ContinueWith(
            static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        _stop.Dispose();
    }
}
