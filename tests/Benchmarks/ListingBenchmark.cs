using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Web;
using Cloud.Core.Operations;
using CloudStack.Client;
using CloudStack.Simulator;

namespace Benchmarks;

/// <summary>
/// Lists 5,000 machines of about 3 KB through the client, beside parsing the same bytes with System.Text.Json alone. The
/// pages are recorded from the simulator once and replayed, so that neither side pays for making them; the two take turns.
/// </summary>
internal static class ListingBenchmark
{
    private const int Machines = 5000;
    private const int Rounds = 30;
    private const int WarmUps = 8;

    public static async Task RunAsync()
    {
        var (connection, pages, machines) = await RecordAsync();
        using var replay = new Replay(pages, saysLength: true);
        using var chunked = new Replay(pages, saysLength: false);
        var provider = CloudStackProvider.Create(connection, replay);
        var unmeasured = CloudStackProvider.Create(connection, chunked);
        var list = SimulatedMachines.List(provider);

        Samples client = new(), bare = new(), ratio = new(), clientBytes = new(), bareBytes = new(), chunkedTime = new(), chunkedRatio = new(), chunkedBytes = new();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var (clientTime, clientAllocated) = await MeasureAsync(() => ListAsync(provider, list), machines);
            var (openTime, openAllocated) = await MeasureAsync(() => ListAsync(unmeasured, list), machines);
            var (bareTime, bareAllocated) = await MeasureAsync(() => Task.FromResult(Parse(pages)), machines);
            if (round >= 0)
            {
                client.Add(clientTime);
                bare.Add(bareTime);
                ratio.Add(clientTime / bareTime);
                clientBytes.Add(clientAllocated);
                bareBytes.Add(bareAllocated);
                chunkedTime.Add(openTime);
                chunkedRatio.Add(openTime / bareTime);
                chunkedBytes.Add(openAllocated);
            }
        }

        var size = pages.Values.Sum(p => p.Length);
        Console.WriteLine($"listing {machines} machines, {size / machines} bytes each, {pages.Count} pages, {Rounds} rounds in turn");
        Console.WriteLine($"  client, ms                 {client}");
        Console.WriteLine($"  JsonDocument.Parse, ms     {bare}");
        Console.WriteLine($"  ratio, pair by pair        {ratio}");
        Console.WriteLine($"  without a length, ms       {chunkedTime}");
        Console.WriteLine($"  ratio, pair by pair        {chunkedRatio}");
        Console.WriteLine($"  allocated, client, MB      {clientBytes}");
        Console.WriteLine($"  without a length, MB       {chunkedBytes}");
        Console.WriteLine($"  allocated, bare parse, MB  {bareBytes}");
    }

    private static async Task<(CloudStackConnection Connection, Dictionary<string, byte[]> Pages, int Machines)> RecordAsync()
    {
        using var cloud = new SimulatedCloud(new SimulatorOptions { MachineCount = Machines });
        var connection = SimulatedMachines.Connection(cloud);
        using var recorder = new Recorder(cloud.CreateHandler());
        using var provider = CloudStackProvider.Create(connection, recorder);
        var machines = await ListAsync(provider, SimulatedMachines.List(provider));
        return (connection, recorder.Pages, machines);
    }

    private static async Task<int> ListAsync(CloudStackProvider provider, BoundCommand list)
    {
        var count = 0;
        await foreach (var page in provider.PageAsync(list, RowRange.All, default))
        {
            count += page.Objects.Count;
        }

        return count;
    }

    private static int Parse(Dictionary<string, byte[]> pages)
    {
        var count = 0;
        foreach (var page in pages.Values)
        {
            using var document = JsonDocument.Parse(page.AsMemory());
            count += document.RootElement.GetProperty("listvirtualmachinesresponse").GetProperty("virtualmachine").GetArrayLength();
        }

        return count;
    }

    private static async Task<(double Milliseconds, double Megabytes)> MeasureAsync(Func<Task<int>> run, int expected)
    {
        GC.Collect();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var begun = Stopwatch.GetTimestamp();
        var count = await run();
        var elapsed = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        if (count != expected)
        {
            throw new InvalidOperationException($"{count} machines came back, not {expected}.");
        }

        return (elapsed, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e6);
    }

    private static string PageOf(HttpRequestMessage request) =>
        HttpUtility.ParseQueryString(request.RequestUri!.Query)["page"] ?? "";

    private sealed class Recorder(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public Dictionary<string, byte[]> Pages { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            Pages[PageOf(request)] = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response;
        }
    }

    /// <summary>Answers with recorded pages; without their length, as with chunks and gzip.</summary>
    private sealed class Replay(Dictionary<string, byte[]> pages, bool saysLength) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                RequestMessage = request,
                Content = saysLength ? new ByteArrayContent(pages[PageOf(request)]) : new StreamContent(new Chunks(pages[PageOf(request)])),
            });
    }

    private sealed class Chunks(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
