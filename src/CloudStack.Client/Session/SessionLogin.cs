using Cloud.Core.Errors;
using Cloud.Core.Objects;
using CloudStack.Client.Answers;
using CloudStack.Client.Http;
using CloudStack.Client.Wire;

namespace CloudStack.Client.Session;

/// <summary>Logs in, gives the second factor where the server asks for one, and keeps the session until it's refused.</summary>
/// <param name="credentials">Who logs in.</param>
/// <param name="send">Sends a call with a session, or without one for the login itself.</param>
internal sealed class SessionLogin(
    SessionCredentials credentials, Func<ApiCall, LoginSession?, CancellationToken, Task<Attempt>> send) : IDisposable
{
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private LoginSession? _current;

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Gives the live session, logging in where there is none.</summary>
    /// <exception cref="CloudException">The login failed.</exception>
    public async Task<LoginSession> GetAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _current) is { } live)
        {
            return live;
        }

        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_current is { } other)
            {
                return other;
            }

            var session = await LogInAsync(cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref _current, session);
            return session;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

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

    private async Task<LoginSession> LogInAsync(CancellationToken cancellationToken)
    {
        List<WireParameter> arguments = [new("username", credentials.UserName), new("password", credentials.Password)];
        if (!string.IsNullOrEmpty(credentials.Domain))
        {
            arguments.Add(new("domain", credentials.Domain));
        }

        var answer = Require(await send(
            new ApiCall(OwnCommands.Login, new WireArguments(arguments, [credentials.Password])), null, cancellationToken).ConfigureAwait(false));
        var login = new CloudObject(answer.Envelope);
        var key = login.GetText("sessionkey") ?? throw new CloudException(
            ErrorCause.BadAnswer, "The server's answer to the login has no session key.", "Check that the address is that of a CloudStack API.")
        {
            Command = OwnCommands.Login.Name,
        };
        var session = new LoginSession(key, LoginSession.CookieHeader(answer.Raw.SetCookies));
        if (login.GetBoolean("is2faenabled") == true && login.GetBoolean("is2faverified") != true)
        {
            await GiveSecondFactorAsync(session, login.GetText("providerfor2fa"), cancellationToken).ConfigureAwait(false);
        }

        return session;
    }

    private async Task GiveSecondFactorAsync(LoginSession session, string? provider, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(provider))
        {
            throw new CloudException(
                ErrorCause.SecondFactorRequired,
                $"{credentials} has to set up a second factor before anything else.",
                "Set it up in the web interface, or connect with API keys.");
        }

        if (credentials.AskSecondFactor is not { } ask)
        {
            throw new CloudException(
                ErrorCause.SecondFactorRequired,
                $"{credentials} needs a second factor ({provider}) to log in.",
                "Give the code when connecting, or connect with API keys.");
        }

        var code = await ask(cancellationToken).ConfigureAwait(false);
        Require(await send(
            new ApiCall(OwnCommands.ValidateSecondFactor, new WireArguments([new("codefor2fa", code)], [code])),
            session,
            cancellationToken).ConfigureAwait(false));
    }

    private static Answer Require(Attempt attempt) => attempt.Answer ?? throw attempt.Error!;
}
