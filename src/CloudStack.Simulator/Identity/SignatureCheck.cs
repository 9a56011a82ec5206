using System.Net;
using Cloud.Core.Catalog;
using CloudStack.Simulator.Commands;
using CloudStack.Simulator.Protocol;
using CloudStack.Simulator.Store;

namespace CloudStack.Simulator.Identity;

/// <summary>The checks of a signed request in the server's order (protocol note, section 2.1). All failures look the same.</summary>
internal sealed class SignatureCheck(CloudState state)
{
    private static readonly TimeSpan FarthestExpiry = TimeSpan.FromMinutes(15);

    /// <summary>Finds out who signed a request.</summary>
    /// <param name="command">The command, or null where the server knows none of that exact name.</param>
    /// <param name="parameters">The parameters as sent.</param>
    /// <param name="from">Where the request came from.</param>
    /// <exception cref="ApiError">The request isn't to be trusted (401), or the role lacks the command (432).</exception>
    public Caller Verify(CommandSpec? command, RequestParameters parameters, IPAddress from)
    {
        if (command is null)
        {
            throw ApiError.NotVerified(isNameless: parameters.Exact("command") is not null);
        }

        var signature = parameters.AnyCase("signature");
        var apiKey = parameters.AnyCase("apikey");
        if (signature is null || apiKey is null || !IsInTime(parameters))
        {
            throw ApiError.NotVerified();
        }

        var user = state.Keys.FindUser(apiKey);
        if (user is null || !IsEnabled(user) || !KeyAccess.IsOpen(state, user))
        {
            throw ApiError.NotVerified();
        }

        var caller = new Caller(user);
        if (!SourceAddresses.Allow(state, caller, from))
        {
            throw ApiError.NotVerified();
        }

        CommandAccess.Demand(caller, command);
        state.Throttle.Count(caller);
        var secret = user.Attribute<string>(AttributeNames.SecretKey)!;
        var expected = SignatureRule.Sign(SignatureRule.TextToSign(parameters.Values), secret);
        return SignatureRule.Matches(expected, signature) ? caller : throw ApiError.NotVerified();
    }

    public static bool IsEnabled(Entity user) =>
        user.State == "enabled" && user.Attribute<Entity>(AttributeNames.Account)?.State == "enabled";

    private bool IsInTime(RequestParameters parameters)
    {
        if (parameters.AnyCase("signatureversion") != "3")
        {
            return !state.Options.EnforcePost;
        }

        var now = state.Options.Clock.GetUtcNow() + state.Faults.ClockAhead;
        return parameters.AnyCase("expires") is { } text
            && ServerDate.TryParse(text, out var expires)
            && expires >= now
            && (!state.Options.EnforcePost || expires <= now + FarthestExpiry);
    }
}
