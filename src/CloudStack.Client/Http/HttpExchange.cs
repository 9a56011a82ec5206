using System.Collections.Concurrent;
using System.Security.Authentication;
using Cloud.Core.Errors;

namespace CloudStack.Client.Http;

/// <summary>Sends one HTTP request and reads its answer, or says what became of the request.</summary>
internal sealed class HttpExchange(HttpMessageInvoker http, CloudStackConnection connection, TimeProvider time)
{
    // How long each command's last answer was; pages of one list are much alike.
    private readonly ConcurrentDictionary<string, int> _lengths = new(StringComparer.Ordinal);

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="call">The call in it.</param>
    /// <param name="timeout">How long it may take until the whole answer is there.</param>
    /// <param name="cancellationToken">Gives up; the server may still act.</param>
    /// <returns>The answer, or a failed attempt.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<(RawAnswer? Answer, Attempt? Failure)> SendAsync(
        HttpRequestMessage request, ApiCall call, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var command = call.Spec.Name;
        using var timer = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            using var response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            var expected = _lengths.GetValueOrDefault(command);
            var body = await AnswerBody
                .ReadAsync(response.Content, connection.MaxAnswerBytes, expected + (expected / 8), call.IsLent, either.Token).ConfigureAwait(false);
            if (body is not { } bytes)
            {
                return (null, TooLarge(command, (int)response.StatusCode));
            }

            _lengths[command] = bytes.Count;
            return (Read(response, bytes) with { Rented = call.IsLent ? bytes.Array : null }, null);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler reports an elapsed connect timeout as a cancellation with a TimeoutException inside.
            return (null, e.InnerException is TimeoutException && !timer.IsCancellationRequested
                ? NotReached(command, "no connection came about in time", e)
                : TimedOut(command, timeout, e));
        }
        catch (HttpRequestException e)
        {
            return (null, Classify(command, e));
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return (null, Broken(command, e));
        }
    }

    private static RawAnswer Read(HttpResponseMessage response, ReadOnlyMemory<byte> body) => new((int)response.StatusCode, body)
    {
        RetryAfter = response.Headers.RetryAfter is { } after
            ? after.Delta ?? (after.Date is { } date && response.Headers.Date is { } now ? date - now : null)
            : null,
        Date = response.Headers.Date,
        Location = response.Headers.Location,
        SetCookies = response.Headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [],
    };

    private Attempt Classify(string command, HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => NotReached(command, "its name is unknown to the resolver", e),
        HttpRequestError.ConnectionError => NotReached(command, "the connection was refused or found no way", e),
        HttpRequestError.ProxyTunnelError => NotReached(command, "the proxy refused the connection", e),
        HttpRequestError.SecureConnectionError => NotSecure(command, e),
        _ => Broken(command, e),
    };

    private Attempt NotSecure(string command, HttpRequestException e) => Attempt.Failure(
        Delivery.NotSent,
        // The runtime tells a refused certificate from any other failure of the handshake by its message alone.
        e.InnerException is AuthenticationException refusal && refusal.Message.Contains("certificate", StringComparison.OrdinalIgnoreCase)
            ? new CloudException(
                ErrorCause.Untrusted,
                $"The certificate of {Host} isn't trusted; nothing was sent.",
                "Check the address, or add the authority that issued the certificate to the connection.",
                e) { Command = command }
            : new CloudException(
                ErrorCause.Unreachable,
                $"{Host} can't be spoken to over TLS; nothing was sent.",
                "Check the port and whether the address should start with http:// or https://.",
                e) { Command = command },
        isTransient: false);

    private Attempt NotReached(string command, string why, Exception e) => Attempt.Failure(
        Delivery.NotSent,
        new CloudException(
            ErrorCause.Unreachable,
            $"{Host} can't be reached: {why}; nothing was sent.",
            "Check the address and port, and that the management server runs.",
            e) { Command = command },
        isTransient: true);

    private Attempt Broken(string command, Exception e) => Attempt.Failure(
        Delivery.Lost,
        new CloudException(
            ErrorCause.BadAnswer,
            $"The connection to {Host} broke before the whole answer had come.",
            "Try again; if it goes on, look at the proxies on the way and at the management server's log.",
            e) { Command = command },
        isTransient: true);

    private Attempt TimedOut(string command, TimeSpan timeout, Exception e) => Attempt.Failure(
        Delivery.Lost,
        new CloudException(
            ErrorCause.TimedOut,
            $"{Host} didn't answer within {timeout.TotalSeconds:0} s.",
            "Try again later, or give the connection a longer timeout.",
            e) { Command = command },
        isTransient: true);

    private Attempt TooLarge(string command, int status) => Attempt.Failure(
        Delivery.Lost,
        new CloudException(
            ErrorCause.BadAnswer,
            $"The answer of {Host} is larger than the {connection.MaxAnswerBytes} bytes that are allowed.",
            "Narrow the list, use smaller pages, or raise the connection's limit.")
        {
            Command = command,
            HttpStatus = status,
        },
        isTransient: false);

    private string Host => connection.Url.Authority;
}
