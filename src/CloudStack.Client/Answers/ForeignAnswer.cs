using Cloud.Core.Errors;
using CloudStack.Client.Http;

namespace CloudStack.Client.Answers;

/// <summary>Judges answers that aren't the API's own: a proxy's page, the web container's refusal, a broken or empty body.</summary>
internal static class ForeignAnswer
{
    /// <summary>Judges an answer.</summary>
    /// <param name="raw">The answer.</param>
    /// <param name="command">The command it answers.</param>
    /// <param name="what">What came instead of an envelope, in a few words.</param>
    /// <param name="text">The body, where it's short plain text.</param>
    public static Attempt Judge(RawAnswer raw, string command, string what, string? text)
    {
        var (cause, message, nextStep) = Explain(raw.Status, what);
        return Attempt.Failure(
            IsRefusal(raw.Status) ? Delivery.Answered : Delivery.Lost,
            new CloudException(cause, message, nextStep) 
            {
                Command = command,
                HttpStatus = raw.Status,
                ServerText = text,
                RetryAfter = raw.RetryAfter,
            },
            IsTransient(raw, what));
    }

    // A 4xx from in between says that the request wasn't passed on; anything else leaves it open.
    private static bool IsRefusal(int status) => status is >= 400 and < 500;

    private static bool IsTransient(RawAnswer raw, string what) => raw.Status switch
    {
        429 or 500 or 502 or 503 or 504 => true,
        >= 200 and < 300 => what is "nothing" || what.StartsWith("JSON that is broken", StringComparison.Ordinal),
        _ => false,
    };

    private static (ErrorCause Cause, string Message, string NextStep) Explain(int status, string what) => status switch
    {
        400 or 413 or 414 or 431 => (
            ErrorCause.Refused,
            $"The web server in front of the API refused the request (HTTP {status}): most likely it's too large.",
            "Send less at once, for example shorter user data or fewer list items."),
        401 or 403 or 407 => (
            ErrorCause.Forbidden,
            $"Something in front of the API refused the request (HTTP {status}, {what}).",
            "Check the proxies and firewalls between here and the management server."),
        404 => (
            ErrorCause.BadAnswer,
            $"There is no CloudStack API at this address (HTTP 404, {what}).",
            "Check the address; it usually ends in /client/api."),
        405 => (
            ErrorCause.Refused,
            "The server doesn't take this command this way (HTTP 405).",
            "Check the address and the proxies in between."),
        429 => (
            ErrorCause.Throttled,
            "Something in front of the API limits the rate of requests (HTTP 429).",
            "Wait a moment and try again."),
        >= 500 => (
            status is 502 or 503 or 504 ? ErrorCause.Unavailable : ErrorCause.ServerFault,
            $"The server or a proxy in front of it failed (HTTP {status}, {what}).",
            "Check that the management server runs, then try again."),
        _ when what == "nothing" => (
            ErrorCause.BadAnswer,
            $"The server sent an empty answer (HTTP {status}), as it does when it fails inside without saying so.",
            "Check the arguments; the management server's log has the reason."),
        _ => (
            ErrorCause.BadAnswer,
            $"The server answered with {what} (HTTP {status}).",
            what.StartsWith("JSON that is broken", StringComparison.Ordinal)
                ? "Try again; if it goes on, the answer is cut off on the way or holds text that the server can't write."
                : "Check that the address is that of a CloudStack API; it usually ends in /client/api."),
    };
}
