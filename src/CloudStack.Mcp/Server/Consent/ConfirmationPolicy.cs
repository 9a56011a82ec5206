using Cloud.Core.Catalog;
using Cloud.Core.Errors;

namespace CloudStack.Mcp.Server.Consent;

/// <summary>The operator's choice of <see cref="ConfirmationMode"/> per effect.</summary>
internal sealed class ConfirmationPolicy
{
    private readonly Dictionary<Effect, ConfirmationMode> _modes = new()
    {
        [Effect.Read] = ConfirmationMode.Allow,
        [Effect.Change] = ConfirmationMode.Allow,
        [Effect.Disrupt] = ConfirmationMode.Ask,
        [Effect.Destroy] = ConfirmationMode.Ask,
        [Effect.Critical] = ConfirmationMode.Ask,
    };

    /// <summary>Nothing chosen: changes go through, what disrupts or destroys is confirmed.</summary>
    public static ConfirmationPolicy Default { get; } = new();

    /// <summary>Reads choices of the form <c>destroy=token</c>.</summary>
    /// <param name="choices">The choices; a later one wins.</param>
    /// <exception cref="CloudException">A choice is of another form, or names no effect or mode.</exception>
    public static ConfirmationPolicy Parse(IEnumerable<string> choices)
    {
        var policy = new ConfirmationPolicy();
        foreach (var choice in choices.SelectMany(c => c.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            var parts = choice.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts.Length != 2 || !TryName<Effect>(parts[0], out var effect) || effect == Effect.Read
                || !TryName<ConfirmationMode>(parts[1], out var mode))
            {
                throw new CloudException(
                    ErrorCause.InvalidArgument,
                    $"'{choice}' is no confirmation policy.",
                    "Write EFFECT=MODE, with change, disrupt, destroy or critical, and allow, ask, elicit, token or deny.");
            }

            policy._modes[effect] = mode;
        }

        return policy;
    }

    /// <summary>Finds out how a change is to be confirmed now.</summary>
    /// <param name="effect">The change's effect.</param>
    /// <param name="canAsk">True where the client can ask a person.</param>
    /// <returns>Never <see cref="ConfirmationMode.Ask"/>.</returns>
    public ConfirmationMode For(Effect effect, bool canAsk) => _modes[effect] switch
    {
        ConfirmationMode.Ask or ConfirmationMode.Elicit when canAsk => ConfirmationMode.Elicit,
        ConfirmationMode.Ask when effect != Effect.Critical => ConfirmationMode.Token,
        ConfirmationMode.Ask or ConfirmationMode.Elicit => ConfirmationMode.Deny,
        var mode => mode,
    };

    // Enum.TryParse alone would take numbers.
    private static bool TryName<T>(string text, out T value) where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out value) && char.IsLetter(text[0]) && Enum.IsDefined(value);
}
