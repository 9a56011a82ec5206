using System.Diagnostics;
using System.Globalization;
using Cloud.Core.Operations;
using CloudStack.Client;

namespace Benchmarks;

/// <summary>
/// Measures the published MCP server from outside: start to the answer of <c>initialize</c>, calls over stdio against a
/// simulated cloud over loopback and against one in the server's own process, and memory. Beside the calls stands the client's
/// own time for the same rows from the same cloud, which is the part the server can't save.
/// </summary>
internal static class ServerBenchmark
{
    private const int Starts = 15;
    private const int Calls = 300;
    private const int WarmUps = 50;
    private const int Machines = 5000;

    public static async Task RunAsync(string server)
    {
        using var cloud = await SimulatedServer.StartAsync(server, Machines);
        await MeasureStartAsync(server, cloud);
        foreach (var read in await ReadsAsync(cloud))
        {
            await MeasureCallsAsync(server, cloud, read);
            await MeasureCallsAsync(server, null, read);
        }
    }

    private static async Task<Read[]> ReadsAsync(SimulatedServer cloud)
    {
        const string machines = "listVirtualMachines";
        var zone = await FirstZoneAsync(cloud);
        return
        [
            new("one object", $$$"""{"command":"listZones","arguments":{"id":"{{{zone}}}"}}""", "listZones", new() { ["id"] = zone }, 1),
            new(
                "500 objects, of which those are shown that a model is given at once",
                """{"command":"listVirtualMachines","arguments":{"listall":true},"limit":500}""", machines, new() { ["listall"] = true }, 500),
            new(
                "500 objects, all shown by name and state",
                """{"command":"listVirtualMachines","arguments":{"listall":true},"limit":500,"fields":["name","state"]}""",
                machines, new() { ["listall"] = true }, 500),
        ];
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

    private static async Task MeasureCallsAsync(string server, SimulatedServer? cloud, Read read)
    {
        using var session = cloud is null
            ? new McpSession(server, null, "--simulator", "--seed", Machines.ToString(CultureInfo.InvariantCulture))
            : new McpSession(server, cloud);
        await session.InitializeAsync();
        using var provider = cloud is null ? null : Provider(cloud);
        Samples call = new(), client = new(), beyond = new();
        var length = 0;
        var processor = TimeSpan.Zero;
        for (var i = -WarmUps; i < Calls; i++)
        {
            processor = i == 0 ? session.ProcessorTime : processor;
            var begun = Stopwatch.GetTimestamp();
            length = await session.CallAsync("cloud_read", read.Json);
            var whole = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            call.AddIf(i >= 0, whole);
            if (provider is not null)
            {
                var bare = await ListAsync(provider, read);
                client.AddIf(i >= 0, bare);
                beyond.AddIf(i >= 0, whole - bare);
            }
        }

        var each = (session.ProcessorTime - processor).TotalMilliseconds / Calls;
        Console.WriteLine($"tools/call of {read.What}, cloud {(cloud is null ? "in the process" : "over loopback")}, ms");
        Console.WriteLine($"  call                         {call}");
        if (provider is not null)
        {
            Console.WriteLine($"  client alone                 {client}");
            Console.WriteLine($"  beyond it, pair by pair      {beyond}");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  processor time a call, ms {each:0.00}; answer, characters {length}; peak memory, MB {session.PeakMegabytes:0.0}"));
    }

    private static async Task<double> ListAsync(CloudStackProvider provider, Read read)
    {
        var list = new BoundCommand(provider.Catalog.FindCommand(read.Command)!, read.Arguments);
        var begun = Stopwatch.GetTimestamp();
        await foreach (var page in provider.PageAsync(list, new RowRange(0, read.Rows), default))
        {
            _ = page.Objects.Count;
        }

        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
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

    /// <summary>One read in both forms.</summary>
    /// <param name="What">What it is.</param>
    /// <param name="Json">The arguments of <c>cloud_read</c>.</param>
    /// <param name="Command">The client's command.</param>
    /// <param name="Arguments">Its arguments.</param>
    /// <param name="Rows">How many rows the client reads.</param>
    private sealed record Read(string What, string Json, string Command, Dictionary<string, object> Arguments, int Rows);
}
