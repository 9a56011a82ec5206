using System.Diagnostics;
using System.Globalization;

namespace Benchmarks;

/// <summary>
/// Measures the published MCP server over HTTP against a simulated cloud over loopback: calls in a row, and as many as 64
/// callers get together, in a session and stateless.
/// </summary>
internal static class HttpBenchmark
{
    private const int Calls = 300;
    private const int WarmUps = 200;
    private const int Callers = 64;

    private static readonly TimeSpan Rush = TimeSpan.FromSeconds(10);

    public static async Task RunAsync(string server)
    {
        using var cloud = await SimulatedServer.StartAsync(server, machines: 100);
        using var served = await HttpMcpServer.StartAsync(server, cloud);
        foreach (var stateless in (bool[])[false, true])
        {
            var family = stateless ? "stateless" : "session";
            await InARowAsync(served, stateless, family);
            await TogetherAsync(served, stateless, family);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak memory, MB {served.PeakMegabytes:0.0}"));
    }

    private static async Task InARowAsync(HttpMcpServer served, bool stateless, string family)
    {
        using var caller = await served.ConnectAsync(stateless);
        var calls = new Samples();
        for (var i = -WarmUps; i < Calls; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await caller.CallAsync();
            calls.AddIf(i >= 0, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        Console.WriteLine($"{family}: tools/call of one object, ms  {calls}");
    }

    private static async Task TogetherAsync(HttpMcpServer served, bool stateless, string family)
    {
        var callers = new List<HttpMcpCaller>();
        for (var i = 0; i < Callers; i++)
        {
            callers.Add(await served.ConnectAsync(stateless));
        }

        await RushAsync(callers, TimeSpan.FromSeconds(3));
        var begun = Stopwatch.GetTimestamp();
        var calls = await RushAsync(callers, Rush);
        var seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        callers.ForEach(caller => caller.Dispose());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{family}: {Callers} callers together  {calls / seconds:0} calls/s, {calls} calls, no error"));
    }

    // An answer that is an error throws, and ends the measuring.
    private static async Task<int> RushAsync(List<HttpMcpCaller> callers, TimeSpan length)
    {
        var begun = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(callers.Select(caller => Task.Run(async () =>
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(begun) < length; count++)
            {
                await caller.CallAsync();
            }

            return count;
        })));
        return counts.Sum();
    }
}
