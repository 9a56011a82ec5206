using Cloud.Core.Audit;
using CloudStack.Mcp.Authentication;
using CloudStack.Mcp.Tests.Engines;
using ModelContextProtocol;

namespace CloudStack.Mcp.Tests.Operation;

public sealed class CallDeskTests
{
    [Fact]
    public async Task Every_call_is_on_record_once_also_those_that_were_refused()
    {
        await using var server = await OperatedServer.StartAsync(""" "readOnly": true """);
        var client = await server.ConnectAsync();

        await client.ReadAsync("listZones");
        await client.CallAsync("cloud_search", """{"query":"zone"}""");
        await client.CallAsync("stop_virtual_machine", """{"id":"web-01"}""");
        await client.ReadAsync("listZones", """{"nonsense":1}""");
        await Assert.ThrowsAsync<McpProtocolException>(() => client.CallAsync("cloud_raed", "{}"));

        Assert.Equal(
            [
                "listZones completed", "cloud_search completed", "stop_virtual_machine:stopVirtualMachine refused", "cloud_read:listZones refused",
                "unknown:cloud_raed refused",
            ],
            server.Audit.Select(line => $"{line.GetProperty("command").GetString()} {line.GetProperty("outcome").GetString()}"));
        Assert.All(server.Audit, line => Assert.Equal("mcp:test", line.GetProperty("caller").GetString()));
    }

    [HostedFact]
    public async Task With_the_cmdlets_as_engine_every_call_is_on_record_once_too()
    {
        await using var server = await OperatedServer.StartAsync(""" "engine": "powershell", "confirm": { "disrupt": "allow" } """);
        var client = await server.ConnectAsync();

        await client.ReadAsync("listZones");
        await client.ReadAsync("listVirtualMachines", """{"name":"web-01"}""");
        await client.ReadAsync("listZones");
        await client.CallAsync("run_pipeline", """{"pipeline":"Get-CsZone"}""");
        await client.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""");

        Assert.Equal(
            ["listZones completed", "listVirtualMachines completed", "listZones completed", "listZones completed", "stopVirtualMachine ", "stopVirtualMachine completed"],
            server.Audit.Select(line =>
                $"{line.GetProperty("command").GetString()} {(line.TryGetProperty("outcome", out var outcome) ? outcome.GetString() : "")}"));
    }

    [Fact]
    public async Task The_trail_of_a_server_with_refusals_is_unbroken()
    {
        var folder = Directory.CreateTempSubdirectory("cloudstack-trail-");
        var path = Path.Combine(folder.FullName, "audit.jsonl");
        await using (var server = await OperatedServer.StartAsync($""" "readOnly": true, "logLevel": "none" """))
        {
            var client = await server.ConnectAsync();
            await Task.WhenAll(Enumerable.Range(0, 20).Select(i => i % 2 == 0
                ? client.ReadAsync("listZones") : client.CallAsync("stop_virtual_machine", """{"id":"web-01"}""")));
            File.WriteAllLines(path, server.Audit.Select(line => line.GetRawText()));
        }

        var verified = AuditVerifier.Verify(path);
        folder.Delete(recursive: true);

        Assert.True(verified.IsUnbroken, verified.Problem);
        Assert.Equal(20, verified.Lines);
    }

    [Fact]
    public async Task Who_calls_too_often_is_told_when_to_come_back_and_others_are_served()
    {
        var (alice, bob) = (ApiKey.New(), ApiKey.New());
        await using var server = await OperatedServer.StartAsync($$"""
            "rate": { "perMinute": 2, "burst": 2, "queueSeconds": 0 },
            "callers": { "keys": [
              { "name": "alice", "hash": "{{ApiKey.Hash(alice)}}", "roles": ["reader"] },
              { "name": "bob", "hash": "{{ApiKey.Hash(bob)}}", "roles": ["reader"] }
            ] }
            """);
        var busy = await server.ConnectAsync(alice);
        var calm = await server.ConnectAsync(bob);

        await busy.ReadAsync("listZones");
        await busy.ReadAsync("listZones");
        var third = await busy.ReadAsync("listZones");

        Assert.Equal("Throttled", third.Cause);
        Assert.InRange(third.Error.GetProperty("retryAfterSeconds").GetInt64(), 1, 30);
        Assert.False((await calm.ReadAsync("listZones")).IsError);
        Assert.Equal("key:alice", server.Audit.Single(line => line.GetProperty("outcome").GetString() == "refused").GetProperty("caller").GetString());
    }

    [Fact]
    public async Task A_call_a_little_too_early_waits_for_its_turn()
    {
        await using var server = await OperatedServer.StartAsync(""" "rate": { "perMinute": 1200, "burst": 1, "queueSeconds": 5 } """);
        var client = await server.ConnectAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => client.CallAsync("cloud_search", """{"query":"zone"}""")));

        Assert.DoesNotContain(answers, answer => answer.IsError);
    }
}
