using CloudStack.PowerShell.Tests.Metadata;

namespace CloudStack.PowerShell.Tests.Help;

/// <summary>The help in the built module says of every cmdlet what its metadata says, and explains it.</summary>
public sealed class HelpFileTests
{
    // The engine reads the whole file of a cmdlet's noun when the first question comes; this much takes it a tenth of a second.
    private const int MostBytes = 300_000;

    [Fact]
    public void Every_cmdlet_has_help_and_nothing_else_has() => Assert.Equal(
        CmdletAssembly.All.Select(c => c.Name).Order(StringComparer.Ordinal),
        HelpTopic.All.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_cmdlet_has_a_synopsis_a_description_and_examples() => Assert.All(HelpTopic.All.Values, topic =>
    {
        Assert.Matches(@"^[A-Z].{15,118}\.$", topic.Synopsis);
        Assert.Matches(@"^[A-Z].{40,}[.)]$", topic.Description);
        Assert.NotEmpty(topic.Examples);
        Assert.Contains(topic.Examples, code => code.Contains(topic.Name, StringComparison.Ordinal));
    });

    [Fact]
    public void Every_parameter_is_explained_in_a_sentence() => Assert.All(CmdletAssembly.All, cmdlet =>
    {
        var engine = (cmdlet.SupportsShouldProcess ? ["WhatIf", "Confirm"] : Array.Empty<string>())
            .Concat(cmdlet.SupportsPaging ? ["First", "Skip", "IncludeTotalCount"] : []);
        var parameters = HelpTopic.All[cmdlet.Name].Parameters;

        Assert.Equal(
            cmdlet.Parameters.Select(p => p.Name).Concat(engine).Order(StringComparer.Ordinal),
            parameters.Select(HelpTopic.NameOf).Order(StringComparer.Ordinal));
        Assert.All(parameters, p => Assert.Matches(@"^\S.{5,}\.$", HelpTopic.Paragraphs(p)));
    });

    [Fact]
    public void Type_position_need_and_pipeline_are_those_of_the_metadata() => Assert.All(CmdletAssembly.All, cmdlet =>
    {
        var topic = HelpTopic.All[cmdlet.Name];
        foreach (var parameter in cmdlet.Parameters)
        {
            var written = topic.Parameters.Single(p => HelpTopic.NameOf(p) == parameter.Name);
            var position = CmdletParameter.Setting(parameter.Declarations[0], "Position") as int?;

            Assert.Equal(parameter.Property.PropertyType.Name.Split('`')[0], HelpTopic.TypeOf(written).Split('[')[0] + (
                parameter.Property.PropertyType.IsArray && !parameter.Property.PropertyType.Name.Contains('`', StringComparison.Ordinal) ? "[]" : ""));
            Assert.Equal(parameter.IsMandatory ? "true" : "false", written.Attribute("required")!.Value);
            Assert.Equal(position?.ToString() ?? "named", written.Attribute("position")!.Value);
            Assert.Equal(parameter.TakesPipelineObjects, written.Attribute("pipelineInput")!.Value.Contains("ByValue", StringComparison.Ordinal));
            Assert.Equal(
                parameter.TakesPipelineProperties,
                written.Attribute("pipelineInput")!.Value.Contains("ByPropertyName", StringComparison.Ordinal));
        }
    });

    [Fact]
    public void A_syntax_line_names_every_parameter_of_its_set_and_all_lines_together_every_one() => Assert.All(HelpTopic.All.Values, topic =>
        Assert.Equal(
            topic.Parameters.Select(HelpTopic.NameOf).Order(StringComparer.Ordinal),
            topic.SyntaxLines.SelectMany(line => line).Distinct().Order(StringComparer.Ordinal)));

    [Fact]
    public void Outputs_are_those_that_the_cmdlet_declares() => Assert.All(CmdletAssembly.All, cmdlet =>
        Assert.Equal(cmdlet.OutputTypes, HelpTopic.All[cmdlet.Name].Outputs));

    [Fact]
    public void Related_links_lead_to_cmdlets_or_to_commands_that_have_none()
    {
        var known = HelpTopic.All.Keys
            .Concat(CmdletAssembly.Catalog.Commands.Where(c => c.Cmdlet is null).Select(c => c.Name))
            .ToHashSet(StringComparer.Ordinal);

        Assert.All(HelpTopic.All.Values, topic =>
        {
            Assert.NotEmpty(topic.Links);
            Assert.All(topic.Links, link => Assert.Contains(link, known));
        });
    }

    [Fact]
    public void Help_speaks_of_cmdlets_and_not_of_API_commands_that_have_one()
    {
        var commands = CmdletAssembly.Generated.Select(g => g.Command.Name).Where(name => name.Any(char.IsUpper)).ToHashSet();

        Assert.All(HelpTopic.All.Values, topic => Assert.DoesNotContain(
            topic.Description.Split(' ', ',', '.', ';', '(', ')', ':'), commands.Contains));
    }

    [Fact]
    public void No_file_is_so_large_that_the_first_question_takes_long() => Assert.All(
        Directory.GetFiles(HelpTopic.Folder, "*-Help.xml"), file => Assert.InRange(new FileInfo(file).Length, 1, MostBytes));
}
