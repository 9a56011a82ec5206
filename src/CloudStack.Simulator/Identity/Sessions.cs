using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Identity;

/// <summary>Live sessions by the value of their cookie. Idle ones end after half an hour.</summary>
internal sealed class Sessions(TimeProvider clock, IdSource ids)
{
    public static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(30);
    public const string CookieName = "JSESSIONID";
    public const string KeyName = "sessionkey";

    private readonly Dictionary<string, Session> _byCookie = new(StringComparer.Ordinal);
    private readonly object _lock = new();

    public Session Open(Entity user)
    {
        var session = new Session(ids.NextText(32), ids.NextText(27), user) { LastUsed = clock.GetUtcNow() };
        lock (_lock)
        {
            _byCookie[session.Cookie] = session;
        }

        return session;
    }

    /// <summary>The live session that a request's cookie names, or null.</summary>
    public Session? Find(SimulatedRequest request)
    {
        lock (_lock)
        {
            if (Cookies.Find(request, CookieName) is not { } cookie || !_byCookie.TryGetValue(cookie, out var session))
            {
                return null;
            }

            var now = clock.GetUtcNow();
            if (now - session.LastUsed > IdleLimit)
            {
                _byCookie.Remove(cookie);
                return null;
            }

            session.LastUsed = now;
            return session;
        }
    }

    public void Close(Session session)
    {
        lock (_lock)
        {
            _byCookie.Remove(session.Cookie);
        }
    }

    public void CloseAll()
    {
        lock (_lock)
        {
            _byCookie.Clear();
        }
    }

    /// <summary>Who calls within a session; a wrong or missing session key ends it (protocol note, section 3.2).</summary>
    /// <exception cref="ApiError">The key isn't in both places, or the user may no longer work.</exception>
    public Caller Verify(Session session, SimulatedRequest request, RequestParameters parameters)
    {
        if (Cookies.Find(request, KeyName) != session.Key || parameters.Exact(KeyName) != session.Key
            || !SignatureCheck.IsEnabled(session.User))
        {
            Close(session);
            throw ApiError.BadSession();
        }

        return new Caller(session.User);
    }
}

/// <summary>One login.</summary>
internal sealed class Session(string cookie, string key, Entity user)
{
    public string Cookie { get; } = cookie;

    public string Key { get; } = key;

    public Entity User { get; } = user;

    public DateTimeOffset LastUsed { get; set; }

    /// <summary>True once nothing more than the session's key is asked for.</summary>
    public bool IsProven { get; set; }
}

/// <summary>Reads the cookies of a request.</summary>
internal static class Cookies
{
    public static string? Find(SimulatedRequest request, string name)
    {
        foreach (var pair in (request.Header("Cookie") ?? "").Split(';', StringSplitOptions.TrimEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && pair.AsSpan(0, equals).SequenceEqual(name))
            {
                return pair[(equals + 1)..];
            }
        }

        return null;
    }
}
