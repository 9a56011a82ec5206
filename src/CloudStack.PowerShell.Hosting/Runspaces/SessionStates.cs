using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace CloudStack.PowerShell.Hosting.Runspaces;

/// <summary>What new runspaces know: no provider, no drive, no function, no script, and the commands that are named alone.</summary>
internal static class SessionStates
{
    /// <summary>For single cmdlets, which are handed over as such: no command has a name there, and no text is run.</summary>
    public static InitialSessionState ForCalls()
    {
        var state = InitialSessionState.Create();
        state.LanguageMode = PSLanguageMode.NoLanguage;
        state.Variables.Add(Preference("ConfirmPreference", ConfirmImpact.Low));
        return state;
    }

    // Every change asks, also a harmless one: the host decides, and not PowerShell.
    private static SessionStateVariableEntry Preference(string name, object value) => new(name, value, "", ScopedItemOptions.None);
}
