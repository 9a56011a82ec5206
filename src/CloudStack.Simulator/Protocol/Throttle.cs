using CloudStack.Simulator.Identity;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Protocol;

/// <summary>Counts the calls of accounts in windows of real time (protocol note, section 5.4).</summary>
internal sealed class Throttle(ApiLimit? limit, TimeProvider clock)
{
    private readonly Dictionary<Entity, Window> _windows = [];

    /// <summary>The limit, or null where calls aren't limited.</summary>
    public ApiLimit? Limit => limit;

    /// <summary>Counts a call.</summary>
    /// <exception cref="ApiError">The account has made all the calls it may for now.</exception>
    public void Count(Caller caller)
    {
        if (limit is null || caller.IsRoot)
        {
            return;
        }

        lock (_windows)
        {
            var window = Current(caller.Account, limit);
            if (++window.Calls > limit.Calls)
            {
                throw ApiError.Throttled(window.Ends - clock.GetUtcNow());
            }
        }
    }

    /// <summary>How many calls an account has made in the present window, and when that ends.</summary>
    public (int Calls, TimeSpan Left) Stand(Entity account)
    {
        lock (_windows)
        {
            return limit is null ? (0, TimeSpan.Zero)
                : Current(account, limit) is var window ? (window.Calls, window.Ends - clock.GetUtcNow()) : default;
        }
    }

    /// <summary>Forgets the calls of one account, or of all.</summary>
    public void Reset(Entity? account)
    {
        lock (_windows)
        {
            if (account is null)
            {
                _windows.Clear();
            }
            else
            {
                _windows.Remove(account);
            }
        }
    }

    private Window Current(Entity account, ApiLimit allowed)
    {
        var now = clock.GetUtcNow();
        if (!_windows.TryGetValue(account, out var window) || window.Ends <= now)
        {
            _windows[account] = window = new Window { Ends = now + allowed.Interval };
        }

        return window;
    }

    private sealed class Window
    {
        public int Calls { get; set; }

        public DateTimeOffset Ends { get; init; }
    }
}
