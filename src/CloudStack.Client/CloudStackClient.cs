using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Answers;
using CloudStack.Client.Connection;
using CloudStack.Client.Http;
using CloudStack.Client.Session;
using CloudStack.Client.Wire;

namespace CloudStack.Client;

/// <summary>
/// Speaks a management server's HTTP API: signs or keeps a session, sends, retries what may be retried, and recovers lost
/// answers. Safe to use from many threads.
/// </summary>
public sealed class CloudStackClient : IDisposable
{
    private readonly HttpMessageInvoker _http;
    private readonly HttpExchange _exchange;
    private readonly RequestComposer _composer;
    private readonly RetryPolicy _retries;
    private readonly LostAnswer _lostAnswer;
    private readonly UnauthorizedDiagnosis _diagnosis;
    private readonly SessionLogin? _login;

    /// <summary>Opens a client; nothing is sent yet.</summary>
    /// <param name="connection">Where and as whom.</param>
    /// <param name="handler">The HTTP handler to send through, which the caller disposes; null for one of the client's own.</param>
    /// <param name="time">The clock, or null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">The connection's page size or answer limit is below 1.</exception>
    /// <exception cref="CloudException">A password would travel in the open.</exception>
    public CloudStackClient(CloudStackConnection connection, HttpMessageHandler? handler = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentOutOfRangeException.ThrowIfLessThan(connection.PageSize, 1, nameof(connection));
        ArgumentOutOfRangeException.ThrowIfLessThan(connection.MaxAnswerBytes, 1, nameof(connection));
        ConnectionSafety.Check(connection);
        time ??= TimeProvider.System;
        Time = time;
        Connection = connection;
        _http = new HttpMessageInvoker(handler ?? ConnectionHandler.Create(connection), disposeHandler: handler is null);
        _exchange = new HttpExchange(_http, connection, time);
        _composer = new RequestComposer(connection, time);
        _retries = new RetryPolicy(connection, time);
        _lostAnswer = new LostAnswer((call, token) => RepeatAsync(call, token), time);
        _diagnosis = new UnauthorizedDiagnosis(connection, (call, token) => ExchangeAsync(call, null, null, token), time);
        _login = connection.Credentials is SessionCredentials user
            ? new SessionLogin(user, (call, session, token) => ExchangeAsync(call, session, null, token))
            : null;
    }

    internal TimeProvider Time { get; }

    /// <summary>Where and as whom the client speaks.</summary>
    public CloudStackConnection Connection { get; }

    /// <summary>Logs in now rather than with the first call; does nothing for API keys.</summary>
    /// <param name="cancellationToken">Stops the login.</param>
    /// <exception cref="CloudException">The login failed.</exception>
    public async Task LogInAsync(CancellationToken cancellationToken)
    {
        if (_login is null)
        {
            return;
        }

        _login.ForgetFailure();
        var attempt = await _retries.RunAsync(
            new ApiCall(OwnCommands.Login, new WireArguments([], [])),
            async token => (await _login.GetAsync(token).ConfigureAwait(false)).Failure ?? new Attempt(Delivery.Answered, null, null, IsTransient: false),
            cancellationToken).ConfigureAwait(false);
        if (attempt.Error is { } error)
        {
            throw error;
        }
    }

    /// <summary>Ends the session on the server; does nothing for API keys or where none is open.</summary>
    /// <param name="cancellationToken">Stops the logout.</param>
    public Task LogOutAsync(CancellationToken cancellationToken) => _login?.LogOutAsync(cancellationToken) ?? Task.CompletedTask;

    /// <summary>Closes the client's connections; a session stays open on the server until it times out or is logged out.</summary>
    public void Dispose()
    {
        _http.Dispose();
        _login?.Dispose();
    }

