using Cloud.Core.Errors;
using Cloud.Core.Operations;
using CloudStack.Client.Tests.Support;

namespace CloudStack.Client.Tests.Naming;

public sealed class NameFinderTests
{
    private const string Machines = "UserVmResponse";

    [Fact]
    [Trait("Protocol", "6.4")]
    public async Task A_name_is_compared_exactly_because_the_server_matches_parts()
    {
        var server = List("""{"id":"1","name":"web-01"},{"id":"2","name":"web-011"},{"id":"3","name":"my-web-01"}""");

        Assert.Equal("1", Assert.Single(await Find(server, "web-01")).Id);
        Assert.Equal(("web-01", "true"), (server.Log[0].Parameters["name"], server.Log[0].Parameters["listall"]));
    }

    [Fact]
    public async Task Case_does_not_matter_unless_it_tells_two_apart()
    {
        var server = List("""{"id":"1","name":"Web-01"},{"id":"2","name":"web-01"}""");

        Assert.Equal("1", Assert.Single(await Find(server, "Web-01")).Id);
        Assert.Equal("2", Assert.Single(await Find(server, "web-01")).Id);
        Assert.Equal(["1", "2"], (await Find(server, "WEB-01")).Select(t => t.Id));
    }

    [Fact]
    public async Task Several_objects_of_one_name_are_all_given_with_what_tells_them_apart()
    {
        var found = await Find(
            List("""
                {"id":"1","name":"web","account":"ops","domain":"ROOT","zonename":"fra1","state":"Running"},
                {"id":"2","name":"web","project":"shop","domainpath":"ROOT/Sales"}
                """),
            "web");

        Assert.Equal(["account ops, domain ROOT, zone fra1, state Running", "project shop, domain ROOT/Sales"], found.Select(t => t.Context));
    }

    [Fact]
    public async Task An_object_listed_once_per_zone_is_one_match()
    {
        var server = List("""{"id":"1","name":"debian","zonename":"fra1"},{"id":"1","name":"debian","zonename":"ams1"}""");

        Assert.Single(await Sample.Provider(server).FindAsync("TemplateResponse", "debian", Sample.Command("deployVirtualMachine"), CancellationToken.None));
    }

    [Fact]
    [Trait("Protocol", "6.4")]
    public async Task What_belongs_to_a_project_is_found_second()
    {
        var server = new ScriptedServer().Then("""{"r":{}}""").Then("""{"r":{"count":1,"virtualmachine":[{"id":"1","name":"web"}]}}""");

        Assert.Equal("1", Assert.Single(await Find(server, "web")).Id);
        Assert.Equal([null, "-1"], server.Log.Select(r => r.Parameters.GetValueOrDefault("projectid")));
    }

    [Fact]
    public async Task A_name_that_nothing_has_gives_nothing() =>
        Assert.Empty(await Find(new ScriptedServer { Otherwise = _ => ScriptedServer.Json("""{"r":{}}""") }, "web"));

    [Fact]
    [Trait("Protocol", "6.4")]
    public async Task The_search_keeps_to_the_commands_project()
    {
        var server = List("""{"id":"1","name":"net"}""");
        var context = Sample.Command("deployVirtualMachine", ("projectid", Sample.Id), ("zoneid", Sample.Id), ("account", "a"), ("domainid", Sample.Id));

        await Sample.Provider(server).FindAsync("NetworkResponse", "net", context, CancellationToken.None);

        var sent = server.Log[0].Parameters;
        Assert.Equal((Sample.Id, Sample.Id), (sent["projectid"], sent["zoneid"]));
        Assert.DoesNotContain("account", sent.Keys);
    }

    [Fact]
    [Trait("Protocol", "6.4")]
    public async Task The_search_keeps_to_the_commands_account_and_domain()
    {
        var server = List("""{"id":"1","name":"net"}""");
        var context = Sample.Command("deployVirtualMachine", ("account", "ops"), ("domainid", Sample.Id));

        await Sample.Provider(server).FindAsync("NetworkResponse", "net", context, CancellationToken.None);

        Assert.Equal(("ops", Sample.Id), (server.Log[0].Parameters["account"], server.Log[0].Parameters["domainid"]));
    }

