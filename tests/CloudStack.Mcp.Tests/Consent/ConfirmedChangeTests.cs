using System.Text.Json;
using CloudStack.Mcp.Connections;
using CloudStack.Mcp.Engines;
using CloudStack.Mcp.Server.Consent;
using CloudStack.Mcp.Tests.Engines;
using CloudStack.Mcp.Tests.Support;

namespace CloudStack.Mcp.Tests.Consent;

/// <summary>Where the operator has harmless changes confirmed too, their target is shown and read again as that of a dangerous one.</summary>
public sealed class ConfirmedChangeTests
{
    public static TheoryData<string> Engines =>
        InstalledPowerShell.Missing is null ? [nameof(EngineKind.Direct), nameof(EngineKind.PowerShell)] : [nameof(EngineKind.Direct)];

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_target_given_by_identifier_is_shown_by_name(string engine)
    {
        await using var server = Start(engine);
        var client = await server.ConnectAsync();

        var (id, name) = await StoppedAsync(client);
        var asked = await client.ChangeAsync("startVirtualMachine", $$"""{"id":"{{id}}"}""");

        Assert.StartsWith("not confirmed", asked["status"], StringComparison.Ordinal);
        Assert.StartsWith($"{name} (VirtualMachine ", asked["target"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task A_token_is_refused_where_the_target_changed_since_it_was_shown(string engine)
    {
        await using var server = Start(engine);
        var client = await server.ConnectAsync();
        var (id, _) = await StoppedAsync(client);
        var start = $$"""{"id":"{{id}}"}""";
        var token = (await client.ChangeAsync("startVirtualMachine", start))["token"];
        await ConfirmedAsync(client, "startVirtualMachine", start);
        using var nothing = new NothingChanged(server);

        var refused = await client.ChangeAsync("startVirtualMachine", start, $$""","confirm":"{{token}}" """);

        Assert.Equal("NotConfirmed", refused.Cause);
        Assert.Contains("no longer what was shown", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_target_that_has_gone_is_refused()
    {
        await using var server = Start(nameof(EngineKind.Direct));
        var client = await server.ConnectAsync();
        var volumes = (await client.ReadAsync("listVolumes", """{"listall":true,"name":"scratch"}""")).Rows;
        var id = volumes.Single(v => v.GetProperty("name").GetString() == "scratch").GetProperty("id").GetString();
        var snapshot = $$"""{"volumeid":"{{id}}"}""";
        var token = (await client.ChangeAsync("createSnapshot", snapshot))["token"];
        await ConfirmedAsync(client, "deleteVolume", $$"""{"id":"{{id}}"}""");

        var refused = await client.ChangeAsync("createSnapshot", snapshot, $$""","confirm":"{{token}}" """);

        Assert.Equal("NotConfirmed", refused.Cause);
    }

    [Fact]
    public async Task A_change_that_needs_no_confirmation_costs_no_look_up()
    {
        await using var server = new TestServer();
        var client = await server.ConnectAsync();
        var (id, _) = await StoppedAsync(client);
        var before = server.Commands.Count();

        await client.ChangeAsync("startVirtualMachine", $$"""{"id":"{{id}}"}""");

        Assert.Equal("startVirtualMachine", server.Commands.Skip(before).First());
    }

    private static TestServer Start(string engine) => new(new ServerSettings
    {
        Engine = Enum.Parse<EngineKind>(engine),
        Policy = ConfirmationPolicy.Parse(["change=token"]),
    });

    private static async Task<(string Id, string Name)> StoppedAsync(TestClient client)
    {
        var machine = (await client.ReadAsync("listVirtualMachines", """{"state":"Stopped","listall":true}""")).Rows[0];
        return (machine.GetProperty("id").GetString()!, machine.GetProperty("name").GetString()!);
    }

    private static async Task ConfirmedAsync(TestClient client, string command, string arguments)
    {
        var token = (await client.ChangeAsync(command, arguments))["token"];
        var done = await client.ChangeAsync(command, arguments, $$""","confirm":{{JsonSerializer.Serialize(token)}} """);
        Assert.False(done.IsError, done.Text);
    }
}
