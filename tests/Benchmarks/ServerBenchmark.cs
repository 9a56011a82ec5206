using System.Diagnostics;
using System.Globalization;
using Cloud.Core.Operations;
using CloudStack.Client;

namespace Benchmarks;

/// <summary>
/// Measures the published MCP server from outside: start to the answer of <c>initialize</c>, calls over stdio against a
/// simulated cloud over loopback, and memory. Beside the calls stands the client's own time for the same rows from the
/// same cloud, which is the part the server can't save.
/// </summary>
internal static class ServerBenchmark
{
    private const int Starts = 15;
    private const int Calls = 300;
    private const int WarmUps = 50;

    public static async Task RunAsync(string server)
    {
        using var cloud = await SimulatedServer.StartAsync(server, machines: 5000);
        await MeasureStartAsync(server, cloud);
        var zone = await FirstZoneAsync(cloud);
        await MeasureCallsAsync(
            server, cloud, "one object", "listZones", new() { ["id"] = zone }, $$$"""{"command":"listZones","arguments":{"id":"{{{zone}}}"}}""", first: 1);
        await MeasureCallsAsync(
            server, cloud, "500 objects", "listVirtualMachines", new() { ["listall"] = true },
            """{"command":"listVirtualMachines","arguments":{"listall":true},"limit":500}""", first: 500);
    }

    private static async Task MeasureStartAsync(string server, SimulatedServer cloud)
    {
        var start = new Samples();
        double? memory = null;
        for (var i = -2; i < Starts; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            using var session = new McpSession(server, cloud);
            await session.InitializeAsync();
            if (i >= 0)
            {
                start.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                memory = session.PeakMegabytes;
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start to initialize, ms        {start}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory after start, MB    {memory:0.0}"));
    }

    private static async Task MeasureCallsAsync(
        string server, SimulatedServer cloud, string what, string command, Dictionary<string, object> arguments, string json, int first)
    {
        using var session = new McpSession(server, cloud);
        await session.InitializeAsync();
        using var provider = Provider(cloud);
        var list = new BoundCommand(provider.Catalog.FindCommand(command)!, arguments);
        Samples call = new(), client = new(), beyond = new();
        var length = 0;
        for (var i = -WarmUps; i < Calls; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            length = await session.CallAsync("cloud_read", json);
            var whole = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            begun = Stopwatch.GetTimestamp();
            await foreach (var page in provider.PageAsync(list, new RowRange(0, first), default))
            {
                _ = page.Objects.Count;
            }

            var bare = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            if (i >= 0)
            {
                call.Add(whole);
                client.Add(bare);
                beyond.Add(whole - bare);
            }
        }

        Console.WriteLine($"tools/call of {what}, ms       {call}");
        Console.WriteLine($"  client alone, ms             {client}");
        Console.WriteLine($"  beyond it, pair by pair, ms  {beyond}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  answer, characters {length}; peak memory, MB {session.PeakMegabytes:0.0}"));
    }

    private static async Task<string> FirstZoneAsync(SimulatedServer cloud)
    {
        using var provider = Provider(cloud);
        var list = new BoundCommand(provider.Catalog.FindCommand("listZones")!, new Dictionary<string, object>());
        var reply = await provider.SendAsync(list, default);
        return reply.Objects[0].GetText("id")!;
    }

    private static CloudStackProvider Provider(SimulatedServer cloud) => CloudStackProvider.Create(
        new CloudStackConnection(cloud.Url.AbsoluteUri, new ApiKeyCredentials(cloud.ApiKey, cloud.SecretKey)));
}
