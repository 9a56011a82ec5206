namespace CloudStack.Mcp.Server.Consent;

/// <summary>How changes of an effect are confirmed.</summary>
internal enum ConfirmationMode
{
    /// <summary>They need no confirmation.</summary>
    Allow,

    /// <summary>A person is asked where the client can ask one; else a token, except for critical changes, which are denied.</summary>
    Ask,

    /// <summary>A person is asked; where the client can't ask one, they are denied.</summary>
    Elicit,

    /// <summary>The first call answers with a token, the second redeems it.</summary>
    Token,

    /// <summary>They are denied.</summary>
    Deny,
}
