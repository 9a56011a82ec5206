using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using CloudStack.Client.Wire;

namespace CloudStack.Client.Http;

/// <summary>
/// Tells apart what one and the same refusal hides (protocol note, section 2.4), by sending a harmless read in other ways:
/// as it is, with a longer lifetime of the signature, and with the other hash.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="probe">Sends a read once.</param>
/// <param name="time">The clock.</param>
internal sealed class UnauthorizedDiagnosis(
    CloudStackConnection connection, Func<ApiCall, CancellationToken, Task<Attempt>> probe, TimeProvider time)
{
    // Covers a clock set to local time as if it were UTC, anywhere on earth.
    private static readonly TimeSpan LongLifetime = TimeSpan.FromHours(26);

    private static readonly ApiCall Question = new(OwnCommands.ListCapabilities, new WireArguments([], []));

    /// <summary>Explains a refusal.</summary>
    /// <param name="refusal">The error as the server gave it.</param>
    /// <param name="spec">The refused command.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>The same error with its cause, as far as it could be found out.</returns>
    public async Task<CloudException> ExplainAsync(CloudException refusal, CommandSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Name != OwnCommands.ListCapabilities.Name && await WorksAsync(Question, cancellationToken).ConfigureAwait(false))
        {
            return Explained(
                refusal,
                ErrorCause.UnknownCommand,
                $"The server accepts the key but not {spec.Name}: it has no command of exactly this name, or the key may not call it.",
                "Check the name's spelling and case, the server's version and plugins, and the user's role.");
        }

        if (await WorksAsync(Question with { SignedFor = LongLifetime }, cancellationToken).ConfigureAwait(false))
        {
            return Explained(
                refusal,
                ErrorCause.Unauthorized,
                "This machine's clock is behind the server's: signatures have expired before they arrive.",
                $"Set the clock; it says {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC now.");
        }

        var other = connection.Hash == SigningHash.Sha1 ? SigningHash.Sha512 : SigningHash.Sha1;
        if (await WorksAsync(Question with { SignedWith = other }, cancellationToken).ConfigureAwait(false))
        {
            return Explained(
                refusal,
                ErrorCause.Unauthorized,
                $"The server wants requests signed with {other}, and this connection signs with {connection.Hash}.",
                $"Set the connection's hash to {other}.");
        }

        return Explained(
            refusal,
            ErrorCause.Unauthorized,
            "The server doesn't accept the API key or the signature made with the secret key.",
            "Check both keys for copying mistakes, that the user and account are enabled, that API keys are allowed for them, that this address may call the API, and this machine's clock.");
    }

    private async Task<bool> WorksAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var attempt = await probe(call, cancellationToken).ConfigureAwait(false);
        return attempt.Answer is not null;
    }

    private static CloudException Explained(CloudException refusal, ErrorCause cause, string message, string nextStep) =>
        new(cause, $"{refusal.Command} was refused (HTTP 401). {message}", nextStep, refusal)
        {
            Command = refusal.Command,
            ServerText = refusal.ServerText,
            HttpStatus = refusal.HttpStatus,
            ErrorCode = refusal.ErrorCode,
            DetailCode = refusal.DetailCode,
        };
}
