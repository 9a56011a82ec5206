using System.Text.Json;
using Cloud.Core.Audit;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace CloudStack.Mcp.Tests.Resources;

public sealed class ResourceTests : ServerTest
{
    private static readonly string AuditPath = Path.Combine(AppContext.BaseDirectory, $"audit-{Guid.NewGuid():N}.jsonl");

    private protected override ServerSettings Settings => new() { AuditPath = AuditPath };

    private protected override SimulatorOptions Options => new() { MachineCount = 400 };

    [Fact]
    public async Task Main_entities_have_address_forms_and_the_server_has_addresses_of_its_own()
    {
        var templates = await Client.Mcp.ListResourceTemplatesAsync();
        var resources = await Client.Mcp.ListResourcesAsync();

        Assert.Contains(templates, t => t.UriTemplate == "cloudstack://{cloud}/virtualmachine/{id}");
        Assert.Contains(templates, t => t.UriTemplate == "cloudstack://{cloud}/host/{id}");
        Assert.True(templates.Count >= 20);
        Assert.Equal(["cloudstack://server/audit", "cloudstack://server/coverage"], resources.Select(r => r.Uri).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_address_form_finds_an_object_of_its_kind()
    {
        var catalog = Server.Parts.Parts.Catalog;
        var found = 0;
        foreach (var template in await Client.Mcp.ListResourceTemplatesAsync())
        {
            var finder = catalog.ResultClasses.Select(name => catalog.FindResult(name)!).First(t => t.Model == template.Name && t.Finder is not null).Finder!;
            var list = await Client.ReadAsync(finder.Command, JsonSerializer.Serialize(finder.Arguments), ",\"fields\":[\"id\"],\"limit\":1");
            // The simulated cloud's own check of a system machine's id doesn't know the routers that it lists.
            if (list.Rows.Length == 0 || template.Name is "Router" or "SystemVm")
            {
                continue;
            }

            found++;
            var id = list.Rows[0].GetProperty("id").GetString()!;
            var row = Assert.Single((await ReadAsync(template.UriTemplate.Replace("{cloud}", "simulator", StringComparison.Ordinal)
                .Replace("{id}", id, StringComparison.Ordinal))).GetProperty("rows").EnumerateArray());

            Assert.Equal(id, row.GetProperty("id").GetString());
        }

        Assert.InRange(found, 15, 100);
    }

    [Fact]
    public async Task A_machine_is_read_by_name_and_by_id_with_all_its_fields_and_no_secret()
    {
        var byName = (await ReadAsync("cloudstack://simulator/virtualmachine/web-01")).GetProperty("rows")[0];
        var byId = (await ReadAsync($"cloudstack://simulator/virtualmachine/{byName.GetProperty("id").GetString()}")).GetProperty("rows")[0];

        Assert.Equal("web-01", byName.GetProperty("name").GetString());
        Assert.True(byName.EnumerateObject().Count() > 20);
        Assert.Equal(byName.GetProperty("id").GetString(), byId.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("cloudstack://simulator/virtualmachine/no-such-machine", "no 'no-such-machine'")]
    [InlineData("cloudstack://elsewhere/virtualmachine/web-01", "no cloud 'elsewhere'")]
    [InlineData("cloudstack://simulator/unicorn/1", "nothing at 'unicorn'")]
    [InlineData("cloudstack://simulator/list/!!!", "nothing at 'list'")]
    [InlineData("file:///etc/passwd", "no address")]
    [InlineData("cloudstack://simulator", "no address")]
    [InlineData("cloudstack://simulator/virtualmachine/web-01/more", "no address")]
    public async Task Nothing_else_is_read(string uri, string why)
    {
        using var nothing = new NothingChanged(Server);

        var error = await Assert.ThrowsAnyAsync<McpException>(() => Client.Mcp.ReadResourceAsync(uri).AsTask());

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"filter\":\"state = Running\"")]
    public async Task The_link_of_a_cut_list_reads_the_rest_and_nothing_twice(string more)
    {
        var answer = await Client.ReadAsync("listVirtualMachines", """{"listall":true}""", ",\"fields\":[\"id\"],\"limit\":30" + more);

        var rest = await ReadAsync(answer.Link!);

        var first = answer.Rows.Select(r => r.GetProperty("id").GetString()).ToList();
        var others = rest.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("id").GetString()).ToList();
        Assert.Equal(answer["total"], rest.GetProperty("total").ToString());
        Assert.Equal(rest.GetProperty("total").GetInt32(), first.Count + others.Count);
        Assert.Equal(first.Count + others.Count, first.Concat(others).Distinct().Count());
        Assert.False(rest.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task A_link_reads_no_more_than_its_reader_may()
    {
        var link = (await Client.ReadAsync("listVolumes", """{"listall":true}""", ",\"limit\":5")).Link!;
        await using var narrow = new TestServer(new ServerSettings { Deny = ["Volume"] });
        var client = await narrow.ConnectAsync();

        var error = await Assert.ThrowsAnyAsync<McpException>(() => client.Mcp.ReadResourceAsync(link).AsTask());

        Assert.Contains("doesn't let listVolumes through", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_made_up_for_a_change_changes_nothing()
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(JsonElement.Parse(
            """{"Command":"deleteVolume","Arguments":{"id":"scratch"},"Fields":[],"Filter":null,"Skip":0}"""));
        using var nothing = new NothingChanged(Server);

        await Assert.ThrowsAnyAsync<McpException>(() => Client.Mcp.ReadResourceAsync(
            "cloudstack://simulator/list/" + System.Buffers.Text.Base64Url.EncodeToString(text)).AsTask());
    }

    [Fact]
    public async Task The_audit_trails_end_is_read_newest_first()
    {
        var log = new FileAuditLog(AuditPath);
        foreach (var record in await RecordsAsync())
        {
            await log.AppendAsync(record, CancellationToken.None);
        }

        var lines = (await ReadAsync("cloudstack://server/audit")).GetProperty("lines").EnumerateArray().ToList();
        File.Delete(AuditPath);

        Assert.Equal("createSSHKeyPair", lines[0].GetProperty("command").GetString());
        Assert.Equal("completed", lines[0].GetProperty("outcome").GetString());
        Assert.DoesNotContain("PRIVATE KEY", string.Concat(lines.Select(l => l.GetRawText())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_coverage_table_is_that_of_the_docs()
    {
        var page = (TextResourceContents)(await Client.Mcp.ReadResourceAsync("cloudstack://server/coverage")).Contents[0];

        Assert.Contains("| commands in the catalog |", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id", "web-0", "web-01")]
    [InlineData("cloud", "sim", "simulator")]
    public async Task Names_are_completed_by_their_beginning(string argument, string value, string found)
    {
        var completion = (await Client.Mcp.CompleteAsync(
            new ResourceTemplateReference { Uri = "cloudstack://{cloud}/virtualmachine/{id}" }, argument, value)).Completion;

        Assert.Contains(found, completion.Values);
        Assert.All(completion.Values, v => Assert.StartsWith(value, v, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Ids_are_completed_and_at_most_100_values_are_given()
    {
        var reference = new ResourceTemplateReference { Uri = "cloudstack://{cloud}/virtualmachine/{id}" };
        var id = Server.Cloud.SampleId("UserVmResponse");

        var one = (await Client.Mcp.CompleteAsync(reference, "id", id[..8])).Completion;
        var many = (await Client.Mcp.CompleteAsync(reference, "id", "")).Completion;

        Assert.Contains(id, one.Values);
        Assert.Equal(100, many.Values.Count);
        Assert.True(many.HasMore);
    }

    private async Task<IReadOnlyList<AuditRecord>> RecordsAsync()
    {
        await Client.ChangeAsync("createSSHKeyPair", """{"name":"audited"}""");
        return Server.Audit.Records;
    }

    private async Task<JsonElement> ReadAsync(string uri)
    {
        var contents = Assert.IsType<TextResourceContents>(Assert.Single((await Client.Mcp.ReadResourceAsync(uri)).Contents));
        Assert.Equal("application/json", contents.MimeType);
        return JsonElement.Parse(contents.Text);
    }
}