    /// <summary>Sends a command.</summary>
    /// <exception cref="CloudException">It failed; the cause says whether the server may have acted.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the server may have acted on a change.</exception>
    internal async Task<SendOutcome> SendAsync(BoundCommand command, CancellationToken cancellationToken)
    {
        var call = ApiCall.From(command);
        string? jobId = null;
        var attempt = await _retries.RunAsync(
            call,
            async token =>
            {
                jobId = call.Spec.IsAsync ? Guid.NewGuid().ToString("D") : null;
                return await AttemptAsync(call, jobId, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        if (attempt.Answer is { } answer)
        {
            return new SendOutcome(SecretsOf(call, null), answer);
        }

        var error = attempt.Error!;
        if (attempt.Delivery == Delivery.Lost && !call.IsRepeatable)
        {
            return await RecoverAsync(call, jobId, error, cancellationToken).ConfigureAwait(false);
        }

        throw NeedsDiagnosis(error)
            ? await _diagnosis.ExplainAsync(error, call.Spec, cancellationToken).ConfigureAwait(false)
            : error;
    }

    private string[] SecretsOf(ApiCall call, LoginSession? session) =>
        [.. Connection.Credentials.Secrets, .. call.Arguments.Secrets, .. session?.Secrets ?? []];

    private bool NeedsDiagnosis(CloudException error) =>
        Connection.DiagnoseUnauthorized && _login is null && error is { Cause: ErrorCause.Unauthorized, ErrorCode: 401 };

    private async Task<Attempt> RepeatAsync(ApiCall call, CancellationToken cancellationToken) =>
        await _retries.AskAsync(
            call, token => new ValueTask<Attempt>(AttemptAsync(call, null, token)), cancellationToken).ConfigureAwait(false);

    // One try; with a session that has ended, one more after a new login, since a 401 or 511 means that nothing was done.
    private async Task<Attempt> AttemptAsync(ApiCall call, string? jobId, CancellationToken cancellationToken)
    {
        if (_login is null)
        {
            return await ExchangeAsync(call, null, jobId, cancellationToken).ConfigureAwait(false);
        }

        var (session, failure) = await _login.GetAsync(cancellationToken).ConfigureAwait(false);
        if (session is null)
        {
            return failure!;
        }

        var attempt = await ExchangeAsync(call, session, jobId, cancellationToken).ConfigureAwait(false);
        if (attempt.Error is not ({ Cause: ErrorCause.Unauthorized, ErrorCode: 401 } or { ErrorCode: 511 }))
        {
            return attempt;
        }

        _login.Drop(session);
        (session, failure) = await _login.GetAsync(cancellationToken).ConfigureAwait(false);
        return session is null ? failure! : await ExchangeAsync(call, session, jobId, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Attempt> ExchangeAsync(ApiCall call, LoginSession? session, string? jobId, CancellationToken cancellationToken)
    {
        using var request = _composer.Compose(call, session, jobId);
        using var measure = RequestTelemetry.Start(call.Spec.Name, Connection.Url);
        var secrets = SecretsOf(call, session);
        var mayChange = !call.IsRepeatable && !call.Spec.IsAuthenticator;
        var timeout = mayChange ? Connection.ChangeTimeout : Connection.ReadTimeout;
        try
        {
            ExchangeTrace.Sent(request, call, Connection.Url, secrets);
            var (raw, failure) = await _exchange.SendAsync(request, call, timeout, cancellationToken).ConfigureAwait(false);
            var attempt = measure.End(
                failure ?? AnswerReader.Read(Connection.AnswersAreEncoded ? EncodedAnswer.Decode(raw!) : raw!, call, secrets));
            ExchangeTrace.Received(raw, attempt, measure.Elapsed);
            return attempt;
        }
        catch (OperationCanceledException e) when (mayChange)
        {
            throw Stopped(call, jobId, e, cancellationToken);
        }
    }

    private async Task<SendOutcome> RecoverAsync(ApiCall call, string? jobId, CloudException lost, CancellationToken cancellationToken)
    {
        if (jobId is null)
        {
            throw LostAnswer.Unknown(call.Spec, lost, null);
        }

        try
        {
            var entityId = await _lostAnswer.FindJobAsync(call.Spec, jobId, lost, cancellationToken).ConfigureAwait(false);
            return new SendOutcome(SecretsOf(call, null), null, jobId, entityId);
        }
        catch (OperationCanceledException e)
        {
            throw Stopped(call, jobId, e, cancellationToken);
        }
    }

    private static OperationCanceledException Stopped(
        ApiCall call, string? jobId, OperationCanceledException e, CancellationToken cancellationToken) => new(
        $"Stopped waiting for {call.Spec.Name}; the server may still carry it out" + (jobId is null ? "." : $" as job {jobId}."),
        e,
        cancellationToken);
}
