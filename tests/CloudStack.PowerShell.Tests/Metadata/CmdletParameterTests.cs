using Cloud.Core.Catalog;

namespace CloudStack.PowerShell.Tests.Metadata;

/// <summary>What the cmdlets take.</summary>
public sealed class CmdletParameterTests
{
    private static readonly string[] Paging = ["page", "pagesize"];

    private static readonly HashSet<string> EnginesOwn = new(StringComparer.OrdinalIgnoreCase)
    {
        "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction", "ProgressAction", "ErrorVariable",
        "WarningVariable", "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable",
        "vb", "db", "ea", "wa", "infa", "proga", "ev", "wv", "iv", "ov", "ob", "pv",
        "WhatIf", "wi", "Confirm", "cf", "First", "Skip", "IncludeTotalCount",
    };

    [Fact]
    public void Every_parameter_of_a_command_is_one_of_its_cmdlet()
    {
        var missing = CmdletAssembly.Generated.SelectMany(pair => pair.Command.Parameters
            .Where(p => !(pair.Command.IsPaged && Paging.Contains(p.Name)))
            .Where(p => pair.Cmdlet.Parameter(p.Label) is null)
            .Select(p => $"{pair.Cmdlet.Name} -{p.Label}"));

        Assert.Empty(missing);
    }

    [Fact]
    public void Paged_lists_page_the_way_PowerShell_does() => Assert.DoesNotContain(
        CmdletAssembly.Generated,
        pair => pair.Cmdlet.SupportsPaging != (pair.Command.IsPaged && pair.Command.IsList)
            || (pair.Cmdlet.SupportsPaging && Paging.Any(name => pair.Cmdlet.Parameter(name) is not null)));

    [Fact]
    public void Mandatory_is_what_the_server_requires_unless_an_object_tells_it()
    {
        var wrong = CmdletAssembly.Generated.SelectMany(pair => pair.Command.Parameters
            .Where(p => !pair.Command.Parameters.Any(other => other.KindFrom == p.Name))
            .Select(p => (Spec: p, Parameter: pair.Cmdlet.Parameter(p.Label)))
            .Where(p => p.Parameter is not null && p.Parameter.IsMandatory != p.Spec.Required)
            .Select(p => $"{pair.Cmdlet.Name} -{p.Spec.Label}"));

        Assert.Empty(wrong);
    }

    [Fact]
    public void A_mandatory_parameter_says_what_it_wants() => Assert.DoesNotContain(
        CmdletAssembly.All.SelectMany(c => c.Parameters), p => p.IsMandatory && p is { HelpMessage: null or "" }
            && p.Declarations.Any(d => CmdletParameter.Setting(d, "ParameterSetName") is null));

    [Fact]
    public void What_takes_an_object_completes_its_names() => Assert.DoesNotContain(
        CmdletAssembly.All.SelectMany(c => c.Parameters),
        p => (p.TypeName.Contains(".Identity`1", StringComparison.Ordinal) || p.TypeName.Contains("Reference", StringComparison.Ordinal))
            && !p.Has("ArgumentCompleterAttribute"));

    [Fact]
    public void No_parameter_or_alias_takes_a_name_of_the_engine() => Assert.DoesNotContain(
        CmdletAssembly.All.SelectMany(c => c.Parameters.SelectMany(p => p.Aliases.Prepend(p.Name))), EnginesOwn.Contains);

    [Fact]
    public void No_cmdlet_has_a_parameter_name_or_alias_twice()
    {
        var twice = CmdletAssembly.All.SelectMany(c => c.Parameters
            .SelectMany(p => p.Aliases.Prepend(p.Name))
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => $"{c.Name} -{group.Key}"));

        Assert.Empty(twice);
    }

    [Fact]
    public void An_alias_stands_only_where_the_wire_name_is_another_word() => Assert.DoesNotContain(
        CmdletAssembly.Generated.SelectMany(pair => pair.Cmdlet.Parameters),
        p => p.Aliases.Any(alias => string.Equals(alias, p.Name, StringComparison.OrdinalIgnoreCase)));

    [Fact]
    public void Every_wire_name_works_as_a_parameter_except_where_it_is_ours()
    {
        var deaf = CmdletAssembly.Generated.SelectMany(pair => pair.Command.Parameters
            .Where(p => !(pair.Command.IsPaged && Paging.Contains(p.Name)) && p.Name != "timeout")
            .Where(p => !pair.Cmdlet.Parameters.Any(c => c.Aliases.Prepend(c.Name).Contains(p.Name, StringComparer.OrdinalIgnoreCase)))
            .Select(p => $"{pair.Cmdlet.Name} {p.Name}"));

        Assert.Empty(deaf);
    }

    [Fact]
    public void No_value_is_refused_that_the_server_may_take() => Assert.DoesNotContain(
        CmdletAssembly.Generated.SelectMany(pair => pair.Cmdlet.Parameters),
        p => p.Has("ValidateSetAttribute") || p.Has("ValidateRangeAttribute") || p.Has("ValidatePatternAttribute"));

    [Fact]
    public void Known_values_are_completed() => Assert.DoesNotContain(
        CmdletAssembly.Generated.SelectMany(pair => pair.Command.Parameters
            .Where(p => p.Values.Count > 0)
            .Select(p => pair.Cmdlet.Parameter(p.Label)!)),
        p => !p.Has("ArgumentCompleterAttribute"));

    [Fact]
    public void No_parameter_of_a_command_completes_the_names_of_files() => Assert.DoesNotContain(
        CmdletAssembly.Generated.SelectMany(pair => pair.Command.Parameters.Select(p => pair.Cmdlet.Parameter(p.Label)).OfType<CmdletParameter>()),
        p => !p.Has("ArgumentCompleterAttribute"));

    [Fact]
    public void Every_cmdlet_says_what_it_gives() => Assert.DoesNotContain(CmdletAssembly.All, c => c.OutputTypes.Count == 0);

    [Fact]
    public void A_generated_cmdlet_gives_the_model_of_its_commands_answer() => Assert.DoesNotContain(
        CmdletAssembly.Generated.Where(pair => pair.Command.Envelope.Shape != AnswerShape.Success),
        pair => pair.Cmdlet.OutputTypes[0]
            != "CloudStack.Client.Models." + CmdletAssembly.Catalog.FindResult(pair.Command.Result)!.Model);

    [Fact]
    public void A_boolean_is_a_bool_so_that_false_can_be_sent() => Assert.DoesNotContain(
        CmdletAssembly.Generated.SelectMany(pair => pair.Command.Parameters
            .Where(p => p.Type == ParameterType.Boolean)
            .Select(p => pair.Cmdlet.Parameter(p.Label)!)),
        p => p.TypeName != "System.Boolean");
}
