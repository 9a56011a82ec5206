using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Web;
using Cloud.Core.Operations;
using CloudStack.Client;
using CloudStack.Simulator;

namespace Benchmarks;

/// <summary>
/// Streams 100,000 machines in pages of 500: when the first one comes, what memory it takes above idle, and how fast it is
/// beside parsing the same pages alone. Every page is a recorded one with identifiers of its own written into it.
/// </summary>
internal static class PagingBenchmark
{
    private const int Machines = 100_000;
    private const int PageSize = 500;
    private const int Rounds = 7;
    private const int WarmUps = 2;

    public static async Task RunAsync()
    {
        var (connection, body) = await RecordAsync();
        using var pages = new PageSource(body);
        using var provider = CloudStackProvider.Create(connection, pages);
        var list = SimulatedMachines.List(provider);
        for (var warmUp = 0; warmUp < WarmUps; warmUp++)
        {
            await ListAsync(provider, list, Machines);
            Parse(pages);
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        var idle = Environment.WorkingSet;
        Samples first = new(), firstAlone = new(), page = new(), memory = new(), ratio = new(), rate = new(), processor = new();
        for (var round = 0; round < Rounds; round++)
        {
            var before = Process.GetCurrentProcess().TotalProcessorTime;
            GC.Collect();
            var run = await ListAsync(provider, list, Machines);
            var between = Process.GetCurrentProcess().TotalProcessorTime;
            var bare = Parse(pages);
            var alone = new Samples();
            for (var i = 0; i < 20; i++)
            {
                alone.Add((await ListAsync(provider, list, PageSize)).Whole);
            }

            processor.Add((Process.GetCurrentProcess().TotalProcessorTime - between) / (between - before));
            var pageTime = run.Whole / (Machines / PageSize);
            first.Add(run.First / pageTime);
            firstAlone.Add(run.First / alone.Median);
            page.Add(pageTime);
            memory.Add((run.Peak - idle) / 1e6);
            ratio.Add(bare / run.Whole);
            rate.Add(Machines / run.Whole * 1000);
        }

        Console.WriteLine($"{Machines} machines in pages of {PageSize}, {pages.PageBytes / PageSize} bytes each, {Rounds} rounds in turn");
        Console.WriteLine($"  first object, in times of one page alone {firstAlone}");
        Console.WriteLine($"  … in 1/{Machines / PageSize} of the whole time         {first}");
        Console.WriteLine($"  page time, ms                      {page}");
        Console.WriteLine($"  peak working set above idle, MB    {memory}");
        Console.WriteLine($"  machines a second                  {rate}");
        Console.WriteLine($"  throughput, part of the bare parse {ratio}");
        Console.WriteLine($"  the same in processor time         {processor}");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  idle working set, MB               {idle / 1e6:0.0}"));
    }

    private static async Task<(double First, double Whole, long Peak)> ListAsync(CloudStackProvider provider, BoundCommand list, int first)
    {
        var begun = Stopwatch.GetTimestamp();
        var (came, count, peak) = (0.0, 0, 0L);
        await foreach (var page in provider.PageAsync(list, new RowRange(0, first), default))
        {
            came = came == 0 ? Stopwatch.GetElapsedTime(begun).TotalMilliseconds : came;
            count += page.Objects.Count;
            peak = Math.Max(peak, Environment.WorkingSet);
        }

        return count == first ? (came, Stopwatch.GetElapsedTime(begun).TotalMilliseconds, peak)
            : throw new InvalidOperationException($"{count} machines came, not {first}.");
    }

    private static double Parse(PageSource pages)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var number = 1; number <= Machines / PageSize; number++)
        {
            using var document = JsonDocument.Parse(pages.Write(number, PageSize));
            _ = document.RootElement.GetProperty("listvirtualmachinesresponse").GetProperty("virtualmachine").GetArrayLength();
        }

        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static async Task<(CloudStackConnection Connection, byte[] Body)> RecordAsync()
    {
        using var cloud = new SimulatedCloud(new SimulatorOptions { MachineCount = PageSize * 2 });
        using var handler = new LastAnswer(cloud.CreateHandler());
        var connection = SimulatedMachines.Connection(cloud);
        using var provider = CloudStackProvider.Create(connection, handler);
        await provider.SendAsync(
            new BoundCommand(
                provider.Catalog.FindCommand("listVirtualMachines")!,
                new Dictionary<string, object> { ["listall"] = true, ["page"] = 1L, ["pagesize"] = (long)PageSize }),
            default);
        return (connection, handler.Body);
    }

    private sealed class LastAnswer(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public byte[] Body { get; private set; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            Body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return response;
        }
    }

    /// <summary>
    /// Answers with pages of any size from one recorded page; a row's number becomes the start of its identifier. Answers that
    /// follow each other have buffers of their own, since the client asks for a page before it has read the last one.
    /// </summary>
    private sealed class PageSource : HttpMessageHandler
    {
        private readonly byte[] _whole;
        private readonly byte[][] _pages;
        private readonly int[] _ids = new int[PageSize];
        private readonly int[] _ends = new int[PageSize];
        private int _answers;

        public PageSource(byte[] recorded)
        {
            using var document = JsonDocument.Parse(recorded);
            var rows = document.RootElement.GetProperty("listvirtualmachinesresponse").GetProperty("virtualmachine")
                .EnumerateArray().Select(machine => machine.GetRawText().Replace(
                    machine.GetProperty("id").GetString()!, "00000000-0000-4000-8000-000000000000", StringComparison.Ordinal)).ToList();
            var head = $$$"""{"listvirtualmachinesresponse":{"count":{{{Machines}}},"virtualmachine":[""";
            var at = head.Length;
            for (var i = 0; i < PageSize; i++)
            {
                _ids[i] = at + rows[i].IndexOf("\"id\":\"", StringComparison.Ordinal) + 6;
                _ends[i] = at + Encoding.UTF8.GetByteCount(rows[i]);
                at = _ends[i] + 1;
            }

            _whole = Encoding.UTF8.GetBytes($"{head}{string.Join(',', rows)}]}}}}");
            _pages = [[.. _whole], [.. _whole], [.. _whole], [.. _whole], [.. _whole], [.. _whole]];
        }

        public int PageBytes => _whole.Length;

        public ReadOnlyMemory<byte> Write(int number, int size)
        {
            var page = _pages[(uint)Interlocked.Increment(ref _answers) % _pages.Length];
            var first = (number - 1) * size;
            size = Math.Min(size, Machines - first);
            // The page that was here before may have ended earlier.
            foreach (var end in _ends)
            {
                _whole.AsSpan(end, 3).CopyTo(page.AsSpan(end));
            }

            for (var i = 0; i < size; i++)
            {
                (first + i).TryFormat(page.AsSpan(_ids[i], 8), out _, "x8", CultureInfo.InvariantCulture);
            }

            "]}}"u8.CopyTo(page.AsSpan(_ends[size - 1]));
            return page.AsMemory(0, _ends[size - 1] + 3);
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // As a network does, it answers after the call has returned.
            await Task.Yield();
            var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
            var number = int.Parse(query["page"]!, CultureInfo.InvariantCulture);
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                RequestMessage = request,
                Content = new ReadOnlyMemoryContent(Write(number, int.Parse(query["pagesize"]!, CultureInfo.InvariantCulture))),
            };
        }
    }
}
