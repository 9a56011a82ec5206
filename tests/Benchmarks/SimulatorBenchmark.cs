using System.Diagnostics;
using System.Globalization;
using System.Text;
using CloudStack.Client;
using CloudStack.Client.Signing;
using CloudStack.Client.Wire;
using CloudStack.Simulator;

namespace Benchmarks;

/// <summary>
/// A simulated cloud of 100,000 machines: how long it takes to make and what it occupies, how long a page of 500 takes, and
/// how many signed requests the published simulator answers over loopback HTTP, client and server sharing the machine.
/// </summary>
internal static class SimulatorBenchmark
{
    private const int Machines = 100_000;
    private const int Lists = 300;
    private const int WarmUps = 100;
    private const int Requests = 30_000;
    private const int Connections = 16;

    public static async Task RunAsync(string? server)
    {
        await MeasureCloudAsync();
        if (server is not null)
        {
            await MeasureServerAsync(server);
        }
    }

    private static async Task MeasureCloudAsync()
    {
        var before = Resident();
        var begun = Stopwatch.GetTimestamp();
        using var cloud = new SimulatedCloud(new SimulatorOptions { MachineCount = Machines });
        var seeded = Stopwatch.GetElapsedTime(begun);
        var heap = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
        Say($"{Machines} machines made in {seeded.TotalSeconds:0.0} s, {heap:0} MB on the heap, {Resident() - before:0} MB resident beyond an empty process");
        var admin = cloud.Credentials.RootAdmin;
        foreach (var (what, page) in ((string, string)[])[("first", "1"), ("last", "200")])
        {
            var query = Sign(admin.ApiKey, admin.SecretKey, ("command", "listVirtualMachines"), ("listall", "true"), ("page", page), ("pagesize", "500"));
            var time = new Samples();
            var size = 0;
            for (var i = -WarmUps; i < Lists; i++)
            {
                var started = Stopwatch.GetTimestamp();
                var answer = await cloud.HandleAsync(new SimulatedRequest { QueryString = query });
                size = answer.Body.Length;
                answer.Release();
                time.AddIf(i >= 0, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            Say($"list, {what} 500 of them, {size / 1000} KB, ms          {time}");
        }
    }

    private static async Task MeasureServerAsync(string path)
    {
        using var small = await SimulatedServer.StartAsync(path, machines: 0);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Connections });
        var queries = Enumerable.Range(0, 100).SelectMany(i => Mix(small, i)).ToArray();
        await SendAsync(http, small.Url, queries, Requests / 3);
        var processor = small.ProcessorTime;
        var begun = Stopwatch.GetTimestamp();
        await SendAsync(http, small.Url, queries, Requests);
        var elapsed = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var used = (small.ProcessorTime - processor).TotalSeconds;
        Say($"{Requests} signed requests over HTTP: {Requests / elapsed:0} a second with {Environment.ProcessorCount} cores, client included");
        Say($"  of a second of the simulator's own processor time: {Requests / used:0}");
        using var large = await SimulatedServer.StartAsync(path, Machines);
        var list = Sign(large.ApiKey, large.SecretKey, ("command", "listVirtualMachines"), ("listall", "true"), ("page", "1"), ("pagesize", "500"));
        Say($"simulate --seed {Machines}: {large.PeakMegabytes:0} MB resident at most after start");
        await SendAsync(http, large.Url, [list], 200);
        Say($"  … and after 200 lists of 500: {large.PeakMegabytes:0} MB");
    }

    /// <summary>Ten requests as tools send them: mostly reads of one object, some lists, a change.</summary>
    private static IEnumerable<string> Mix(SimulatedServer server, int number)
    {
        for (var i = 0; i < 6; i++)
        {
            yield return Sign(server.ApiKey, server.SecretKey, ("command", "listVirtualMachines"), ("name", $"web-0{i}"), ("listall", "true"));
        }

        yield return Sign(server.ApiKey, server.SecretKey, ("command", "listZones"));
        yield return Sign(server.ApiKey, server.SecretKey, ("command", "listNetworks"), ("listall", "true"));
        yield return Sign(server.ApiKey, server.SecretKey, ("command", "listCapabilities"));
        yield return Sign(
            server.ApiKey, server.SecretKey, ("command", "updateConfiguration"), ("name", "expunge.delay"),
            ("value", (number + 1).ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task SendAsync(HttpClient http, Uri url, string[] queries, int count)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var i && i < count)
            {
                using var answer = await http.GetAsync(new Uri($"{url}?{queries[i % queries.Length]}"));
                answer.EnsureSuccessStatusCode();
            }
        })));
    }

    private static string Sign(string apiKey, string secretKey, params (string Name, string Value)[] arguments)
    {
        WireParameter[] parameters =
        [
            .. arguments.Append(("response", "json")).Append(("apikey", apiKey))
                .Select(a => new WireParameter(a.Item1, a.Item2)).OrderBy(p => p.Name, StringComparer.Ordinal),
        ];
        var signature = RequestSigner.Sign(parameters, Encoding.UTF8.GetBytes(secretKey), SigningHash.Sha1);
        return string.Join('&', parameters.Append(new WireParameter("signature", signature)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
    }

    private static double Resident()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64 / 1e6;
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
