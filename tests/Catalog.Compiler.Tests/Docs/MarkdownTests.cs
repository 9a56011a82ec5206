using System.Text.RegularExpressions;
using Catalog.Compiler.Docs;
using Catalog.Compiler.Help;

namespace Catalog.Compiler.Tests.Docs;

/// <summary>The markdown pages hold what the help holds, in the form that PlatyPS reads.</summary>
public sealed partial class MarkdownTests : IDisposable
{
    private static readonly string[] Sections =
    [
        "SYNOPSIS", "SYNTAX", "ALIASES", "DESCRIPTION", "EXAMPLES", "PARAMETERS", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("docs-").FullName;

    public MarkdownTests() => BuiltCmdlets.Emit(new DocsEmitter(BuiltCmdlets.Source), _folder);

    [Fact]
    public void Every_cmdlet_has_a_page_with_every_section_in_order() => Assert.All(Topics(), topic =>
        Assert.Equal(Sections, Heading.Matches(Page(topic)).Select(m => m.Groups[1].Value)));

    [Fact]
    public void Every_parameter_has_its_block() => Assert.All(Topics(), topic => Assert.Equal(
        topic.Cmdlet.Parameters.Select(p => p.Name).Order(StringComparer.Ordinal),
        Parameter.Matches(Page(topic)).Select(m => m.Groups[1].Value)));

    [Fact]
    public void Links_lead_to_pages() => Assert.All(Topics(), topic => Assert.All(
        Link.Matches(Page(topic)).Select(m => m.Groups[1].Value), page => Assert.True(File.Exists(Path.Combine(_folder, page)), page)));

    [Fact]
    public void The_modules_page_leads_to_every_cmdlet()
    {
        var page = File.ReadAllText(Path.Combine(_folder, "CloudStack.PowerShell.md"));

        Assert.Matches("Module Guid: [0-9a-f-]{36}\n", page);
        Assert.All(Topics(), topic => Assert.Contains($"[{topic.Cmdlet.Name}]({topic.Cmdlet.Name}.md)", page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_assembly_gives_the_same_pages()
    {
        var page = Path.Combine(_folder, "Connect-CsCloud.md");
        var first = File.ReadAllText(page);

        BuiltCmdlets.Emit(new DocsEmitter(BuiltCmdlets.Source), _folder);

        Assert.Equal(first, File.ReadAllText(page));
    }

    [PlatyPSFact]
    public void PlatyPS_reads_every_page_without_an_error() => Assert.Empty(PlatyPSFactAttribute.Run($$"""
        Import-Module Microsoft.PowerShell.PlatyPS
        foreach ($page in Get-ChildItem '{{_folder}}/*-*.md') {
            $help = Import-MarkdownCommandHelp $page
            if ($help.Diagnostics.HadErrors -or $help.Title -ne $page.BaseName -or -not $help.Examples) { $page.Name }
        }
        """));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IReadOnlyList<CmdletTopic> Topics() => BuiltCmdlets.Source.Read(CloudStackData.Catalog);

    private string Page(CmdletTopic topic) => File.ReadAllText(Path.Combine(_folder, topic.Cmdlet.Name + ".md"));

    [GeneratedRegex("^## (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading { get; }

    [GeneratedRegex(@"^### -(\w+)\n\n[^\n]+\n[\s\S]*?```yaml\nType: \S+\n", RegexOptions.Multiline)]
    private static partial Regex Parameter { get; }

    [GeneratedRegex(@"\]\(([\w.-]+\.md)\)")]
    private static partial Regex Link { get; }
}
