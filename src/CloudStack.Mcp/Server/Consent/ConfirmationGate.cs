using System.Security.Cryptography;
using System.Text;
using Cloud.Core.Catalog;
using Cloud.Core.Confirmations;
using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Results;
using CloudStack.Mcp.Server.Tools;

namespace CloudStack.Mcp.Server.Consent;

/// <summary>What a call brought along to confirm itself.</summary>
/// <param name="Tool">The tool that was called.</param>
/// <param name="Token">The token of an earlier answer, or null.</param>
/// <param name="Typed">What the person typed, or null.</param>
internal sealed record ConfirmationOffer(string Tool, string? Token, string? Typed);

/// <summary>What the gate decided. Where it's <see cref="ConfirmationAnswer.Deferred"/>, there is a token or a question.</summary>
/// <param name="Answer">Go on, don't, or not yet.</param>
/// <param name="Token">The token to come back with, or null.</param>
/// <param name="Question">What to ask the person, or null.</param>
internal sealed record GateDecision(ConfirmationAnswer Answer, string? Token = null, ConfirmationQuestion? Question = null);

/// <summary>Decides whether a change may go on: by the operator's policy, a person's word, or a token.</summary>
/// <param name="policy">The operator's choice.</param>
/// <param name="tokens">Issues and redeems tokens.</param>
internal sealed class ConfirmationGate(ConfirmationPolicy policy, ConfirmationTokens tokens)
{
    private const int LongestLine = 400;

    // A question's state is no token that a model could pass on, nor the other way round.
    private const string Asked = "asked:";

    /// <summary>How long a token is good.</summary>
    public TimeSpan TokenLifetime => tokens.Lifetime;

    /// <summary>Tells whether a change is shown before it's done, so that what is shown must be true.</summary>
    /// <param name="command">The command.</param>
    /// <param name="caller">Who calls.</param>
    public bool Shows(CommandSpec command, IToolCaller caller) =>
        !command.IsRead && policy.For(command.Effect.Effect, caller.CanAsk) is ConfirmationMode.Elicit or ConfirmationMode.Token;

    /// <summary>Decides on a change.</summary>
    /// <param name="confirmation">What is about to happen.</param>
    /// <param name="offer">What the call brought along.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    /// <exception cref="CloudException">The policy forbids it, or the token is no good.</exception>
    public async ValueTask<GateDecision> DecideAsync(
        Confirmation confirmation, ConfirmationOffer offer, IToolCaller caller, CancellationToken cancellationToken)
    {
        switch (policy.For(confirmation.Command.Effect.Effect, caller.CanAsk))
        {
            case ConfirmationMode.Allow:
                return new GateDecision(ConfirmationAnswer.Approved);
            case ConfirmationMode.Elicit:
                return await ByPersonAsync(confirmation, offer, caller, cancellationToken);
            case ConfirmationMode.Token:
                return await ByTokenAsync(confirmation, offer, caller, cancellationToken);
            default:
                throw Deny(confirmation.Command);
        }
    }

    // The call runs twice: it's answered with the question, and comes again with the person's word and the question's sealed
    // state. So the target is read anew before it's acted on, and any replica can take the second call.
    private async ValueTask<GateDecision> ByPersonAsync(
        Confirmation confirmation, ConfirmationOffer offer, IToolCaller caller, CancellationToken cancellationToken)
    {
        var binding = Bind(confirmation, caller, Asked + offer.Tool);
        if (caller.Reply is not { } reply)
        {
            return new GateDecision(
                ConfirmationAnswer.Deferred,
                Question: new ConfirmationQuestion(Describe(confirmation), confirmation.TypedText, tokens.Issue(binding)));
        }

        await tokens.RedeemAsync(reply.State, binding, cancellationToken);
        return new GateDecision(reply.Agrees(confirmation.TypedText) ? ConfirmationAnswer.Approved : ConfirmationAnswer.Declined);
    }

    private async ValueTask<GateDecision> ByTokenAsync(
        Confirmation confirmation, ConfirmationOffer offer, IToolCaller caller, CancellationToken cancellationToken)
    {
        var binding = Bind(confirmation, caller, offer.Tool);
        if (offer.Token is not { } token)
        {
            return new GateDecision(ConfirmationAnswer.Deferred, tokens.Issue(binding));
        }

        // Before the token is used up, so that a slip of the pen costs no new round.
        if (confirmation.TypedText is { } text && offer.Typed != text)
        {
            throw new CloudException(
                ErrorCause.NotConfirmed,
                offer.Typed is null
                    ? "This change needs the target's name typed by a person; nothing was changed."
                    : "What was typed isn't the target's name; nothing was changed.",
                "Ask the person to type the name exactly, and call again with the same token and the text as 'typed'.")
            {
                Command = confirmation.Command.Name,
            };
        }

        await tokens.RedeemAsync(token, binding, cancellationToken);
        return new GateDecision(ConfirmationAnswer.Approved);
    }

    // What was shown of the target is bound too: one that got another name, owner or state is no longer what was agreed to.
    private static ConfirmationBinding Bind(Confirmation confirmation, IToolCaller caller, string tool)
    {
        var shown = string.Join('\n', confirmation.Targets.Select(t => $"{t.Id}\t{t.Name}\t{t.Context}").Prepend(confirmation.TargetText));
        return new ConfirmationBinding(
            caller.Name, tool, confirmation.Digest, Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(shown))));
    }

    private static string Describe(Confirmation confirmation)
    {
        var command = confirmation.Command;
        var text = new StringBuilder()
            .Append(command.Name).Append(" on ").Append(CleanText.Line(confirmation.TargetText, LongestLine)).Append(".\n")
            .Append(command.Effect.Warning);
        foreach (var (name, value) in confirmation.Arguments)
        {
            text.Append('\n').Append(name).Append(": ").Append(CleanText.Line(ArgumentText.Of(value), LongestLine));
        }

        return text.ToString();
    }

    private static CloudException Deny(CommandSpec command)
    {
        var effect = command.Effect.Effect.ToString().ToLowerInvariant();
        return new CloudException(
            ErrorCause.DeniedByPolicy,
            $"{command.Name} is {effect}, and this server's policy lets no such change through without a person who can be asked; nothing was changed.",
            $"Let a person do it, use a client that can ask its user (elicitation), or have the operator start the server with --confirm {effect}=token.")
        {
            Command = command.Name,
        };
    }
}
