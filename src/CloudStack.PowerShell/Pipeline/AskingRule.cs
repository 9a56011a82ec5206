using System.Management.Automation;
using Cloud.Core.Catalog;

namespace CloudStack.PowerShell.Pipeline;

/// <summary>Which effects PowerShell asks about when a cmdlet's own impact can't say it.</summary>
internal static class AskingRule
{
    /// <summary>Gives an effect's impact, as the generated cmdlets declare it.</summary>
    public static ConfirmImpact ImpactOf(Effect effect) => effect switch
    {
        Effect.Read => ConfirmImpact.None,
        Effect.Change => ConfirmImpact.Low,
        Effect.Disrupt => ConfirmImpact.Medium,
        _ => ConfirmImpact.High,
    };

    /// <summary>Tells whether a session's preference wants to be asked about an effect.</summary>
    /// <param name="effect">The effect.</param>
    /// <param name="preference">The value of <c>$ConfirmPreference</c>.</param>
    public static bool Asks(Effect effect, object? preference)
    {
        var from = LanguagePrimitives.TryConvertTo(preference, out ConfirmImpact known) ? known : ConfirmImpact.High;
        return from != ConfirmImpact.None && ImpactOf(effect) >= from;
    }
}
