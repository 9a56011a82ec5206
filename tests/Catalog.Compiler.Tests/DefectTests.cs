namespace Catalog.Compiler.Tests;

/// <summary>Each defect of the data is refused with its code, file and line.</summary>
public sealed class DefectTests
{
    private const string Zone = "\"ZoneResponse\": {\"command\": \"listZones\"}";

    public static TheoryData<string, string, string, string, string> Defects => new()
    {
        // the file, the text that is replaced and by what; the code, and what the named line starts with (file|text elsewhere)
        { "names.json", "    \"listZones\": \"Get-CsZone\",\n", "", "CAT003", "\"cmdlets\"" },
        { "names.json", "\"listZones\": \"Get-CsZone\"", "\"listZones\": \"Get-CsZone\", \"listPods\": \"Get-CsPod\"", "CAT004", "listPods" },
        { "names.json", "\"listZones\": \"Get-CsZone\"", "\"listZones\": \"Get-CsZone\",\n\"listZones\": \"Get-CsZone\"", "CAT002", "\n\"listZones\"" },
        { "names.json", "Get-CsZone", "Remove-CsZone", "CAT006", "\"listZones\"" },
        { "names.json", "Get-CsZone", "Fetch-CsZone", "CAT007", "Fetch-CsZone" },
        { "names.json", "Get-CsZone", "Get-Zone", "CAT007", "Get-Zone" },
        { "names.json", "Get-CsZone", "", "CAT003", "\"listZones\"" },
        { "names.json", "\"Get-CsZone\"", "7", "CAT005", "\"listZones\"" },
        { "names.json", "      \"name\": \"Name\",\n      \"timeout\"", "      \"timeout\"", "CAT003", "\"parameters\"" },
        { "names.json", "\"hostname\": \"HostName\"", "\"hostname\": \"Host\"", "CAT008", "\"hostname\"" },
        { "names.json", "\"hostname\": \"HostName\"", "\"hostname\": \"hostName\"", "CAT008", "\"hostname\"" },
        { "names.json", "\"dns_1\": \"Dns1\"", "\"dns_1\": \"Dns_1\"", "CAT008", "\"dns_1\"" },
        { "names.json", "\"success\": \"Success\"", "\"success\": \"Success\", \"zone\": \"Zone\"", "CAT004", "\"zone\"" },
        { "names.json", "\"restartHost\": {", "\"restartPod\": {", "CAT004", "\"restartPod\"" },
        { "names.json", "{ \"timeout\": \"BootTimeout\" }", "{\n \"wait\": \"BootWait\" }", "CAT004", "\"wait\"" },
        { "names.json", "\"ZoneResponse\": \"Zone\"", "\"ZoneResponse\": \"SuccessResult\"", "CAT010", "\"ZoneResponse\"" },
        { "names.json", "\"ZoneResponse\": \"Zone\"", "\"ZoneResponse\": \"Name\"", "CAT010", "\"ZoneResponse\"" },
        { "names.json", "\"ZoneResponse\": \"Zone\"", "\"ZoneResponse\": \"Task\"", "CAT010", "\"ZoneResponse\"" },
        { "names.json", "\"SuccessResponse\": \"SuccessResult\",\n", "", "CAT003", "\"models\"" },
        { "names.json", "\"Get-CsZone\",", "\"Get-CsZone\"", "CAT001", "\"restartHost\"" },
        { "categories.json", "\"deleteZone\",\n        \"listZones\"", "\"listZones\"", "CAT003", "{" },
        { "categories.json", "\"restartHost\"", "\"restartHost\",\n\"listZones\"", "CAT002", "\n\"listZones\"" },
        { "categories.json", "\"restartHost\"", "\"restartHost\",\n\"listPods\"", "CAT004", "\"listPods\"" },
        { "categories.json", "\"name\": \"Host\",", "\"name\": \"Zone\",", "CAT002", "\"name\": \"Zone\",\n      \"title\": \"Host\"" },
        { "effects.json", "  \"listZones\": {\"effect\":\"read\"},\n", "", "CAT003", "{" },
        { "effects.json", "\"listZones\": {\"effect\":\"read\"}", "\"listZones\": {\"effect\":\"look\"}", "CAT005", "\"listZones\"" },
        { "effects.json", "\"listZones\": {\"effect\":\"read\"}", "\"listZones\": {\"effect\":\"read\",\"risk\":1}", "CAT004", "\"listZones\"" },
        { "effects.json", "\"reversible\":true,", "", "CAT003", "\"restartHost\"" },
        { "effects.json", "\"warning\":\"The host is off for minutes.\"", "\"warning\":\" \"", "CAT012", "\"restartHost\"" },
        { "effects.json", ",\"typed\":\"id\"", "", "CAT011", "\"deleteZone\"" },
        { "effects.json", "\"typed\":\"id\"", "\"typed\":\"zone\"", "CAT011", "\"deleteZone\"" },
        { "effects.json", "minutes.\"", "minutes.\",\"typed\":\"hostname\"", "CAT011", "\"restartHost\"" },
        { "effects.json", "\"effect\":\"critical\",\"reversible\":false,\"blast\":\"zone\",\"warning\":\"The zone is gone.\",\"typed\":\"id\"", "\"effect\":\"change\",\"reversible\":false,\"blast\":\"zone\"", "CAT013", "\"deleteZone\"" },
        { "entities.json", Zone, "", "CAT003", "\"finders\"" },
        { "entities.json", Zone, Zone + ",\n\"SuccessResponse\": null", "CAT004", "\"SuccessResponse\"" },
        { "entities.json", "{\"command\": \"listZones\"}", "{\"command\": \"listPods\"}", "CAT004", "listPods" },
        { "entities.json", "{\"command\": \"listZones\"}", "{\"command\": \"restartHost\"}", "CAT014", "restartHost" },
        { "entities.json", "{\"command\": \"listZones\"}", "{\"command\": \"listZones\", \"name\": \"title\"}", "CAT014", "title" },
        { "entities.json", "{\"command\": \"listZones\"}", "{\"command\": \"listZones\", \"filter\": \"title\"}", "CAT014", "title" },
        { "entities.json", "{\"command\": \"listZones\"}", "{\"command\": \"listZones\", \"arguments\": {\"all\": \"true\"}}", "CAT004", "all" },
        { "entities.json", "\"parameters\": {", "\"parameters\": {\n\"listZones.zone\": null", "CAT004", "listZones.zone" },
        { "entities.json", "\"parameters\": {", "\"parameters\": {\n\"listZones.id\": \"PodResponse\"", "CAT004", "listZones.id" },
        { "api.json", "\"entity\":\"ZoneResponse\"},\n  {\"name\":\"listall\",\"type\":\"boolean\"", "\"entity\":\"ZoneResponse\"},\n  {\"name\":\"listall\",\"type\":\"boolean\",\"entity\":\"ZoneResponse\"", "CAT003", "entities.json|\"parameters\"" },
        { "api.json", "{\"name\":\"listall\",\"type\":\"boolean\"}", "{\"name\":\"listall\",\"type\":\"bool\"}", "CAT005", "\"bool\"" },
        { "api.json", "{\"name\":\"dns_1\",\"type\":\"string\"}", "{\"name\":\"dns_1\",\"type\":\"text\"}", "CAT005", "\"text\"" },
        { "api.json", "\"response\":\"ZoneResponse\"", "\"response\":\"PodResponse\"", "CAT004", "PodResponse" },
        { "api.json", "\"name\":\"hostname\",\"type\":\"string\",\"required\":true},", "\"name\":\"hostname\",\"type\":\"string\",\"required\":true},\n  {\"name\":\"hostname\",\"type\":\"string\"},", "CAT009", "{\"name\":\"hostname\",\"type\":\"string\"}" },
        { "api.json", "{\"name\":\"dns_1\",\"type\":\"string\"}", "{\"name\":\"dns_1\",\"type\":\"string\"},\n {\"name\":\"dns_1\",\"type\":\"date\"}", "CAT002", "\"type\":\"date\"" },
        { "secrets.json", "restartHost.timeout", "restartHost.wait", "CAT004", "\"restartHost.wait\"" },
        { "secrets.json", "\"fields\": {", "\"fields\": {\n\"ZoneResponse.key\": true", "CAT004", "\"ZoneResponse.key\"" },
        { "secrets.json", "\"restartHost.timeout\": true", "\"restartHost.timeout\": false", "CAT005", "\"restartHost.timeout\"" },
        { "aliases.json", "\"get_zones\": \"listZones\"", "\"list_zones\": \"listZones\"", "CAT016", "\"list_zones\"" },
        { "aliases.json", "\"get_zones\": \"listZones\"", "\"get_zones\": \"listPods\"", "CAT004", "\"get_zones\"" },
        { "aliases.json", "[\"deleteZone\"]", "[]", "CAT016", "\"wipe_zone\"" },
        { "aliases.json", "\"wipe_zone\"", "\"get_zones\"", "CAT002", "\"get_zones\": [" },
        { "words/Host.json", "\"Restart a host.\"", "\" \"", "CAT015", "\"synopsis\"" },
        { "words/Host.json", "\"The host goes down first. It comes back by itself.\"", "\"Restart a host.\"", "CAT015", "\"description\"" },
        { "words/Host.json", "\"timeout\":", "\"wait\":", "CAT004", "\"wait\"" },
        { "words/Host.json", "[\"listZones\"]", "[\"listPods\"]", "CAT004", "\"listPods\"" },
        { "words/Host.json", "\"restartHost\"", "\"listZones\"", "CAT004", "\"listZones\"" },
        { "words/Zone.json", "\"listZones\": {", "\"listPods\": {", "CAT003", "{" },
        { "words/Zone.json", "\"List the zones.\"", "\"delete a zone.\"", "CAT015", "\"synopsis\": \"delete" },
        { "words/glossary.json", "\"dns_1\":", "\"zone\":", "CAT004", "\"zone\"" },
        { "words/glossary.json", "\"listall\": \"Whether to list everybody's objects.\",\n", "", "CAT003", "api.json|{\"name\":\"listall\"" },
        { "words/glossary.json", "\"dns_1\": \"The first name server.\",\n", "", "CAT003", "api.json|{\"name\":\"dns_1\"" },
    };

