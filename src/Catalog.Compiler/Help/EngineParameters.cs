namespace Catalog.Compiler.Help;

/// <summary>The parameters that the engine adds to a cmdlet that supports confirmation or paging.</summary>
internal static class EngineParameters
{
    private static readonly ParameterUse Named = new(null, false, null, false, false);

    /// <summary>What <c>SupportsShouldProcess</c> adds.</summary>
    public static IReadOnlyList<BuiltParameter> OfConfirmation { get; } =
        [Make("WhatIf", "SwitchParameter", "wi"), Make("Confirm", "SwitchParameter", "cf")];

    /// <summary>What <c>SupportsPaging</c> adds.</summary>
    public static IReadOnlyList<BuiltParameter> OfPaging { get; } =
        [Make("First", "UInt64"), Make("Skip", "UInt64"), Make("IncludeTotalCount", "SwitchParameter")];

    /// <summary>Says what one of them means here.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <exception cref="KeyNotFoundException">The engine adds no such parameter.</exception>
    public static string Explain(string name) => Words[name];

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["WhatIf"] = "Says what would be done and to what, and sends nothing.",
        ["Confirm"] = "Asks before every single change; -Confirm:$false asks for none.",
        ["First"] = "How many objects to return at most; no page beyond them is fetched.",
        ["Skip"] = "How many objects to leave out at the beginning.",
        ["IncludeTotalCount"] = "Writes the number of all objects first, as the server counts them.",
    };

    private static BuiltParameter Make(string name, string type, params string[] aliases) =>
        new(name, type, (type == "SwitchParameter" ? "System.Management.Automation." : "System.") + type, null, aliases, [], false, [Named]);
}
