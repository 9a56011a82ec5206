using System.Diagnostics;
using System.Globalization;
using Cloud.Core.Audit;
using Cloud.Core.Jobs;
using Cloud.Core.Objects;
using Cloud.Core.Operations;
using CloudStack.Client;
using CloudStack.Simulator;

namespace Benchmarks;

/// <summary>Follows 1,000 jobs at once, each of half a minute: how often the server is asked, and what memory it takes.</summary>
internal static class JobsBenchmark
{
    private const int Jobs = 1000;
    private static readonly TimeSpan JobTime = TimeSpan.FromSeconds(30);

    public static async Task RunAsync()
    {
        using var cloud = new SimulatedCloud(new SimulatorOptions { MachineCount = Jobs + 200, JobDelay = JobTime, LoggedRequests = 100_000 });
        using var provider = CloudStackProvider.Create(SimulatedMachines.Connection(cloud), cloud.CreateHandler());
        var machines = await MachinesAsync(provider);
        var jobs = new List<string>();
        foreach (var id in machines)
        {
            var reply = await provider.SendAsync(Command(provider, "rebootVirtualMachine", "id", id), default);
            jobs.Add(reply.JobId!);
        }

        GC.Collect();
        var idle = Environment.WorkingSet;
        var host = new Silent();
        var runner = new OperationRunner(host, FollowPolicy.Default, TimeProvider.System);
        var begun = Stopwatch.GetTimestamp();
        var waits = Task.WhenAll(jobs.Select(job => runner.FollowAsync(job, "rebootVirtualMachine", provider, host, default)));
        var peak = idle;
        while (!waits.IsCompleted)
        {
            await Task.WhenAny(waits, Task.Delay(200));
            peak = Math.Max(peak, Environment.WorkingSet);
        }

        var ended = await waits;
        var polls = cloud.Requests.Where(request => request.Command == "queryAsyncJobResult").ToList();
        var busiest = polls.GroupBy(poll => poll.Time.ToUnixTimeSeconds()).Max(second => second.Count());
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ended.Count(job => job.Status == JobStatus.Succeeded)} of {Jobs} jobs of {JobTime.TotalSeconds} s followed at once in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s"));
        Console.WriteLine($"  polls {polls.Count}, in the busiest second {busiest}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  peak working set above idle, simulator included, MB {(peak - idle) / 1e6:0.0}"));
    }

    private static async Task<List<string>> MachinesAsync(CloudStackProvider provider)
    {
        var ids = new List<string>();
        await foreach (var page in provider.PageAsync(Command(provider, "listVirtualMachines", "listall", true), RowRange.All, default))
        {
            ids.AddRange(page.Objects.Where(machine => machine.GetText("state") == "Running").Select(machine => machine.GetText("id")!));
        }

        return [.. ids.Take(Jobs)];
    }

    private static BoundCommand Command(CloudStackProvider provider, string name, string argument, object value) =>
        new(provider.Catalog.FindCommand(name)!, new Dictionary<string, object> { [argument] = value });

    private sealed class Silent : IOperationHost, IAuditLog
    {
        public ValueTask EmitAsync(CloudObject result, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask<ConfirmationAnswer> ConfirmAsync(Confirmation confirmation, CancellationToken cancellationToken) =>
            ValueTask.FromResult(ConfirmationAnswer.Approved);

        public void Report(OperationProgress progress)
        {
        }

        public void Warn(string message)
        {
        }

        public void Verbose(string message)
        {
        }

        public ValueTask AppendAsync(AuditRecord record, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
