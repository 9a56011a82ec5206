using System.Text;
using Catalog.Compiler.Emitting;
using Catalog.Compiler.Help;
using Catalog.Compiler.Module;

namespace Catalog.Compiler.Docs;

/// <summary>Writes a markdown page for each cmdlet, and one for the module that leads to them.</summary>
/// <param name="source">Where the cmdlets' topics come from.</param>
internal sealed class DocsEmitter(TopicSource source) : IEmitter
{
    public string Target => "docs";

    public void Emit(CompiledCatalog catalog, OutputFolder output)
    {
        var topics = source.Read(catalog);
        var page = new MarkdownPage(topics.Select(topic => topic.Cmdlet.Name).ToHashSet(StringComparer.Ordinal), source.Date);
        foreach (var topic in topics)
        {
            output.Write($"{topic.Cmdlet.Name}.md", page.Write(topic));
        }

        output.Write($"{MarkdownPage.Module}.md", ModulePage(topics, source.Date));
    }

    private static string ModulePage(IEnumerable<CmdletTopic> topics, DateOnly date)
    {
        var text = new StringBuilder($"""
            ---
            document type: module
            Help Version: 1.0.0.0
            HelpInfoUri: ''
            Locale: en-US
            Module Guid: {ManifestEmitter.ModuleGuid}
            Module Name: {MarkdownPage.Module}
            ms.date: {MarkdownPage.DateText(date)}
            PlatyPS schema version: {MarkdownPage.Schema}
            title: {MarkdownPage.Module} Module
            ---

            # {MarkdownPage.Module} Module

            ## Description

            One cmdlet for every command of the Apache CloudStack API, and those that connect, find and wait.

            ## {MarkdownPage.Module}

            """.ReplaceLineEndings("\n"));
        foreach (var topic in topics)
        {
            text.Append("\n### [").Append(topic.Cmdlet.Name).Append("](").Append(topic.Cmdlet.Name).Append(".md)\n\n")
                .Append(topic.Synopsis).Append('\n');
        }

        return text.ToString();
    }
}
