using System.Globalization;
using Cloud.Core.Errors;
using CloudStack.Client.Http;

namespace CloudStack.Client.Answers;

/// <summary>Puts the API's errors into plain words (protocol note, sections 5.1 to 5.4).</summary>
internal static class ServerErrors
{
    /// <summary>Explains an error in an envelope.</summary>
    public static Attempt Explain(ServerError error, RawAnswer raw, ApiCall call, IReadOnlyList<string> secrets)
    {
        var text = error.Text is { } said ? SafeText.Of(said, secrets) : null;
        var cause = CauseOf(error);
        var retryAfter = error.Code == 429 ? ReadPause(text) ?? raw.RetryAfter : raw.RetryAfter;
        var exception = new CloudException(
            cause,
            $"{call.Spec.Name} failed: {Summary(cause, error)}{(text is null ? "." : $": {text}")}",
            error.Code == 503
                ? "Wait until the management server has left maintenance, then try again; nothing was done."
                : NextStep(cause, call.Spec.Name))
        {
            Command = call.Spec.Name,
            ServerText = text,
            HttpStatus = raw.Status,
            ErrorCode = error.Code,
            DetailCode = error.DetailCode,
            RetryAfter = retryAfter,
        };
        return Attempt.Failure(Delivery.Answered, exception, isTransient: error.Code is 429 or 503);
    }

    /// <summary>The cause behind the API's codes; the finer code decides where the coarse one is a catch-all.</summary>
    public static ErrorCause CauseOf(ServerError error) => error.Code switch
    {
        // With a finer code it is a checker's refusal of the command; the refusal of key and signature has none.
        401 => error.DetailCode is null ? ErrorCause.Unauthorized : ErrorCause.Forbidden,
        429 => ErrorCause.Throttled,
        431 when IsMissingEntity(error.Text) => ErrorCause.NotFound,
        400 or 405 or 430 or 431 => ErrorCause.Refused,
        432 => error.Text?.StartsWith("Unknown API command", StringComparison.OrdinalIgnoreCase) == true
            ? ErrorCause.UnknownCommand
            : ErrorCause.Forbidden,
        503 => ErrorCause.Unavailable,
        511 => ErrorCause.SecondFactorRequired,
        531 when error.Text?.StartsWith("Failed to authenticate", StringComparison.OrdinalIgnoreCase) == true => ErrorCause.Unauthorized,
        531 => ErrorCause.Forbidden,
        532 or 533 or 535 => ErrorCause.OutOfResources,
        534 => ErrorCause.Unavailable,
        536 or 537 => ErrorCause.Conflict,
        _ => CauseOfDetail(error.DetailCode) ?? (error.Code >= 500 ? ErrorCause.ServerFault : ErrorCause.Refused),
    };

    private static ErrorCause? CauseOfDetail(int? code) => code switch
    {
        4280 or 4320 or 4325 or 4330 or 4331 or 4335 or 4340 or 4370 => ErrorCause.OutOfResources,
        4285 or 4380 or 4385 => ErrorCause.Unavailable,
        4290 => ErrorCause.Unauthorized,
        4295 => ErrorCause.SecondFactorRequired,
        4300 or 4305 or 4360 or 4375 or 4550 => ErrorCause.Conflict,
        4350 => ErrorCause.Refused,
        4365 => ErrorCause.Forbidden,
        4545 => ErrorCause.Throttled,
        4555 => ErrorCause.UnknownCommand,
        4560 => ErrorCause.TimedOut,
        _ => null,
    };

    private static bool IsMissingEntity(string? text) =>
        text is not null && (text.Contains("entity does not exist", StringComparison.OrdinalIgnoreCase)
            || text.Contains("unable to find", StringComparison.OrdinalIgnoreCase));

    private static string Summary(ErrorCause cause, ServerError error) => cause switch
    {
        ErrorCause.Unauthorized => "the server doesn't accept the credentials or the signature",
        ErrorCause.Throttled => "too many requests in a short time",
        ErrorCause.NotFound => "the server finds no such object",
        ErrorCause.UnknownCommand => "the server has no such command",
        ErrorCause.Forbidden => "the caller may not do this",
        ErrorCause.Unavailable when error.Code == 503 => "the server takes no new work now",
        ErrorCause.Unavailable => "a host, agent or router it needs can't be reached",
        ErrorCause.SecondFactorRequired => "a second factor is needed",
        ErrorCause.OutOfResources => "a limit, quota or capacity is used up",
        ErrorCause.Conflict => "something is in use, in the wrong state or being changed elsewhere",
        ErrorCause.TimedOut => "the operation took too long on the server",
        ErrorCause.Refused => "the server refuses the arguments",
        _ => string.Create(CultureInfo.InvariantCulture, $"the server failed inside (code {error.Code})"),
    };

    private static string NextStep(ErrorCause cause, string command) => cause switch
    {
        ErrorCause.Unauthorized => "Check the API key and secret key, that the user is enabled and may use keys, and this machine's clock.",
        ErrorCause.Throttled => "Wait as long as the server asks and try again; nothing was done.",
        ErrorCause.NotFound => "List the objects to find the right name or identifier; it may also belong to another account or project.",
        ErrorCause.UnknownCommand => $"Check whether the server's version has {command}; listApis tells what it offers.",
        ErrorCause.Forbidden => $"Ask an administrator for a role that allows {command}, or use an account that owns the object.",
        ErrorCause.Unavailable => "Check hosts, agents and routers, and try again when they are up.",
        ErrorCause.SecondFactorRequired => "Log in with the code of the second factor, or connect with API keys.",
        ErrorCause.OutOfResources => "Free resources, raise the limit, or choose another zone, offering or host.",
        ErrorCause.Conflict => "Look at the object's state and retry when nothing else is working on it.",
        ErrorCause.TimedOut => "Look at the object's state before trying again.",
        ErrorCause.Refused => "Correct the arguments the server names; nothing was done.",
        _ => "Look at the object's state before trying again; the management server's log has the reason.",
    };

    // "... please retry after [N] ms."
    private static TimeSpan? ReadPause(string? text)
    {
        var open = text?.IndexOf('[', StringComparison.Ordinal) ?? -1;
        var close = open < 0 ? -1 : text!.IndexOf("] ms", open, StringComparison.Ordinal);
        return close > open && int.TryParse(text.AsSpan(open + 1, close - open - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var pause)
            ? TimeSpan.FromMilliseconds(pause)
            : null;
    }
}
