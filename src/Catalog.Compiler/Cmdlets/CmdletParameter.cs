using Catalog.Compiler.Emitting;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Cmdlets;

/// <summary>One parameter of a cmdlet as it stands in source.</summary>
/// <param name="Spec">The API parameter behind it.</param>
/// <param name="Type">The property's C# type, without the mark for null.</param>
/// <param name="IsValueType">True where the property can't be null.</param>
/// <param name="Position">The position, or null for a named parameter.</param>
/// <param name="FromPipeline">True where a whole object from the pipeline binds to it.</param>
/// <param name="FromProperty">True where a property of an object from the pipeline binds to it.</param>
internal sealed record CmdletParameter(
    ParameterSpec Spec, string Type, bool IsValueType, int? Position, bool FromPipeline, bool FromProperty)
{
    /// <summary>True where the engine asks for it.</summary>
    public required bool IsMandatory { get; init; }

    /// <summary>The name people type.</summary>
    public string Name => Spec.Label;

    /// <summary>What it means, in one sentence.</summary>
    public string Explanation => Spec.Explanation.Length > 0 ? Spec.Explanation : CSharpText.Phrase(Name) + ".";

    /// <summary>The wire name where it isn't the label in another case, so that API spellings work too; else null.</summary>
    public string? Alias =>
        string.Equals(Spec.Name, Name, StringComparison.OrdinalIgnoreCase) || ReservedParameters.Contains(Spec.Name)
            ? null
            : Spec.Name;

    /// <summary>Writes the parameter's own attribute.</summary>
    public string Attribute()
    {
        var settings = new List<string>();
        if (IsMandatory)
        {
            settings.Add("Mandatory = true");
        }

        if (Position is { } position)
        {
            settings.Add($"Position = {position}");
        }

        if (FromPipeline)
        {
            settings.Add("ValueFromPipeline = true");
        }

        if (FromProperty)
        {
            settings.Add("ValueFromPipelineByPropertyName = true");
        }

        if (IsMandatory)
        {
            settings.Add($"HelpMessage = {Literal(ToolWords.Plain(Explanation))}");
        }

        return settings.Count == 0 ? "[Parameter]" : $"[Parameter({string.Join(", ", settings)})]";
    }

    private static string Literal(string text) =>
        "\"" + text.ReplaceLineEndings(" ").Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
