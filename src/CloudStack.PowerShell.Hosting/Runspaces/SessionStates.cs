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

    /// <summary>For one pipeline: its own cmdlets, and a language without types and methods.</summary>
    /// <param name="cmdlets">The cmdlets by name.</param>
    /// <param name="isWhatIf">True where changes are only said.</param>
    public static InitialSessionState ForPipeline(IEnumerable<KeyValuePair<string, Type>> cmdlets, bool isWhatIf)
    {
        var state = InitialSessionState.Create();
        state.LanguageMode = PSLanguageMode.ConstrainedLanguage;
        state.Variables.Add(Preference("ConfirmPreference", ConfirmImpact.Low));
        state.Variables.Add(Preference("WhatIfPreference", isWhatIf));
        state.Variables.Add(Preference("PSModuleAutoLoadingPreference", "None"));
        state.Variables.Add(Preference("ErrorActionPreference", ActionPreference.Stop));
        foreach (var (name, type) in cmdlets)
        {
            state.Commands.Add(new SessionStateCmdletEntry(name, type, helpFileName: null));
        }

        return state;
    }

    // Every change asks, also a harmless one: the host decides, and not PowerShell.
    private static SessionStateVariableEntry Preference(string name, object value) => new(name, value, "", ScopedItemOptions.None);
}
