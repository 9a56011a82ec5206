using Cloud.Core.Errors;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Tools;

public sealed class OperatorLimitTests
{
    [Fact]
    public async Task A_read_only_server_refuses_every_way_to_change_something()
    {
        await using var server = new TestServer(new ServerSettings { ReadOnly = true });
        var client = await server.ConnectAsync();
        using var nothing = new NothingChanged(server) { NorSent = true };

        var change = await client.ChangeAsync("createSSHKeyPair", """{"name":"x"}""");
        var direct = await client.CallAsync("create_ssh_key_pair", """{"name":"x"}""");
        var alias = await client.CallAsync("change_service_offering", """{"id":"web-01","serviceofferingid":"Large"}""");
        var read = await client.ReadAsync("createSSHKeyPair", """{"name":"x"}""");

        Assert.All(new[] { change, direct, alias, read }, a => Assert.Equal("DeniedByPolicy", a.Cause));
    }

    [Theory]
    [InlineData("", "destroy", "destroyVirtualMachine", false)]
    [InlineData("", "destroy", "deleteZone", false)]
    [InlineData("", "destroy", "stopVirtualMachine", true)]
    [InlineData("change", "", "stopVirtualMachine", false)]
    [InlineData("change", "", "createSSHKeyPair", true)]
    [InlineData("change", "", "listZones", true)]
    [InlineData("Volume", "", "resizeVolume", true)]
    [InlineData("Volume", "", "listZones", false)]
    [InlineData("Volume,read", "", "listVolumes", true)]
    [InlineData("Volume,read", "", "resizeVolume", false)]
    [InlineData("listZones", "", "listZones", true)]
    [InlineData("listZones", "", "listVolumes", false)]
    [InlineData("", "Get-CsZone", "listZones", false)]
    [InlineData("", "list_zones", "listZones", false)]
    [InlineData("listZones", "listZones", "listZones", false)]
    public async Task What_the_operator_lets_through_is_decided_by_effect_category_and_command(
        string allow, string deny, string command, bool allowed)
    {
        await using var server = new TestServer(new ServerSettings { Allow = Split(allow), Deny = Split(deny) });
        var spec = server.Parts.Parts.Catalog.FindCommand(command)!;

        Assert.Equal(allowed, server.Parts.Parts.Limit.Allows(spec));
    }

    [Fact]
    public async Task What_is_kept_back_is_neither_found_nor_described_nor_listed()
    {
        await using var server = new TestServer(new ServerSettings { Deny = ["Volume"], Toolsets = ["all"] });
        var client = await server.ConnectAsync();

        var found = await client.CallAsync("cloud_search", """{"query":"resize volume","limit":50}""");
        var described = await client.CallAsync("cloud_describe", """{"command":"resizeVolume"}""");

        Assert.DoesNotContain("resizeVolume", found.Text, StringComparison.Ordinal);
        Assert.Equal("DeniedByPolicy", described.Cause);
        Assert.DoesNotContain(await client.Mcp.ListToolsAsync(), t => t.Name == "resize_volume");
    }

    [Theory]
    [InlineData("destory")]
    [InlineData("Volum")]
    [InlineData("3")]
    public void A_limit_that_names_nothing_keeps_the_server_from_starting(string entry)
    {
        var error = Assert.Throws<CloudException>(() => new TestServer(new ServerSettings { Deny = [entry] }));

        Assert.Equal(ErrorCause.InvalidArgument, error.Cause);
        Assert.Contains(entry, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_toolset_keeps_the_server_from_starting()
    {
        var error = Assert.Throws<CloudException>(() => new TestServer(new ServerSettings { Toolsets = ["netwrk"] }));

        Assert.Contains("network", error.NextStep, StringComparison.Ordinal);
    }

    private static string[] Split(string text) => text.Length == 0 ? [] : [text];
}
