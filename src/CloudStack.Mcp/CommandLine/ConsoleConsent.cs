using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Mcp.Server.Results;

namespace CloudStack.Mcp.CommandLine;

/// <summary>Confirms changes on the command line: by <c>--yes</c> and <c>--typed</c>, or by asking who sits at the terminal.</summary>
/// <param name="yes">True where <c>--yes</c> was given.</param>
/// <param name="typed">What was given as <c>--typed</c>, or null.</param>
internal sealed class ConsoleConsent(bool yes, string? typed)
{
    private const int LongestLine = 400;

    private static bool IsTerminal => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <summary>Decides on a change.</summary>
    /// <param name="confirmation">What is about to happen.</param>
    /// <exception cref="CloudException">It needs a confirmation that was neither given nor can be asked for.</exception>
    public ConfirmationAnswer Decide(Confirmation confirmation)
    {
        var command = confirmation.Command;
        if (command.Effect.Effect < Effect.Disrupt)
        {
            return ConfirmationAnswer.Approved;
        }

        if (confirmation.TypedText is { } text)
        {
            var given = typed ?? (IsTerminal ? Ask(confirmation, $"Type {CleanText.Line(text, LongestLine)} to go on: ") : null);
            return given == text ? ConfirmationAnswer.Approved : throw NotConfirmed(confirmation, given is null
                ? "Repeat the command with --typed and the target's name."
                : "What was typed isn't the target's name; repeat the command with --typed and the exact name.");
        }

        if (yes)
        {
            return ConfirmationAnswer.Approved;
        }

        if (!IsTerminal)
        {
            throw NotConfirmed(confirmation, "Repeat the command with --yes.");
        }

        return Ask(confirmation, "Go on? [y/N] ")?.Trim() is "y" or "Y" or "yes" ? ConfirmationAnswer.Approved : ConfirmationAnswer.Declined;
    }

    private static string? Ask(Confirmation confirmation, string prompt)
    {
        Console.Error.WriteLine(Describe(confirmation));
        Console.Error.Write(prompt);
        return Console.ReadLine();
    }

    private static string Describe(Confirmation confirmation) =>
        $"{confirmation.Command.Name} on {CleanText.Line(confirmation.TargetText, LongestLine)}. {confirmation.Command.Effect.Warning}".TrimEnd();

    private static CloudException NotConfirmed(Confirmation confirmation, string nextStep) =>
        new(ErrorCause.NotConfirmed, $"Not confirmed, nothing was changed: {Describe(confirmation)}", nextStep)
        {
            Command = confirmation.Command.Name,
        };
}
