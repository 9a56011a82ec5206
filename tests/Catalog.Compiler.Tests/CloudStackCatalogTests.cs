using System.Text.RegularExpressions;
using Cloud.Core.Catalog;

namespace Catalog.Compiler.Tests;

/// <summary>The repository's own catalog is complete and means what the facts say.</summary>
public sealed partial class CloudStackCatalogTests
{
    private static readonly CompiledCatalog Catalog = CloudStackData.Catalog;

    [Theory]
    [InlineData("commands")]
    [InlineData("async")]
    [InlineData("asyncCreate")]
    [InlineData("list")]
    [InlineData("paged")]
    [InlineData("mutating")]
    [InlineData("params")]
    [InlineData("requiredParams")]
    [InlineData("responses")]
    [InlineData("responseFields")]
    public void The_counts_are_those_that_the_facts_state(string what)
    {
        var parameters = Catalog.Commands.SelectMany(c => c.Parameters).ToList();
        var count = what switch
        {
            "commands" => Catalog.Commands.Count,
            "async" => Catalog.Commands.Count(c => c.IsAsync),
            "asyncCreate" => Catalog.Commands.Count(c => c.CreatesEntity),
            "list" => Catalog.Commands.Count(c => c.IsList),
            "paged" => Catalog.Commands.Count(c => c.IsPaged),
            "mutating" => Catalog.Commands.Count(c => c.Mutates),
            "params" => parameters.Count,
            "requiredParams" => parameters.Count(p => p.Required),
            "responses" => Catalog.Results.Count,
            "responseFields" => Catalog.Results.Sum(r => r.Fields.Count),
            _ => -1,
        };

        Assert.Equal(CloudStackData.Facts.GetProperty("counts").GetProperty(what).GetInt32(), count);
    }

    [Fact]
    public void There_are_917_commands_and_311_result_classes()
    {
        Assert.Equal(917, Catalog.Commands.Count);
        Assert.Equal(311, Catalog.Results.Count);
    }

    [Fact]
    public void No_destructive_command_is_rated_read_or_change_without_a_reason()
    {
        var reasons = CloudStackData.Read("effects.json");
        var harmless = Catalog.Commands
            .Where(c => c.Effect.Effect < Effect.Disrupt && DestructiveVerb.IsMatch(c.Name))
            .Where(c => !reasons.GetProperty(c.Name).TryGetProperty("reason", out _));

        Assert.Empty(harmless.Select(c => c.Name));
    }

    [Theory]
    [InlineData("deleteZone", Effect.Critical)]
    [InlineData("deleteAccount", Effect.Critical)]
    [InlineData("deleteDomain", Effect.Critical)]
    [InlineData("destroyVirtualMachine", Effect.Destroy)]
    [InlineData("expungeVirtualMachine", Effect.Destroy)]
    [InlineData("deleteVolume", Effect.Destroy)]
    [InlineData("deleteSnapshot", Effect.Destroy)]
    [InlineData("stopVirtualMachine", Effect.Disrupt)]
    [InlineData("rebootVirtualMachine", Effect.Disrupt)]
    [InlineData("deployVirtualMachine", Effect.Change)]
    [InlineData("listVirtualMachines", Effect.Read)]
    public void The_commands_that_people_know_are_rated_as_they_expect(string command, Effect effect) =>
        Assert.Equal(effect, Command(command).Effect.Effect);

    [Fact]
    public void A_command_that_only_reads_does_not_change_state_by_the_servers_own_rule()
    {
        // The server counts these as changing; they answer with a secret, a file or a probe and leave the cloud as it is.
        var reads = Catalog.Commands.Where(c => c.IsRead && c.Mutates).Select(c => c.Name);

        Assert.All(reads, name => Assert.DoesNotMatch("^(create|delete|update|add|remove|deploy|destroy|start|stop)[A-Z]", name));
    }

    [Fact]
    public void Every_warning_from_disrupt_upward_is_one_sentence() => Assert.All(
        Catalog.Commands.Where(c => c.Effect.Effect >= Effect.Disrupt),
        c => Assert.Matches(@"^[^a-z].+[^.]\.$", c.Effect.Warning));

