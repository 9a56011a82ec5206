namespace Catalog.Compiler.Cmdlets;

/// <summary>The parameter names and aliases that belong to PowerShell or to the hand-written base classes.</summary>
internal static class ReservedParameters
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        // Common parameters and their aliases.
        "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ProgressAction", "ErrorVariable",
        "WarningVariable", "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable",
        "vb", "db", "ea", "wa", "infa", "proga", "ev", "wv", "iv", "ov", "ob", "pv",

        // ShouldProcess and paging.
        "WhatIf", "Confirm", "wi", "cf", "First", "Skip", "IncludeTotalCount",

        // Ours.
        "Connection", "Force", "NoWait", "PassThru", "Timeout",
    };

    /// <summary>Tells whether a name is taken.</summary>
    public static bool Contains(string name) => Names.Contains(name);
}
