using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Web;
using Cloud.Core.Operations;
using CloudStack.Client;
using CloudStack.Simulator;

namespace Benchmarks;

/// <summary>
/// Lists 5,000 machines of about 3 KB through the client, beside taking the same bytes over and parsing them with
/// System.Text.Json alone. The answers are recorded from the simulator once and replayed, so that neither side pays for
/// making them; all take turns.
/// </summary>
internal static class ListingBenchmark
{
    private const int Machines = 5000;
    private const int Rounds = 30;
    private const int WarmUps = 8;

    public static async Task RunAsync()
    {
        var (connection, pages, machines) = await RecordAsync();
        var whole = new Dictionary<string, byte[]> { ["1"] = Join(pages.Values) };
        using var inOne = new Replay(whole, saysLength: true);
        using var inPages = new Replay(pages, saysLength: true);
        using var chunked = new Replay(pages, saysLength: false);
        Contender one = new(connection with { PageSize = Machines }, inOne, machines);
        Contender[] clients = [one, new(connection, inPages, machines), new(connection, chunked, machines)];
        var sources = new[] { (inOne, whole), (inPages, pages), (chunked, pages) };
        Samples parse = new();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            var parseTime = await MeasureAsync(() => Task.FromResult(Parse(pages.Values)), Parse(pages.Values));
            parse.AddIf(round >= 0, parseTime);
            foreach (var (client, (handler, answers)) in clients.Zip(sources))
            {
                var bareTime = await MeasureAsync(() => TransferAsync(handler, answers.Keys), Parse(answers.Values));
                await client.RunAsync(bareTime, parseTime, keep: round >= 0);
            }
        }

        var size = pages.Values.Sum(p => p.Length);
        Console.WriteLine($"listing {machines} machines, {size / machines} bytes each, {Rounds} rounds in turn");
        Console.WriteLine($"JsonDocument.Parse alone, ms  {parse}");
        clients[0].Print("one answer");
        clients[1].Print($"{pages.Count} pages");
        clients[2].Print($"{pages.Count} pages that don't say their length");
        await one.WeighAsync();
        var (kept, allocated) = await one.WeighAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"all objects of one answer keep {kept:0.0} MB; listing them allocates {allocated:0.0} MB, {allocated / kept:0.00} times that"));
    }

    // Pages that follow each other have a few machines in common.
    private static byte[] Join(IEnumerable<byte[]> pages)
    {
        var machines = pages
            .SelectMany(page => JsonNode.Parse(page)!["listvirtualmachinesresponse"]!["virtualmachine"]!.AsArray().Select(m => m!.DeepClone()))
            .DistinctBy(machine => (string?)machine["id"]);
        var list = new JsonArray([.. machines]);
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["listvirtualmachinesresponse"] = new JsonObject { ["count"] = list.Count, ["virtualmachine"] = list },
        });
    }

    // What any client must do: ask for each answer, take its bytes over, parse them.
    private static async Task<int> TransferAsync(HttpMessageHandler handler, IEnumerable<string> pages)
    {
        using var http = new HttpMessageInvoker(handler, disposeHandler: false);
        var count = 0;
        foreach (var page in pages)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://simulator.example/?page={page}");
            using var response = await http.SendAsync(request, default);
            count += Parse([await response.Content.ReadAsByteArrayAsync()]);
        }

        return count;
    }

    private static int Parse(IEnumerable<byte[]> pages)
    {
        var count = 0;
        foreach (var page in pages)
        {
            using var document = JsonDocument.Parse(page.AsMemory());
            count += document.RootElement.GetProperty("listvirtualmachinesresponse").GetProperty("virtualmachine").GetArrayLength();
        }

        return count;
    }

    /// <summary>The client over one way of answering, and how it did.</summary>
    private sealed class Contender(CloudStackConnection connection, HttpMessageHandler answers, int machines)
    {
        private readonly CloudStackProvider _provider = CloudStackProvider.Create(connection, answers);
        private readonly Samples _time = new(), _ratio = new(), _parseRatio = new();

        public async Task RunAsync(double bareTime, double parseTime, bool keep)
        {
            var time = await MeasureAsync(() => ListAsync(_provider, SimulatedMachines.List(_provider)), machines);
            _time.AddIf(keep, time);
            _ratio.AddIf(keep, time / bareTime);
            _parseRatio.AddIf(keep, time / parseTime);
        }

        public async Task<(double Kept, double Allocated)> WeighAsync()
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            List<ResultPage> kept = [];
            await foreach (var page in _provider.PageAsync(SimulatedMachines.List(_provider), RowRange.All, default))
            {
                kept.Add(page);
            }

            allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            var after = GC.GetTotalMemory(forceFullCollection: true);
            GC.KeepAlive(kept);
            return ((after - before) / 1e6, allocated / 1e6);
        }

        public void Print(string title)
        {
            Console.WriteLine(title);
            Console.WriteLine($"  client, ms                        {_time}");
            Console.WriteLine($"  ratio to transfer and bare parse  {_ratio}");
            Console.WriteLine($"  ratio to the bare parse alone     {_parseRatio}");
        }
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

    // The parser borrows buffers from a pool. The bare parse gives them back and the client can't, so each runs once before
    // it's timed: neither finds what the other left, or has left nothing of.
    private static async Task<double> MeasureAsync(Func<Task<int>> run, int expected)
    {
        await run();
        GC.Collect();
        var begun = Stopwatch.GetTimestamp();
        var count = await run();
        var elapsed = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        return count == expected ? elapsed : throw new InvalidOperationException($"{count} machines came back, not {expected}.");
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
