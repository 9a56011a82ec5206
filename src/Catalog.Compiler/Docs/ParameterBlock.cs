using System.Globalization;
using System.Text;
using Catalog.Compiler.Help;

namespace Catalog.Compiler.Docs;

/// <summary>Writes one parameter: its heading, its explanation, and its metadata in YAML.</summary>
internal static class ParameterBlock
{
    /// <summary>Writes the block.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="explanation">What it means.</param>
    public static string Write(BuiltParameter parameter, string explanation)
    {
        var text = new StringBuilder($"### -{parameter.Name}\n\n{explanation}\n\n```yaml\n");
        Line(text, "Type", parameter.FullType);
        Line(text, "DefaultValue", parameter.IsSwitch ? "False" : "None");
        Line(text, "SupportsWildcards", parameter.TakesWildcards);
        Items(text, "Aliases", parameter.Aliases);
        text.Append("ParameterSets:\n");
        foreach (var use in parameter.Uses)
        {
            Line(text, "- Name", use.Set ?? "(All)");
            Line(text, "  Position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "Named");
            Line(text, "  IsRequired", use.Mandatory);
            Line(text, "  ValueFromPipeline", use.FromPipeline);
            Line(text, "  ValueFromPipelineByPropertyName", use.FromProperty);
            Line(text, "  ValueFromRemainingArguments", use.FromRemaining);
        }

        Line(text, "DontShow", false);
        Items(text, "AcceptedValues", parameter.Values);
        return text.Append("HelpMessage: ''\n```").ToString();
    }

    private static void Line(StringBuilder text, string name, bool value) => Line(text, name, value ? "true" : "false");

    private static void Line(StringBuilder text, string name, string value) => text.Append(name).Append(": ").Append(value).Append('\n');

    private static void Items(StringBuilder text, string name, IReadOnlyList<string> items)
    {
        text.Append(name).Append(items.Count == 0 ? ": []\n" : ":\n");
        foreach (var item in items)
        {
            text.Append("- ").Append(item).Append('\n');
        }
    }
}
