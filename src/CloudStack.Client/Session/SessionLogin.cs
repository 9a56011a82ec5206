using Cloud.Core.Errors;
using Cloud.Core.Objects;
using CloudStack.Client.Http;
using CloudStack.Client.Wire;

namespace CloudStack.Client.Session;

/// <summary>
/// Logs in, gives the second factor where the server asks for one, and keeps the session until it's refused. Many who need
/// a session at once share one login, and its failure.
/// </summary>
/// <param name="credentials">Who logs in.</param>
/// <param name="send">Sends a call with a session, or without one for the login itself.</param>
internal sealed class SessionLogin(
    SessionCredentials credentials, Func<ApiCall, LoginSession?, CancellationToken, Task<Attempt>> send) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly SecondFactorStep _secondFactor = new(credentials, send);
    private LoginSession? _current;
    private Attempt? _failure;
    private long _tries;
    private bool _wasOpen;

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Gives the live session, logging in where there is none.</summary>
    /// <returns>The session; or why there is none, as an attempt of the call that needs it, which wasn't sent.</returns>
    public async Task<(LoginSession? Session, Attempt? Failure)> GetAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _current) is { } live)
        {
            return (live, null);
        }

        var tries = Volatile.Read(ref _tries);
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_current is { } other)
            {
                return (other, null);
            }

            // A password that was refused is refused again, and a server locks users over it.
            if (_failure is { } failure && (tries != _tries || failure.Error!.Cause == ErrorCause.Unauthorized))
            {
                return (null, failure);
            }

            return await TryAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Lets a refused password be tried once more, because somebody asks for it.</summary>
    public void ForgetFailure() => _failure = null;

    /// <summary>Forgets a session that the server refused.</summary>
    public void Drop(LoginSession session) => Interlocked.CompareExchange(ref _current, null, session);

    /// <summary>Ends the session on the server; does nothing where there is none.</summary>
    public async Task LogOutAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _current, null) is { } session)
        {
            // A session that the server no longer knows is as good as ended.
            await send(new ApiCall(OwnCommands.Logout, new WireArguments([], [])), session, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(LoginSession? Session, Attempt? Failure)> TryAsync(CancellationToken cancellationToken)
    {
        var (session, failed) = await LogInAsync(cancellationToken).ConfigureAwait(false);
        _failure = failed is null ? null : Attempt.Failure(Delivery.NotSent, failed.Error!, failed.IsTransient);
        Volatile.Write(ref _tries, _tries + 1);
        Volatile.Write(ref _current, session);
        _wasOpen |= session is not null;
        return (session, _failure);
    }

    private async Task<(LoginSession? Session, Attempt? Failure)> LogInAsync(CancellationToken cancellationToken)
    {
        List<WireParameter> arguments = [new("username", credentials.UserName), new("password", credentials.Password)];
        if (!string.IsNullOrEmpty(credentials.Domain))
        {
            arguments.Add(new(Guid.TryParse(credentials.Domain, out _) ? "domainid" : "domain", credentials.Domain));
        }

        var attempt = await send(
            new ApiCall(OwnCommands.Login, new WireArguments(arguments, [credentials.Password])), null, cancellationToken).ConfigureAwait(false);
        if (attempt.Answer is not { } answer)
        {
            return (null, attempt with { Error = LoginErrors.Explain(attempt.Error!, credentials) });
        }

        var login = new CloudObject(answer.Envelope);
        if (login.GetText("sessionkey") is not { Length: > 0 } key)
        {
            return (null, Attempt.Failure(Delivery.Answered, LoginErrors.NoKey(), isTransient: false));
        }

        var session = new LoginSession(key, LoginSession.CookieHeader(answer.Raw.SetCookies));
        var isProven = login.GetBoolean("is2faenabled") != true || login.GetBoolean("is2faverified") == true;
        var failure = isProven
            ? null
            : await _secondFactor.RunAsync(session, login.GetText("providerfor2fa"), _wasOpen, cancellationToken).ConfigureAwait(false);
        return failure is null ? (session, null) : (null, failure);
    }
}
