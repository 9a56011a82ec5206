using System.Xml.Linq;
using Cloud.Core.Catalog;

namespace CloudStack.PowerShell.Tests.Metadata;

/// <summary>What the pipeline may bring: whole objects to identifiers of their own model, and little else.</summary>
public sealed class CmdletPipelineTests
{
    private const string Identity = "CloudStack.PowerShell.Binding.Identity`1";
    private const string Resource = "CloudStack.PowerShell.Binding.ResourceReference";
    private const string Account = "CloudStack.PowerShell.Binding.AccountReference";

    [Fact]
    public void No_identifier_is_taken_from_a_property() => Assert.DoesNotContain(
        CmdletAssembly.Generated.SelectMany(pair => pair.Cmdlet.Parameters),
        p => p.TakesPipelineProperties && p.TypeName.Contains(Identity, StringComparison.Ordinal));

    [Fact]
    public void Only_identifiers_take_objects() => Assert.DoesNotContain(
        CmdletAssembly.Generated.SelectMany(pair => pair.Cmdlet.Parameters),
        p => p.TakesPipelineObjects && !p.TypeName.StartsWith(Identity, StringComparison.Ordinal) && !p.TypeName.StartsWith(Resource, StringComparison.Ordinal)
            && p.TypeName != Account);

    [Fact]
    public void Where_an_object_of_any_class_goes_no_other_parameter_takes_objects() => Assert.DoesNotContain(
        CmdletAssembly.Generated,
        pair => pair.Cmdlet.Parameters.Where(p => p.TakesPipelineObjects).ToList() is { Count: > 1 } several
            && several.Any(p => p.TypeName.StartsWith(Resource, StringComparison.Ordinal)));

    [Fact]
    public void No_object_fits_two_parameters()
    {
        var unclear = CmdletAssembly.Generated.SelectMany(pair => pair.Cmdlet.Parameters
            .Where(p => p.TakesPipelineObjects)
            .GroupBy(p => p.TypeName)
            .Where(group => group.Count() > 1)
            .Select(group => $"{pair.Cmdlet.Name}: {string.Join(", ", group.Select(p => p.Name))}"));

        Assert.Empty(unclear);
    }

    [Fact]
    public void What_stops_or_loses_something_takes_nothing_from_properties() => Assert.DoesNotContain(
        CmdletAssembly.Generated.Where(pair => pair.Command.Effect.Effect >= Effect.Disrupt).SelectMany(pair => pair.Cmdlet.Parameters),
        p => p.TakesPipelineProperties);

    [Fact]
    public void A_change_takes_from_pipelines_only_its_target_and_what_it_cannot_do_without() => Assert.DoesNotContain(
        CmdletAssembly.Generated.Where(pair => !pair.Command.IsRead).SelectMany(pair => pair.Cmdlet.Parameters),
        p => (p.TakesPipelineObjects || p.TakesPipelineProperties) && p is { IsMandatory: false, Name: not ("Id" or "EntityId") });

    [Fact]
    public void Beside_an_optional_target_nothing_is_taken_from_properties() => Assert.DoesNotContain(
        CmdletAssembly.Generated.Where(pair => pair.Cmdlet.Parameter("Id") is { IsMandatory: false }).SelectMany(pair => pair.Cmdlet.Parameters),
        p => p.TakesPipelineProperties);

    [Fact]
    public void A_list_takes_objects_of_every_model_that_narrows_it()
    {
        var missing = CmdletAssembly.Generated.Where(pair => pair.Command is { IsList: true, IsRead: true }).SelectMany(pair => pair.Command.Parameters
            .Where(p => p is { Type: ParameterType.Uuid, Entity: not null })
            .GroupBy(p => CmdletAssembly.Catalog.FindResult(p.Entity!)!.Model)
            .Where(group => group.Count() == 1 || group.Any(p => p.Label == group.Key + "Id" || p.Name == "id"))
            .Where(group => group.Count(p => pair.Cmdlet.Parameter(p.Label)!.TakesPipelineObjects) != 1)
            .Select(group => $"{pair.Cmdlet.Name}: {group.Key}"));

        Assert.Empty(missing);
    }

    [Fact]
    public void A_read_takes_an_account_or_a_domain_wherever_one_narrows_it()
    {
        var missing = CmdletAssembly.Generated.Where(pair => pair.Command.IsRead).SelectMany(pair => pair.Command.Parameters
            .Where(p => p.Entity is { } entity && CmdletAssembly.Catalog.FindResult(entity)!.Model is "Account" or "Domain" or "Project"
                || (p is { Name: "account", Type: ParameterType.String } && pair.Command.IsList && pair.Command.FindParameter("domainid") is not null))
            .Where(p => p.Type is ParameterType.Uuid or ParameterType.String)
            .Where(p => !pair.Cmdlet.Parameter(p.Label)!.TakesPipelineObjects)
            // An account goes to its own id where there is a parameter for it.
            .Where(p => !(p.Name == "account" && pair.Cmdlet.Parameter("AccountId") is { TakesPipelineObjects: true }))
            .Select(p => $"{pair.Cmdlet.Name} -{p.Label}"));

        Assert.Empty(missing);
    }

    [Fact]
    public void An_objects_other_names_are_its_models_and_bind_to_no_cmdlet_of_ours()
    {
        var aliases = XDocument.Load(Path.Combine(BuiltModule.Folder, "CloudStack.PowerShell.types.ps1xml"))
            .Descendants("AliasProperty")
            .Select(alias => (Model: alias.Parent!.Parent!.Element("Name")!.Value.Split('.')[^1], Name: alias.Element("Name")!.Value, Field: alias.Element("ReferencedMemberName")!.Value))
            .ToList();
        var taken = CmdletAssembly.Generated.SelectMany(pair => pair.Cmdlet.Parameters)
            .Where(p => p.TakesPipelineProperties)
            .SelectMany(p => p.Aliases.Prepend(p.Name))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);

        Assert.Contains(("VirtualMachine", "VirtualMachineId", "Id"), aliases);
        Assert.Contains(("SshKeyPair", "SshKeyPairId", "Id"), aliases);
        Assert.All(aliases, alias => Assert.True(
            (alias.Name == alias.Model + "Id" && alias.Field == "Id") || alias.Name == "Name", $"{alias.Model}.{alias.Name}"));
        Assert.DoesNotContain(aliases, alias => alias.Name != "Name" && taken.Contains(alias.Name));
    }
}
