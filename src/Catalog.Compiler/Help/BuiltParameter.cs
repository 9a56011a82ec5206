namespace Catalog.Compiler.Help;

/// <summary>How a parameter stands in one parameter set.</summary>
/// <param name="Set">The set's name, or null for all sets.</param>
/// <param name="Mandatory">True where the engine asks for it.</param>
/// <param name="Position">The position, or null for a named parameter.</param>
/// <param name="FromPipeline">True where a whole object from the pipeline binds.</param>
/// <param name="FromProperty">True where a property of an object from the pipeline binds.</param>
/// <param name="FromRemaining">True where it takes the arguments that nothing else takes.</param>
internal sealed record ParameterUse(
    string? Set, bool Mandatory, int? Position, bool FromPipeline, bool FromProperty, bool FromRemaining = false);

/// <summary>One parameter of a built cmdlet.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">The type as PowerShell writes it, such as <c>Identity[Zone][]</c>.</param>
/// <param name="FullType">The type with its namespace, as reflection writes it.</param>
/// <param name="Owner">The full name of the class that declares it; null for a parameter that the engine adds.</param>
/// <param name="Aliases">Other names.</param>
/// <param name="Values">The accepted values that the declaration names.</param>
/// <param name="TakesWildcards">True where a pattern goes.</param>
/// <param name="Uses">How it stands in the parameter sets it belongs to.</param>
internal sealed record BuiltParameter(
    string Name,
    string Type,
    string FullType,
    string? Owner,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Values,
    bool TakesWildcards,
    IReadOnlyList<ParameterUse> Uses)
{
    /// <summary>True for a switch, which takes no value.</summary>
    public bool IsSwitch => Type == "SwitchParameter";

    /// <summary>True where several values go.</summary>
    public bool IsArray => Type.EndsWith("[]", StringComparison.Ordinal);

    /// <summary>True where a name, an id or the object itself goes.</summary>
    public bool IsIdentity => Type.StartsWith("Identity[", StringComparison.Ordinal);

    /// <summary>Finds how the parameter stands in a set.</summary>
    /// <param name="set">The set's name, or null for the only set there is.</param>
    /// <returns>Its use, or null where it doesn't belong to the set.</returns>
    public ParameterUse? In(string? set) => Uses.FirstOrDefault(use => use.Set is null || use.Set == set);
}
