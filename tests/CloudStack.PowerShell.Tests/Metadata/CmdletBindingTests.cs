using Cloud.Core.Catalog;

namespace CloudStack.PowerShell.Tests.Metadata;

/// <summary>How arguments find their parameters.</summary>
public sealed class CmdletBindingTests
{
    [Fact]
    public void No_two_parameters_of_a_set_share_a_position()
    {
        var clashes = CmdletAssembly.All.SelectMany(c => c.Parameters
            .SelectMany(p => p.Declarations.Select(d => (
                Set: CmdletParameter.Setting(d, "ParameterSetName") as string ?? "", Position: CmdletParameter.Setting(d, "Position"))))
            .Where(p => p.Position is not null)
            .GroupBy(p => p)
            .Where(group => group.Count() > 1)
            .Select(group => $"{c.Name} {group.Key}"));

        Assert.Empty(clashes);
    }

    [Fact]
    public void Every_parameter_set_but_the_default_has_a_mandatory_parameter_of_its_own()
    {
        var unclear = CmdletAssembly.All.SelectMany(c => Sets(c)
            .Where(set => Sets(c).Count > 1 && set != CmdletParameter.Setting(c.Attribute, "DefaultParameterSetName") as string && !c.Parameters.Any(p => p.Declarations is [var only]
                && CmdletParameter.Setting(only, "ParameterSetName") as string == set
                && CmdletParameter.Setting(only, "Mandatory") is true))
            .Select(set => $"{c.Name} {set}"));

        Assert.Empty(unclear);
    }

    [Fact]
    public void The_id_comes_first_and_from_the_pipeline() => Assert.DoesNotContain(
        CmdletAssembly.Generated
            .Where(pair => pair.Command.Parameters.Any(p => p is { Name: "id", Type: ParameterType.Uuid }))
            .Select(pair => pair.Cmdlet.Parameter("Id")!),
        id => !id.TakesPipelineObjects || CmdletParameter.Setting(id.Declarations[0], "Position") is not 0);

    [Fact]
    public void An_identifier_of_a_known_kind_takes_only_objects_of_that_kind()
    {
        var loose = CmdletAssembly.Generated.SelectMany(pair => pair.Command.Parameters
            .Where(p => p is { Type: ParameterType.Uuid, Entity: not null })
            .Where(p => !pair.Cmdlet.Parameter(p.Label)!.TypeName.StartsWith("CloudStack.PowerShell.Binding.Identity`1", StringComparison.Ordinal))
            .Select(p => $"{pair.Cmdlet.Name} -{p.Label}"));

        Assert.Empty(loose);
    }

    private static List<string> Sets(Cmdlet cmdlet) => [.. cmdlet.Parameters
        .SelectMany(p => p.Declarations)
        .Select(d => CmdletParameter.Setting(d, "ParameterSetName"))
        .OfType<string>()
        .Distinct()];
}
