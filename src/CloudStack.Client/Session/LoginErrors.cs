using Cloud.Core.Errors;

namespace CloudStack.Client.Session;

/// <summary>What a refused login means for the person (protocol note, sections 3.1 to 3.4).</summary>
internal static class LoginErrors
{
    /// <summary>Explains a refusal; any other failure stays as it is.</summary>
    public static CloudException Explain(CloudException error, SessionCredentials credentials) => error switch
    {
        { Cause: ErrorCause.Unauthorized } => With(
            error,
            ErrorCause.Unauthorized,
            $"The server doesn't let {credentials} in: {error.ServerText ?? "the name, password or domain is wrong"}",
            "Check the name, password and domain. The password isn't tried again by itself, because a server locks users over wrong ones."),
        { ErrorCode: 531 } => With(
            error,
            ErrorCause.Forbidden,
            $"{credentials} can't log in with a password: {error.ServerText}",
            "Users of SAML or OAuth sign in through a browser; connect with API keys instead."),
        _ => error,
    };

    /// <summary>The server's refusal of a code.</summary>
    public static CloudException WrongCode(CloudException error, SessionCredentials credentials) => With(
        error,
        ErrorCause.SecondFactorRequired,
        $"The server refuses the code of the second factor for {credentials}: {error.ServerText}",
        "Give the code that the authenticator app shows now; if it goes on, compare this machine's clock with the server's.");

    /// <summary>An answer that is none.</summary>
    public static CloudException NoKey() => new(
        ErrorCause.BadAnswer, "The server's answer to the login has no session key.", "Check that the address is that of a CloudStack API.")
    {
        Command = OwnCommands.Login.Name,
    };

    private static CloudException With(CloudException error, ErrorCause cause, string message, string nextStep) => new(cause, message, nextStep, error)
    {
        Command = error.Command,
        ServerText = error.ServerText,
        HttpStatus = error.HttpStatus,
        ErrorCode = error.ErrorCode,
        DetailCode = error.DetailCode,
    };
}
