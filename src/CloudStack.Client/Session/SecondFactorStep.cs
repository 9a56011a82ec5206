using Cloud.Core.Errors;
using CloudStack.Client.Http;
using CloudStack.Client.Wire;

namespace CloudStack.Client.Session;

/// <summary>Gives the code of the second factor, without which a session opens nothing (protocol note, section 3.3).</summary>
/// <param name="credentials">Who logs in.</param>
/// <param name="send">Sends a call within the session.</param>
internal sealed class SecondFactorStep(
    SessionCredentials credentials, Func<ApiCall, LoginSession?, CancellationToken, Task<Attempt>> send)
{
    /// <summary>Asks for the code and sends it.</summary>
    /// <param name="session">The session it's for.</param>
    /// <param name="provider">Who checks the code; empty where the user has none set up.</param>
    /// <param name="isRenewal">True where an earlier session has ended.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>Null where the session is good now; else what went wrong.</returns>
    public async Task<Attempt?> RunAsync(LoginSession session, string? provider, bool isRenewal, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(provider))
        {
            return Missing(
                $"{credentials} has to set up a second factor before anything else.",
                "Set it up in the web interface, or connect with API keys.");
        }

        var question = new SecondFactorQuestion(credentials.UserName, provider, isRenewal);
        var code = credentials.AskSecondFactor is { } ask ? await ask(question, cancellationToken).ConfigureAwait(false) : null;
        if (string.IsNullOrWhiteSpace(code))
        {
            return isRenewal
                ? Missing(
                    $"The session of {credentials} has ended, and a new one needs a second factor ({provider}), which nobody gave.",
                    "Connect again and give the code, or connect with API keys.")
                : Missing(
                    $"{credentials} needs a second factor ({provider}) to log in.",
                    "Give the code when connecting, or connect with API keys.");
        }

        var attempt = await send(
            new ApiCall(OwnCommands.ValidateSecondFactor, new WireArguments([new("codefor2fa", code.Trim())], [code.Trim()])),
            session,
            cancellationToken).ConfigureAwait(false);
        return attempt switch
        {
            { Answer: not null } => null,
            { Error: { Cause: ErrorCause.SecondFactorRequired } error } => attempt with { Error = LoginErrors.WrongCode(error, credentials) },
            _ => attempt,
        };
    }

    private static Attempt Missing(string message, string nextStep) => Attempt.Failure(
        Delivery.NotSent, new CloudException(ErrorCause.SecondFactorRequired, message, nextStep) { Command = OwnCommands.Login.Name }, isTransient: false);
}
