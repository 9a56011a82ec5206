using CloudStack.Client.Answers;

namespace CloudStack.Client.Paging;

/// <summary>
/// Gives the memory of lent pages back. One goes back when its receiver has released it and the page after it was compared
/// with it; one that was never released is left to the collector.
/// </summary>
internal sealed class PageMemory : IDisposable
{
    private Loan? _last;

    /// <summary>Lends a page, with which the one before is no longer needed here.</summary>
    /// <param name="answer">The page's answer, or null where it isn't lent.</param>
    /// <returns>What its receiver calls when done with it, or null.</returns>
    public Action? Lend(Answer? answer)
    {
        Dispose();
        _last = answer is null ? null : new Loan(answer);
        return _last is null ? null : _last.Release;
    }

    /// <summary>Gives the last page back, if it was released.</summary>
    public void Dispose()
    {
        _last?.End();
        _last = null;
    }

    private sealed class Loan(Answer answer)
    {
        private bool _isReleased;

        public void Release() => _isReleased = true;

        public void End()
        {
            if (_isReleased)
            {
                answer.Release();
            }
        }
    }
}
