namespace CloudStack.Mcp.Http;

/// <summary>The sessions of the older revisions: capped, and ended when idle for long.</summary>
internal sealed class SessionTable : IAsyncDisposable
{
    private static readonly TimeSpan PruningPeriod = TimeSpan.FromMinutes(1);

    private readonly Lock _turn = new();
    private readonly Dictionary<string, HttpSession> _sessions = new(StringComparer.Ordinal);
    private readonly HttpSettings _settings;
    private readonly ITimer _pruning;

    /// <summary>Begins with none.</summary>
    /// <param name="settings">How many there may be, and how long idle.</param>
    public SessionTable(HttpSettings settings)
    {
        _settings = settings;
        _pruning = settings.Time.CreateTimer(_ => _ = PruneAsync(), null, PruningPeriod, PruningPeriod);
    }

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_turn)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>Adds a session, in use by the request that began it; the one that was idle longest makes room.</summary>
    /// <param name="session">The session.</param>
    /// <returns>False where the table is full and every session has calls under way.</returns>
    public async Task<bool> TryAddAsync(HttpSession session)
    {
        HttpSession? oldest = null;
        lock (_turn)
        {
            if (_sessions.Count >= _settings.MostSessions)
            {
                // One that listens has a client; but a listener that does nothing must not keep others out.
                oldest = _sessions.Values.Where(s => s.Calls == 0).OrderBy(s => s.Streams > 0).ThenBy(s => s.LastUsed).FirstOrDefault();
                if (oldest is null)
                {
                    return false;
                }

                _sessions.Remove(oldest.Id);
            }

            session.Calls = 1;
            _sessions.Add(session.Id, session);
        }

        if (oldest is not null)
        {
            await oldest.DisposeAsync();
        }

        return true;
    }

    /// <summary>Takes a session into use; <see cref="Leave"/> gives it back.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="owner">Who asks: a session answers only who began it.</param>
    /// <param name="stream">True to listen, false to call.</param>
    /// <returns>The session, or null where there is none for this caller.</returns>
    public HttpSession? Enter(string id, string? owner, bool stream)
    {
        lock (_turn)
        {
            if (!_sessions.TryGetValue(id, out var session) || session.Owner != owner)
            {
                return null;
            }

            Use(session, stream, 1);
            return session;
        }
    }

    /// <summary>Gives a session back.</summary>
    /// <param name="session">A session in use.</param>
    /// <param name="stream">What it was used for.</param>
    public void Leave(HttpSession session, bool stream)
    {
        lock (_turn)
        {
            Use(session, stream, -1);
            session.LastUsed = _settings.Time.GetUtcNow();
        }
    }

    /// <summary>Ends a session.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="owner">Who asks.</param>
    /// <returns>False where there is none for this caller.</returns>
    public async Task<bool> EndAsync(string id, string? owner)
    {
        HttpSession? session;
        lock (_turn)
        {
            if (!_sessions.TryGetValue(id, out session) || session.Owner != owner)
            {
                return false;
            }

            _sessions.Remove(id);
        }

        await session.DisposeAsync();
        return true;
    }

    /// <summary>Ends the sessions that have been idle too long.</summary>
    public Task PruneAsync()
    {
        var limit = _settings.Time.GetUtcNow() - _settings.LongestIdle;
        return EndAllAsync(session => session is { Calls: 0, Streams: 0 } && session.LastUsed < limit);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _pruning.DisposeAsync();
        await EndAllAsync(_ => true);
    }

    private static void Use(HttpSession session, bool stream, int more)
    {
        if (stream)
        {
            session.Streams += more;
        }
        else
        {
            session.Calls += more;
        }
    }

    private async Task EndAllAsync(Func<HttpSession, bool> which)
    {
        List<HttpSession> ended;
        lock (_turn)
        {
            ended = [.. _sessions.Values.Where(which)];
            ended.ForEach(session => _sessions.Remove(session.Id));
        }

        await Task.WhenAll(ended.Select(session => session.DisposeAsync().AsTask()));
    }
}