    [Theory]
    [MemberData(nameof(Defects))]
    public void A_defect_is_reported_at_its_line(string file, string text, string replacement, string code, string at)
    {
        using var tiny = new TinyCatalog();
        tiny.Replace(file, text, replacement);

        var (catalog, errors) = tiny.Load();

        var (place, marker) = at.Split('|') is [var other, var elsewhere] ? (other, elsewhere) : (file, at);
        var line = tiny.LineOf(place, marker);
        Assert.Null(catalog);
        Assert.Contains(errors, e => e.Code == code && e.Line == line && e.Path == Path.Combine(tiny.Folder, place));
    }

    [Theory]
    [InlineData("api.json")]
    [InlineData("names.json")]
    [InlineData("categories.json")]
    [InlineData("effects.json")]
    [InlineData("entities.json")]
    [InlineData("secrets.json")]
    [InlineData("aliases.json")]
    [InlineData("words/Zone.json")]
    [InlineData("words/glossary.json")]
    public void A_missing_file_is_reported(string file)
    {
        using var tiny = new TinyCatalog();
        tiny.Delete(file);

        var (catalog, errors) = tiny.Load();

        Assert.Null(catalog);
        Assert.Contains(errors, e => e.Code == "CAT003" && e.Path == Path.Combine(tiny.Folder, file));
    }

