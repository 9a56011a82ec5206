using System.Net;
using CloudStack.Mcp.Simulation;
using CloudStack.Mcp.Tests.Operation;
using CloudStack.Mcp.Tests.Support;
using CloudStack.Simulator;

namespace CloudStack.Mcp.Tests.Load;

/// <summary>A cloud that goes away under load: callers and balancers hear it, memory stays bounded, and nothing is restarted when it's back.</summary>
[Collection(nameof(ManySessionsTests))]
public sealed class LostCloudTests : IDisposable
{
    private const string KeyName = "CLOUDSTACK_TEST_LOST_KEY";
    private const int Callers = 64;
    private const int CallsEach = 16;
    private const long MostGrowth = 64 << 20;

    private readonly SimulatedCloud _cloud = new();
    private readonly ShiftedTime _time = new();

    [Fact]
    public async Task Everyone_hears_that_the_cloud_is_gone_and_all_goes_on_when_it_is_back()
    {
        var simulator = await SimulatorHost.StartAsync(_cloud, IPAddress.Loopback, 0, default);
        var url = simulator.Url;
        await using var server = await StartAsync(url);
        var client = await server.ConnectAsync();
        Assert.False((await client.ReadAsync("listZones")).IsError);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/health/ready")).Status);

        await simulator.DisposeAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var causes = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => CausesAsync(client)));
        var growth = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.All(causes.SelectMany(some => some), cause => Assert.Contains(cause, (string[])["Unreachable", "Unavailable", "TimedOut"]));
        Assert.InRange(growth, long.MinValue, MostGrowth);
        await AssertHealthAsync(server, HttpStatusCode.ServiceUnavailable);
        await using var back = await SimulatorHost.StartAsync(_cloud, IPAddress.Loopback, url.Port, default);
        await AssertHealthAsync(server, HttpStatusCode.OK);
        Assert.False((await client.ReadAsync("listZones")).IsError);
    }

    [Fact]
    public async Task A_cloud_that_answers_nobody_in_time_is_not_ready_and_is_again_when_it_answers()
    {
        await using var simulator = await SimulatorHost.StartAsync(_cloud, IPAddress.Loopback, 0, default);
        await using var server = await StartAsync(simulator.Url);
        _cloud.Faults.Latency = TimeSpan.FromSeconds(15);

        var slow = await server.GetAsync("/health/ready");
        _cloud.Faults.Latency = TimeSpan.Zero;

        Assert.Equal((HttpStatusCode.ServiceUnavailable, """{"status":"unavailable","lab":"TimedOut"}"""), (slow.Status, slow.Body));
        await AssertHealthAsync(server, HttpStatusCode.OK);
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(KeyName, null);
        _cloud.Dispose();
    }

    private Task<OperatedServer> StartAsync(Uri url)
    {
        var admin = _cloud.Credentials.RootAdmin;
        Environment.SetEnvironmentVariable(KeyName, admin.SecretKey);
        return OperatedServer.StartAsync($$"""
            "clouds": { "lab": { "url": "{{url}}", "apiKey": "{{admin.ApiKey}}", "secretKey": "env:{{KeyName}}" } }, "defaultCloud": "lab"
            """, _time);
    }

    private static async Task<List<string>> CausesAsync(TestClient client)
    {
        var causes = new List<string>();
        for (var i = 0; i < CallsEach; i++)
        {
            var answer = await client.ReadAsync("listVirtualMachines");
            Assert.True(answer.IsError);
            Assert.NotEqual("", answer.Next);
            causes.Add(answer.Cause);
        }

        return causes;
    }

    // The cloud is asked at most every 15 seconds, and not at once again where it was found to be gone.
    private async Task AssertHealthAsync(OperatedServer server, HttpStatusCode expected)
    {
        var end = DateTime.UtcNow.AddMinutes(1);
        HttpStatusCode found;
        do
        {
            Assert.True(DateTime.UtcNow < end, "The health never changed.");
            await Task.Delay(100);
            _time.Advance(TimeSpan.FromSeconds(16));
            found = (await server.GetAsync("/health/ready")).Status;
        }
        while (found != expected);
    }
}
