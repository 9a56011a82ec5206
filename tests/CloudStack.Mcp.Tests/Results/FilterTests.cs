using System.Text.Json;
using Cloud.Core.Catalog;
using Cloud.Core.Errors;
using Cloud.Core.Objects;
using CloudStack.Client;
using CloudStack.Mcp.Server.Results.Filters;

namespace CloudStack.Mcp.Tests.Results;

public sealed class FilterTests
{
    private const string Machine = """
        {"id":"1","name":"Web-01","state":"Running","memory":4096,"cpunumber":2,"cpuused":"7.5%","haenable":true,"displayname":"It's",
         "created":"2026-03-01T10:00:00+0000","nic":[{"ipaddress":"10.1.1.4","isdefault":true},{"ipaddress":"10.2.0.9"}],
         "details":{"rootdisksize":"20"},"hypervisor":""}
        """;

    private static readonly CommandCatalog Catalog = CloudStackCatalog.Load();
    private static readonly CloudObject Row = new(JsonElement.Parse(Machine));

    [Theory]
    [InlineData("state = Running", true)]
    [InlineData("state = 'running'", true)]
    [InlineData("state==Running", true)]
    [InlineData("STATE = \"Running\"", true)]
    [InlineData("state != Running", false)]
    [InlineData("state = Stopped", false)]
    [InlineData("memory = 4096", true)]
    [InlineData("memory>=4096", true)]
    [InlineData("memory > 4096", false)]
    [InlineData("memory < 10000", true)]
    [InlineData("cpuused > 7", true)]
    [InlineData("cpuused < 7.5", false)]
    [InlineData("haenable = true", true)]
    [InlineData("haenable != true", false)]
    [InlineData("created > 2026-02-28", true)]
    [InlineData("created >= 2026-03-01T12:00:00+0200", true)]
    [InlineData("created < 2026-03-01T10:00:00Z", false)]
    [InlineData("name contains 'EB-0'", true)]
    [InlineData("name startswith web", true)]
    [InlineData("name startswith eb", false)]
    [InlineData("name like 'web-*'", true)]
    [InlineData("name like 'w??-0?'", true)]
    [InlineData("name like '*-02'", false)]
    [InlineData("name in (db-01, web-01)", true)]
    [InlineData("memory in (1024,4096)", true)]
    [InlineData("state in (Stopped)", false)]
    [InlineData("displayname = 'It''s'", true)]
    [InlineData("hypervisor = ''", true)]
    [InlineData("templatename = ''", true)]
    [InlineData("templatename != ''", false)]
    [InlineData("nic.ipaddress = 10.2.0.9", true)]
    [InlineData("nic.ipaddress != 10.2.0.9", false)]
    [InlineData("nic.ipaddress startswith 192.", false)]
    [InlineData("details.rootdisksize > 19", true)]
    [InlineData("state = Stopped or memory > 1 and cpunumber = 2", true)]
    [InlineData("(state = Stopped or memory > 1) and cpunumber = 4", false)]
    [InlineData("state = Running AND (memory > 9999 OR name like 'web-*')", true)]
    public void A_filter_compares_by_the_fields_type(string filter, bool matches) =>
        Assert.Equal(matches, FilterParser.Parse(filter, Catalog.FindCommand("listVirtualMachines")!, Catalog).Matches(Row));

    [Theory]
    [InlineData("", 1, "a field is missing")]
    [InlineData("state", 6, "an operator is missing")]
    [InlineData("state Running", 7, "'Running' is no operator")]
    [InlineData("state = ", 9, "a value for state is missing")]
    [InlineData("state = Running memory = 1", 17, "join conditions with 'and' or 'or'")]
    [InlineData("state = Running and", 20, "a field is missing")]
    [InlineData("(state = Running", 17, "a ')' is missing")]
    [InlineData("state = Running)", 16, "')' is not expected")]
    [InlineData("state = 'Running", 9, "the quote isn't closed")]
    [InlineData("stat = Running", 1, "did you mean 'state'")]
    [InlineData("memory > much", 10, "a number without quotes")]
    [InlineData("memory = '4096'", 10, "a number without quotes")]
    [InlineData("created > yesterday", 11, "a date such as")]
    [InlineData("haenable = maybe", 12, "true or false")]
    [InlineData("state in Running", 10, "'in' wants a list")]
    [InlineData("name in (a, b", 14, "a ')' is missing")]
    [InlineData("'state' = Running", 1, "where a field should")]
    [InlineData("not state = Running", 1, "no field 'not'")]
    [InlineData("1 = 1", 1, "no field '1'")]
    [InlineData("name = x; drop table", 8, "x;")]
    [InlineData("password startswith a", 1, "is a secret")]
    [InlineData("a.b.c.d.e = 1", 1, "is no field")]
    [InlineData("!", 1, "no field '!'")]
    public void A_wrong_filter_is_told_with_its_place(string filter, int position, string problem)
    {
        var error = Refused(filter);

        if (problem == "x;")
        {
            Assert.Contains("'drop' is not expected", error.Message, StringComparison.Ordinal);
            return;
        }

        Assert.Contains($"position {position}:", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Length_depth_and_number_of_conditions_are_bounded()
    {
        Assert.Contains("longer than", Refused("name = " + new string('x', 1000)).Message, StringComparison.Ordinal);
        Assert.Contains("nested", Refused(new string('(', 17) + "name = x" + new string(')', 17)).Message, StringComparison.Ordinal);
        Assert.Contains("conditions", Refused(string.Join(" or ", Enumerable.Repeat("name = x", 51))).Message, StringComparison.Ordinal);
        Assert.Contains("values", Refused($"name in ({string.Join(',', Enumerable.Range(0, 201))})").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_made_to_be_slow_is_not()
    {
        var test = FilterParser.Parse($"name like '{string.Concat(Enumerable.Repeat("a*", 400))}b'", Catalog.FindCommand("listVirtualMachines")!, Catalog);
        var row = new CloudObject(JsonElement.Parse($$"""{"name":"{{new string('a', 20_000)}}"}"""));
        var begun = TimeProvider.System.GetTimestamp();

        Assert.False(test.Matches(row));

        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Nothing_that_is_written_ends_otherwise_than_in_a_test_or_an_error()
    {
        string[] pieces = ["state", "memory", "=", "!=", "<", "(", ")", ",", "and", "or", "in", "like", "'a'", "\"", "1", "\u202E", "nic.", " ", "Running", "!"];
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var filter = string.Join(random.Next(2) == 0 ? " " : "", Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            try
            {
                FilterParser.Parse(filter, Catalog.FindCommand("listVirtualMachines")!, Catalog).Matches(Row);
            }
            catch (CloudException error)
            {
                Assert.Equal(ErrorCause.InvalidArgument, error.Cause);
            }
        }
    }

    private static CloudException Refused(string filter) =>
        Assert.Throws<CloudException>(() => FilterParser.Parse(filter, Catalog.FindCommand("listVirtualMachines")!, Catalog));
}
