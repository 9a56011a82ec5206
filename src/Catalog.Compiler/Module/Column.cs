using Cloud.Core.Catalog;

namespace Catalog.Compiler.Module;

/// <summary>One column of a table, and one line of the list view.</summary>
/// <param name="Header">What stands above it.</param>
/// <param name="Width">How wide it is.</param>
/// <param name="Property">The property, or a path to one of the first of several nested objects.</param>
/// <param name="Field">The field that is shown.</param>
/// <param name="Unit">The unit of a size: <c>bytes</c>, <c>mib</c>, <c>gib</c>, or <c>capacity</c> where the object's name says what is counted; null for anything else.</param>
internal sealed record Column(string Header, int Width, string Property, FieldSpec Field, string? Unit)
{
    private static readonly string[] States = ["state", "status", "allocationstate", "resourcestate", "managedstate", "agentstate", "vmstate"];

    // The class is named in full: a view knows no using. It takes plain values, so that it doesn't matter in which load
    // context the engine finds it.
    private const string Show = "[CloudStack.PowerShell.Results.Shown]::";

    /// <summary>True where numbers stand under each other.</summary>
    public bool IsRight => Unit is not null || Field.Type is FieldType.Integer or FieldType.Number;

    /// <summary>The element that shows the value: what a server wrote is shown without control characters.</summary>
    public string Item() => this switch
    {
        { Unit: "capacity" } => Script($"{Show}Capacity($_.{Property}, $_.Name)"),
        { Unit: { } unit } => Script($"{Show}Size($_.{Property}, '{unit}')"),
        { Field.Type: FieldType.Date } => $"<PropertyName>{Property}</PropertyName><FormatString>{{0:yyyy-MM-dd HH:mm}}</FormatString>",
        { Field.Type: FieldType.String } when States.Contains(Field.Name) => Script($"{Show}State($_.{Property})"),
        { Field.Type: FieldType.String } => Script($"{Show}Text($_.{Property})"),
        _ => $"<PropertyName>{Property}</PropertyName>",
    };

    private static string Script(string text) => $"<ScriptBlock>{text}</ScriptBlock>";
}
