using System.Net;
using System.Text.Json;
using CloudStack.Mcp.Authentication;

namespace CloudStack.Mcp.Tests.Operation;

public sealed class HealthTests
{
    [Fact]
    public async Task A_server_whose_cloud_answers_is_alive_and_ready()
    {
        await using var server = await OperatedServer.StartAsync();

        var live = await server.GetAsync("/health/live");
        var ready = await server.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, live.Status);
        Assert.Equal("""{"status":"ok","lab":"ok"}""", ready.Body);
    }

    [Fact]
    public async Task A_server_whose_only_cloud_is_down_is_alive_and_not_ready_and_says_nothing_of_where_it_is()
    {
        Environment.SetEnvironmentVariable("CLOUDSTACK_TEST_HEALTH_KEY", "secret");
        await using var server = await OperatedServer.StartAsync("""
            "clouds": { "gone": { "url": "http://127.0.0.1:1/client/api", "apiKey": "a", "secretKey": "env:CLOUDSTACK_TEST_HEALTH_KEY" } }, "defaultCloud": "gone"
            """);

        var live = await server.GetAsync("/health/live");
        var ready = await server.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.OK, live.Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.Status);
        Assert.Equal("Unreachable", JsonElement.Parse(ready.Body).GetProperty("gone").GetString());
        Assert.DoesNotContain("127.0.0.1", ready.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_needs_no_credential_and_metrics_need_a_role_that_reads_them()
    {
        var (admin, reader) = (ApiKey.New(), ApiKey.New());
        await using var server = await OperatedServer.StartAsync($$"""
            "callers": { "keys": [
              { "name": "admin", "hash": "{{ApiKey.Hash(admin)}}", "roles": ["admin"] },
              { "name": "reader", "hash": "{{ApiKey.Hash(reader)}}", "roles": ["reader"] }
            ] }
            """);

        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/health/ready")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/metrics")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.GetAsync("/metrics", reader)).Status);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/metrics", admin)).Status);
    }

    [Fact]
    public async Task Reading_the_metrics_is_enough_to_learn_how_the_clouds_are()
    {
        await using var server = await OperatedServer.StartAsync();
        var text = "";

        for (var i = 0; i < 1000 && !text.Contains("cloudstack_ready{cloud=\"lab\"} 1", StringComparison.Ordinal); i++)
        {
            text = (await server.GetAsync("/metrics")).Body;
            await Task.Delay(5);
        }

        Assert.Contains("cloudstack_ready{cloud=\"lab\"} 1", text, StringComparison.Ordinal);
        Assert.Contains("cloudstack_round_trip_seconds{cloud=\"lab\"}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_metrics_tell_of_calls_the_api_confirmations_the_cache_and_the_process()
    {
        await using var server = await OperatedServer.StartAsync();
        var client = await server.ConnectAsync();
        await server.GetAsync("/health/ready");
        await client.ReadAsync("listZones");
        await client.ChangeAsync("stopVirtualMachine", """{"id":"web-01"}""");
        await client.ReadAsync("listVirtualMachines", """{"zoneid":"fra1"}""");

        var text = (await server.GetAsync("/metrics")).Body;

        foreach (var line in (string[])[
            "# TYPE cloudstack_api_duration_seconds histogram", "cloudstack_api_duration_seconds_bucket{command=\"listZones\",outcome=\"ok\",le=\"0.005\"}",
            "mcp_tool_calls_total{tool=\"cloud_read\",outcome=\"completed\"}", "mcp_confirmations_total{outcome=\"deferred\"}", "mcp_sessions_active ",
            "cloud_objects_total{category=", "cloud_cache_reads_total{result=\"miss\",kind=\"infrastructure\"}", "process_resident_memory_bytes ", "process_cpu_seconds_total ",
            "cloudstack_round_trip_seconds{cloud=\"lab\"}"])
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }
    }
}
