using Cloud.Core.Catalog;

namespace Catalog.Compiler.Tests;

/// <summary>What the loader makes of valid data.</summary>
public sealed class TinyCatalogTests : IDisposable
{
    private readonly TinyCatalog _tiny = new();

    [Fact]
    public void A_valid_catalog_loads_without_errors()
    {
        var (catalog, errors) = _tiny.Load();

        Assert.Empty(errors);
        Assert.Equal(["deleteZone", "listZones", "restartHost"], catalog!.Commands.Select(c => c.Name));
        Assert.Equal(["SuccessResult", "Zone"], catalog.Results.Select(r => r.Model));
    }

    [Fact]
    public void A_finder_defaults_to_the_name_and_lists_everybodys_objects() => Assert.Equivalent(
        new FinderSpec("listZones", new Dictionary<string, string> { ["listall"] = "true" }, "name", "name"),
        Load().Results.Single(r => r.Class == "ZoneResponse").Finder);

    [Fact]
    public void A_finder_must_give_what_its_list_requires()
    {
        _tiny.Replace("api.json", "\"name\", \"type\":\"string\"", "\"name\", \"type\":\"string\",\"required\":true");

        Assert.Contains(_tiny.Load().Errors, e => e.Code == "CAT014" && e.Text.Contains("requires 'name'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_parameters_own_words_come_before_the_glossarys()
    {
        Assert.Equal("How many seconds to wait.", Command("restartHost").FindParameter("timeout")!.Explanation);
        Assert.Equal("The object's identifier.", Command("deleteZone").FindParameter("id")!.Explanation);
    }

    [Fact]
    public void A_label_can_be_renamed_for_one_command() =>
        Assert.Equal("BootTimeout", Command("restartHost").FindParameter("timeout")!.Label);

    [Fact]
    public void A_target_that_the_facts_have_wrong_can_be_mended()
    {
        _tiny.Replace("entities.json", "\"parameters\": {", "\"parameters\": {\n\"listZones.id\": null");

        Assert.Null(Command("listZones").FindParameter("id")!.Entity);
        Assert.Equal("ZoneResponse", Command("deleteZone").FindParameter("id")!.Entity);
    }

    [Fact]
    public void What_the_facts_do_not_know_as_secret_can_be_marked() =>
        Assert.Equal(["timeout"], Command("restartHost").Parameters.Where(p => p.Sensitive).Select(p => p.Name));

    [Fact]
    public void Root_administrators_are_not_among_the_roles() => Assert.Equal(["User"], Command("listZones").Roles);

    [Fact]
    public void Positive_holds_for_numbers_only()
    {
        Assert.True(Command("restartHost").FindParameter("timeout")!.Positive);
        _tiny.Replace("api.json", "\"timeout\",\"type\":\"integer\"", "\"timeout\",\"type\":\"uuid\"");
        Assert.False(Command("restartHost").FindParameter("timeout")!.Positive);
    }

    public void Dispose() => _tiny.Dispose();

    private CompiledCatalog Load() => _tiny.Load().Catalog!;

    private CommandSpec Command(string name) => Load().Commands.Single(c => c.Name == name);
}