    [Theory]
    [InlineData("api.json")]
    [InlineData("names.json")]
    [InlineData("categories.json")]
    [InlineData("effects.json")]
    [InlineData("entities.json")]
    [InlineData("secrets.json")]
    [InlineData("aliases.json")]
    [InlineData("words/Host.json")]
    [InlineData("words/glossary.json")]
    public void A_file_of_the_wrong_shape_is_refused_and_nothing_breaks(string file)
    {
        using var tiny = new TinyCatalog();
        foreach (var text in new[] { "[]", "7", "{}", "{\"a\":", "", "{\"commands\":[7],\"cmdlets\":[],\"finders\":7,\"near\":7,\"exact\":[]}" })
        {
            tiny.Write(file, text);

            var (catalog, errors) = tiny.Load();

            Assert.Null(catalog);
            Assert.NotEmpty(errors);
        }
    }

    [Fact]
    public void Words_can_come_later_where_they_are_not_required()
    {
        using var tiny = new TinyCatalog();
        tiny.Delete("words/Zone.json");
        tiny.Delete("words/glossary.json");

        Assert.Empty(tiny.Load(requireWords: false).Errors);
    }

    [Fact]
    public void A_file_of_words_that_is_for_no_category_is_refused()
    {
        using var tiny = new TinyCatalog();
        tiny.Write("words/Pod.json", "{}");

        Assert.Contains(tiny.Load().Errors, e => e.Code == "CAT004" && e.Path.EndsWith("Pod.json", StringComparison.Ordinal));
    }

    [Fact]
    public void All_defects_are_reported_at_once_sorted_by_place()
    {
        using var tiny = new TinyCatalog();
        tiny.Replace("names.json", "Get-CsZone", "Fetch-CsZone");
        tiny.Replace("effects.json", "\"read\"", "\"look\"");

        var errors = tiny.Load().Errors;

        Assert.Equal(["CAT005", "CAT007"], errors.Select(e => e.Code));
    }

    [Fact]
    public void An_error_is_written_as_build_tools_read_it()
    {
        using var tiny = new TinyCatalog();
        tiny.Replace("names.json", "Get-CsZone", "Fetch-CsZone");

        var error = Assert.Single(tiny.Load().Errors);

        Assert.Equal(
            $"{Path.Combine(tiny.Folder, "names.json")}(4,5): error CAT007: 'Fetch' isn't a verb that PowerShell approves.",
            error.ToString());
    }
}
