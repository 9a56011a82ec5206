using Cloud.Core.Catalog;

namespace Catalog.Compiler.Cmdlets;

/// <summary>The rule that gives an API parameter its C# type.</summary>
/// <remarks>
/// Booleans are <c>bool</c> and not switches: a parameter that isn't bound isn't sent, so absent, true and false stay three
/// things (<c>-Forced $false</c>).
/// </remarks>
/// <param name="catalog">The catalog.</param>
internal sealed class ParameterTypes(CompiledCatalog catalog)
{
    /// <summary>Gives the type.</summary>
    /// <param name="parameter">The API parameter.</param>
    /// <returns>The C# type and whether it is a value type.</returns>
    public (string Type, bool IsValueType) Of(ParameterSpec parameter) => parameter switch
    {
        { Sensitive: true, Type: ParameterType.String } => ("SecureString", false),
        { Type: ParameterType.Boolean } => ("bool", true),
        { Type: ParameterType.Integer } => ("int", true),
        { Type: ParameterType.Short } => ("short", true),
        { Type: ParameterType.Long } => ("long", true),
        { Type: ParameterType.Double } => ("double", true),
        { Type: ParameterType.Date } => ("DateTime", true),
        { Type: ParameterType.Map, Map.Style: MapStyle.Records } => ("Hashtable[]", false),
        { Type: ParameterType.Map } => ("Hashtable", false),
        { Type: ParameterType.List, KindFrom: not null } => ("ResourceReference[]", false),
        { KindFrom: not null } => ("ResourceReference", false),
        { Type: ParameterType.List } => (Identity(parameter, parameter.ItemType) + "[]", false),
        _ => (Identity(parameter, parameter.Type), false),
    };

    /// <summary>Gives the model that one identifier stands for, or null where the parameter is something else.</summary>
    /// <param name="parameter">The API parameter.</param>
    public string? ModelOf(ParameterSpec parameter) =>
        parameter is { Sensitive: false, Type: ParameterType.Uuid, Entity: { } entity } ? catalog.Result(entity).Model : null;

    private string Identity(ParameterSpec parameter, ParameterType type) =>
        type == ParameterType.Uuid && parameter.Entity is { } entity
            ? $"Identity<{catalog.Result(entity).Model}>"
            : "string";
}
