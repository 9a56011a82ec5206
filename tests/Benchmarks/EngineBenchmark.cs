using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>
/// Measures the published MCP server with each of its engines in turn: start to the answer of <c>initialize</c>, the first
/// call at once and after a second, calls of one object, a pipeline, and memory.
/// </summary>
internal static class EngineBenchmark
{
    private const int Starts = 10;
    private const int Calls = 300;
    private const int WarmUps = 50;
    private const string Read = """{"command":"listZones","arguments":{}}""";
    private const string Pipeline = """{"pipeline":"Get-CsVirtualMachine -ListAll $true -First 500 | Where-Object { $_.State -eq 'Running' } | Group-Object ZoneName -NoElement"}""";

    private static readonly TimeSpan Ready = TimeSpan.FromSeconds(2);

    public static async Task RunAsync(string server)
    {
        using var cloud = await SimulatedServer.StartAsync(server, machines: 500);
        Samples[] start = [new(), new()], atOnce = [new(), new()], later = [new(), new()];
        string[] engines = ["direct", "powershell"];
        for (var i = -1; i < Starts; i++)
        {
            for (var engine = 0; engine < engines.Length; engine++)
            {
                start[engine].AddIf(i >= 0, await StartAsync(server, cloud, engines[engine], TimeSpan.Zero, atOnce[engine], i >= 0));
                await StartAsync(server, cloud, engines[engine], Ready, later[engine], i >= 0);
            }
        }

        for (var engine = 0; engine < engines.Length; engine++)
        {
            Console.WriteLine($"{engines[engine]}: start to initialize, ms      {start[engine]}");
            Console.WriteLine($"  first call, at once, ms             {atOnce[engine]}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  first call, after {Ready.TotalSeconds} s, ms           {later[engine]}"));
            await MeasureCallsAsync(server, cloud, engines[engine]);
        }
    }

    private static async Task<double> StartAsync(string server, SimulatedServer cloud, string engine, TimeSpan wait, Samples first, bool keep)
    {
        var begun = Stopwatch.GetTimestamp();
        using var session = new McpSession(server, cloud, "--engine", engine);
        await session.InitializeAsync();
        var started = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        await Task.Delay(wait);
        begun = Stopwatch.GetTimestamp();
        await session.CallAsync("cloud_read", Read);
        first.AddIf(keep, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        return started;
    }

    private static async Task MeasureCallsAsync(string server, SimulatedServer cloud, string engine)
    {
        using var session = new McpSession(server, cloud, "--engine", engine);
        await session.InitializeAsync();
        await MeasureAsync("one object", () => session.CallAsync("cloud_read", Read));
        if (engine == "powershell")
        {
            await MeasureAsync("a pipeline over 500 objects", () => session.CallAsync("run_pipeline", Pipeline));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  peak memory, MB                     {session.PeakMegabytes:0.0}"));
    }

    private static async Task MeasureAsync(string what, Func<Task> call)
    {
        var calls = new Samples();
        for (var i = -WarmUps; i < Calls; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await call();
            calls.AddIf(i >= 0, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        Console.WriteLine($"  {what}, ms   {calls}");
    }
}
