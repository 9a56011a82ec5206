using Cloud.Core.Catalog;

namespace Catalog.Compiler.Help;

/// <summary>Says what the facts know of a command beyond the words: what it does to the cloud, who may call it, since when.</summary>
internal static class CommandNotes
{
    /// <summary>Gives the notes, one a paragraph.</summary>
    /// <param name="command">A command with a cmdlet.</param>
    public static IEnumerable<string> Of(CommandSpec command)
    {
        yield return $"API command: {command.Name}. The name is an alias of this cmdlet.";
        yield return OnEffect(command.Effect);
        if (command.IsAsync)
        {
            yield return "The server does this as a job. The cmdlet waits for its end; with -NoWait it returns the job, which Wait-CsJob takes.";
        }

        if (command.ResponseSensitive)
        {
            yield return "The answer holds secrets.";
        }

        yield return command.Roles.Count == 0
            ? "Unless a role says otherwise, only root administrators may call it."
            : $"Role types that may call it unless a role says otherwise: {string.Join(", ", command.Roles)}.";
        if (command.Since is { } since)
        {
            yield return $"Since release {since}.";
        }
    }

    private static string OnEffect(EffectSpec effect)
    {
        var undo = effect.Reversible ? "" : " It can't be undone.";
        return effect.Effect switch
        {
            Effect.Read => "Effect: read. It changes nothing.",
            Effect.Change => $"Effect: change. Nothing is asked unless you say -Confirm.{undo}",
            Effect.Disrupt => $"Effect: disrupt. {effect.Warning} It's asked for with -Confirm, or where $ConfirmPreference is Medium.{undo}",
            Effect.Destroy => $"Effect: destroy. {effect.Warning} PowerShell asks first; -Force answers with yes.{undo}",
            _ => $"Effect: critical. {effect.Warning} PowerShell asks first; -Force answers with yes.{undo}",
        };
    }
}
