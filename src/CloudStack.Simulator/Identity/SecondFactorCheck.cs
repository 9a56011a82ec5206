using System.Text;
using CloudStack.Simulator.Answers;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator.Identity;

/// <summary>
/// The second factor of sessions (protocol note, section 3.3): until a right code has come, a session opens nothing but what
/// is needed to get there. Requests with a key never meet it.
/// </summary>
internal sealed class SecondFactorCheck(CloudState state)
{
    public const string Command = "validateUserTwoFactorAuthenticationCode";
    private const int NeedsCode = 511;
    private const int CodeIsWrong = 4295;

    private static readonly HashSet<string> Open = new(StringComparer.Ordinal)
    {
        "listIdps", "listApis", "listUserTwoFactorAuthenticatorProviders", "setupUserTwoFactorAuthentication",
    };

    /// <exception cref="ApiError">The session hasn't given its code yet; it's ended.</exception>
    public void Demand(Session session, string? command)
    {
        if (session.IsProven || (command is not null && Open.Contains(command)) || !SecondFactor.IsNeeded(state, session.User))
        {
            return;
        }

        state.Sessions.Close(session);
        throw new ApiError(
            NeedsCode,
            "Unable to process the API request due to :Two factor authentication " + (SecondFactor.Of(session.User) is null
                ? "is mandated by the administrator: set it up with setupUserTwoFactorAuthentication and prove it with "
                : "is on and not proven yet: give the code with ") + Command + " first. The session was ended.",
            null);
    }

    /// <summary>Takes the code of a session; a wrong one ends the session, except while the factor is being set up.</summary>
    /// <exception cref="ApiError">The code is missing or wrong.</exception>
    public Answer Take(Session session, RequestParameters parameters)
    {
        var code = parameters.AnyCase("codefor2fa") is { Length: > 0 } given ? given : throw ApiError.Missing(Command, "codefor2fa");
        var factor = SecondFactor.Of(session.User);
        if (factor?.Accepts(code, state.Clock.GetUtcNow()) == true)
        {
            SecondFactor.Prove(session.User);
            session.IsProven = true;
            return Answer.Done;
        }

        if (factor?.IsProven != false)
        {
            state.Sessions.Close(session);
        }

        // The server puts a whole answer into the text of another.
        var error = new ApiError(NeedsCode, "The code of the second factor is wrong.", CodeIsWrong);
        var spec = state.Catalog.FindCommand(Command);
        throw new ApiError(NeedsCode, Encoding.UTF8.GetString(Envelope.WriteError(spec, error).Span), CodeIsWrong);
    }
}