    [Theory]
    [InlineData("ZoneResponse")]
    [InlineData("TemplateResponse")]
    [InlineData("ServiceOfferingResponse")]
    public async Task What_is_shared_is_not_looked_for_in_one_account(string resultClass)
    {
        var server = new ScriptedServer { Otherwise = _ => ScriptedServer.Json("""{"r":{}}""") };
        var context = Sample.Command("deployVirtualMachine", ("account", "ops"), ("domainid", Sample.Id));

        await Sample.Provider(server).FindAsync(resultClass, "x", context, CancellationToken.None);

        Assert.All(server.Log, r => Assert.False(r.Parameters.ContainsKey("account") || r.Parameters.ContainsKey("domainid")));
    }

    [Fact]
    public async Task A_scope_that_is_still_a_name_narrows_nothing()
    {
        var server = List("""{"id":"1","name":"net"}""");

        await Sample.Provider(server).FindAsync(
            "NetworkResponse", "net", Sample.Command("deployVirtualMachine", ("zoneid", "fra1")), CancellationToken.None);

        Assert.DoesNotContain("zoneid", server.Log[0].Parameters.Keys);
    }

    [Fact]
    public async Task A_class_without_a_list_by_name_is_refused()
    {
        var error = await Assert.ThrowsAsync<CloudException>(() => Sample.Provider(new ScriptedServer()).FindAsync(
            "AsyncJobResponse", "x", Sample.Command("listZones"), CancellationToken.None));

        Assert.Equal(ErrorCause.InvalidArgument, error.Cause);
    }

    [Fact]
    public async Task A_search_through_endless_rows_is_given_up()
    {
        var cloud = new PagedServer(20_500);

        var error = await Assert.ThrowsAsync<CloudException>(() => Find(cloud.Server, "web"));

        Assert.Contains("20000 rows", error.Message, StringComparison.Ordinal);
        Assert.InRange(cloud.Asked.Count, 40, 45);
    }

    [Fact]
    public async Task An_object_is_looked_up_by_its_identifier()
    {
        var server = List($$"""{"id":"{{Sample.Id}}","name":"web","state":"Running"}""");

        var target = await Sample.Provider(server).LookUpAsync(Machines, Sample.Id, CancellationToken.None);

        Assert.Equal(("web", "state Running"), (target!.Name, target.Context));
        Assert.Equal(Sample.Id, server.Log[0].Parameters["id"]);
    }

    [Theory]
    [InlineData("""{"r":{}}""", 200)]
    [InlineData("""{"r":{"errorcode":431,"cserrorcode":4350,"errortext":"entity does not exist"}}""", 431)]
    [InlineData("""{"r":{"count":1,"virtualmachine":[{"id":"another","name":"x"}]}}""", 200)]
    public async Task An_identifier_that_nothing_visible_has_gives_nothing(string answer, int status) => Assert.Null(
        await Sample.Provider(new ScriptedServer().Then(answer, status)).LookUpAsync(Machines, Sample.Id, CancellationToken.None));

    [Fact]
    public async Task Every_class_with_a_finder_can_be_searched()
    {
        var server = new ScriptedServer { Otherwise = _ => ScriptedServer.Json("""{"r":{}}""") };
        var provider = Sample.Provider(server);
        var classes = Sample.Catalog.ResultClasses.Where(name => Sample.Catalog.FindResult(name)!.Finder is not null).ToList();

        foreach (var name in classes)
        {
            Assert.Empty(await provider.FindAsync(name, "x", Sample.Command("listZones"), CancellationToken.None));
            Assert.Null(await provider.LookUpAsync(name, Sample.Id, CancellationToken.None));
        }

        Assert.InRange(classes.Count, 50, 200);
    }

    private static Task<IReadOnlyList<NamedTarget>> Find(ScriptedServer server, string name) =>
        Sample.Provider(server).FindAsync(Machines, name, Sample.Command("startVirtualMachine"), CancellationToken.None);

    private static ScriptedServer List(string rows) => new()
    {
        Otherwise = r => ScriptedServer.Json($$$"""{"r":{"count":9,"row":[{{{rows}}}]}}"""),
    };
}
