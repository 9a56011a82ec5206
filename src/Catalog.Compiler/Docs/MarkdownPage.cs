using System.Globalization;
using System.Text;
using Catalog.Compiler.Help;

namespace Catalog.Compiler.Docs;

/// <summary>Writes a cmdlet's topic in the markdown that PlatyPS reads (schema 2024-05-01).</summary>
/// <param name="cmdlets">The names of all cmdlets, which links may lead to.</param>
/// <param name="date">The date that the pages bear.</param>
internal sealed class MarkdownPage(IReadOnlySet<string> cmdlets, DateOnly date)
{
    /// <summary>The schema's version.</summary>
    public const string Schema = "2024-05-01";

    /// <summary>The module that the pages are about.</summary>
    public const string Module = "CloudStack.PowerShell";

    private const string CommonParameters =
        "### CommonParameters\n\n"
        + "This cmdlet supports the common parameters: -Debug, -ErrorAction, -ErrorVariable,\n"
        + "-InformationAction, -InformationVariable, -OutBuffer, -OutVariable, -PipelineVariable,\n"
        + "-ProgressAction, -Verbose, -WarningAction, and -WarningVariable. For more information, see\n"
        + "[about_CommonParameters](https://go.microsoft.com/fwlink/?LinkID=113216).";

    /// <summary>Writes one page.</summary>
    public string Write(CmdletTopic topic)
    {
        var cmdlet = topic.Cmdlet;
        var page = new StringBuilder(Head(cmdlet));
        Section(page, "SYNOPSIS", Text(topic.Synopsis));
        Section(page, "SYNTAX", [.. cmdlet.Sets.Select(set => SyntaxText.Write(cmdlet, set))]);
        Section(page, "ALIASES", cmdlet.Aliases.Count == 0
            ? "None."
            : $"This cmdlet has the following aliases,\n  {string.Join(", ", cmdlet.Aliases)}");
        Section(page, "DESCRIPTION", Text(topic.Description));
        Section(page, "EXAMPLES", [.. topic.Examples.Select((example, i) =>
            FormattableString.Invariant($"### Example {i + 1}: {example.Title}\n\n```powershell\n{example.Code}\n```"))]);
        Section(page, "PARAMETERS", [.. cmdlet.Parameters.Zip(topic.Parameters)
            .OrderBy(pair => pair.First.Name, StringComparer.Ordinal)
            .Select(pair => ParameterBlock.Write(pair.First, Text([.. pair.Second])))
            .Append(CommonParameters)]);
        Section(page, "INPUTS", [.. topic.Inputs.Select(Type)]);
        Section(page, "OUTPUTS", [.. topic.Outputs.Select(Type)]);
        Section(page, "NOTES", Text([.. topic.Notes]));
        Section(page, "RELATED LINKS", string.Join('\n', topic.Related.Select(Link)));
        return page.ToString();
    }

    private string Head(BuiltCmdlet cmdlet) =>
        $"""
        ---
        document type: cmdlet
        external help file: {cmdlet.Noun}-Help.xml
        HelpUri: ''
        Locale: en-US
        Module Name: {Module}
        ms.date: {DateText(date)}
        PlatyPS schema version: {Schema}
        title: {cmdlet.Name}
        ---

        # {cmdlet.Name}

        """.ReplaceLineEndings("\n");

    /// <summary>Writes a date as the schema wants it.</summary>
    public static string DateText(DateOnly date) => date.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture);

    private static void Section(StringBuilder page, string title, params IReadOnlyList<string> blocks)
    {
        page.Append("\n## ").Append(title).Append('\n');
        foreach (var block in blocks.Where(block => block.Length > 0))
        {
            page.Append('\n').Append(block).Append('\n');
        }
    }

    private static string Type(TypeTopic topic) => $"### {topic.Type}\n\n{Text([.. topic.Explanation])}".TrimEnd();

    // The lines of one paragraph are a list, such as that of an object's properties.
    private static string Text(params IReadOnlyList<string> paragraphs) => string.Join("\n\n", paragraphs.Select(paragraph =>
        paragraph.Contains('\n', StringComparison.Ordinal)
            ? string.Join('\n', paragraph.Split('\n').Select(line => "- " + Escape(line)))
            : Escape(paragraph)));

    private static string Escape(string text) =>
        text.Replace("<", "\\<", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);

    // What has no cmdlet of its own is called by this one.
    private string Link(string name) => $"- [{name}]({(cmdlets.Contains(name) ? name : "Invoke-CsApi")}.md)";
}