    [Fact]
    public void Cmdlets_are_unique_and_only_the_login_family_and_the_test_clouds_have_none()
    {
        var named = Catalog.Commands.Where(c => c.Cmdlet is not null).ToList();

        Assert.Equal(named.Count, named.Select(c => c.Cmdlet).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(
            Catalog.Commands.Where(c => c.Cmdlet is null),
            c => Assert.True(c.IsAuthenticator || c.Category is "Simulator" or "Authentication" or "ObjectStore", c.Name));
    }

    [Fact]
    public void Labels_are_the_wire_names_in_other_casing_but_for_the_few_exceptions()
    {
        var renamed = Catalog.Commands.SelectMany(c => c.Parameters.Select(p => (c.Name, p)))
            .Where(x => !x.p.Label.Equals(x.p.Name.Replace("_", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));

        Assert.All(renamed, x => Assert.Equal("timeout", x.p.Name));
        Assert.Equal(5, renamed.Count());
    }

    [Fact]
    public void Every_entity_and_every_nested_class_is_a_result_class()
    {
        var classes = Catalog.Results.Select(r => r.Class).ToHashSet();

        Assert.All(Catalog.Commands.SelectMany(c => c.Parameters), p => Assert.True(p.Entity is null || classes.Contains(p.Entity)));
        Assert.All(Catalog.Results.SelectMany(r => r.Fields), f => Assert.True(f.Of is null || classes.Contains(f.Of)));
        Assert.All(Catalog.Commands, c => Assert.Contains(c.Result, classes));
    }

    [Theory]
    [InlineData("UserVmResponse", "listVirtualMachines", "name", "name")]
    [InlineData("TemplateResponse", "listTemplates", "name", "name")]
    [InlineData("DomainResponse", "listDomains", "name", "name")]
    [InlineData("UserResponse", "listUsers", "username", "username")]
    [InlineData("IPAddressResponse", "listPublicIpAddresses", "ipaddress", "ipaddress")]
    [InlineData("SecurityGroupResponse", "listSecurityGroups", "name", "securitygroupname")]
    [InlineData("BackupOfferingResponse", "listBackupOfferings", "name", "keyword")]
    [InlineData("UcsManagerResponse", "listUcsManagers", "name", null)]
    public void Objects_are_found_by_the_list_that_people_would_use(string className, string list, string name, string? filter)
    {
        var finder = Catalog.Result(className).Finder!;

        Assert.Equal((list, name, filter), (finder.Command, finder.NameField, finder.FilterParameter));
    }

    [Fact]
    public void A_new_name_for_a_storage_pool_is_never_taken_for_the_pool_itself() =>
        Assert.Null(Command("updateStoragePool").FindParameter("name")!.Entity);

    [Fact]
    public void A_template_list_is_asked_for_what_can_be_deployed()
    {
        var arguments = Catalog.Result("TemplateResponse").Finder!.Arguments;

        Assert.Equal(("executable", "true"), (arguments["templatefilter"], arguments["listall"]));
    }

    [Fact]
    public void Aliases_lead_to_commands_and_hide_no_tool()
    {
        var commands = Catalog.Commands.Select(c => c.Name).ToHashSet();

        Assert.NotEmpty(Catalog.Aliases);
        Assert.All(Catalog.Aliases.SelectMany(a => a.Commands), c => Assert.Contains(c, commands));
    }

    [Fact]
    public void Whatever_is_named_like_a_secret_is_marked_as_one()
    {
        var open = Catalog.Commands.SelectMany(c => c.Parameters.Where(p => !p.Sensitive).Select(p => $"{c.Name}.{p.Name}"))
            .Concat(Catalog.Results.SelectMany(r => r.Fields.Where(f => !f.Sensitive).Select(f => $"{r.Class}.{f.Name}")))
            .Where(name => SecretName.IsMatch(name));

        Assert.Empty(open);
    }

    [Fact]
    public void Every_map_has_a_layout_and_nothing_else_has_one() => Assert.All(
        Catalog.Commands.SelectMany(c => c.Parameters),
        p => Assert.Equal(p.Type == ParameterType.Map, p.Map is not null));

    [GeneratedRegex("^(delete|destroy|expunge|purge|remove|revoke|wipe|clean|cleanup|release|disassociate|unmanage)[A-Z]")]
    private static partial Regex DestructiveVerb { get; }

    [GeneratedRegex(@"\.\w*(password|passwd|pass|secretkey|secretcode|privatekey|sessionkey|apikey|psk|presharedkey)$")]
    private static partial Regex SecretName { get; }

    private static CommandSpec Command(string name) => Catalog.Commands.Single(c => c.Name == name);
}
