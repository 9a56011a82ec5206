namespace CloudStack.PowerShell.Hosting.Pipelines;

/// <summary>What a parameter takes in a pipeline.</summary>
internal enum ParameterRule
{
    /// <summary>Nothing: it's a switch.</summary>
    Switch,

    /// <summary>Literals.</summary>
    Value,

    /// <summary>Names of properties.</summary>
    Names,

    /// <summary>Names of properties, with wildcards.</summary>
    Patterns,

    /// <summary>A block, checked as a condition or as a member.</summary>
    Block,
}
