namespace CloudStack.Mcp.Engines;

/// <summary>The operator's choice of an engine.</summary>
internal enum EngineKind
{
    /// <summary>The runner, with no shell between.</summary>
    Direct,

    /// <summary>PowerShell where an installed one can be used, else direct.</summary>
    Auto,

    /// <summary>PowerShell, or an error that says why it can't be used.</summary>
    PowerShell,
}
