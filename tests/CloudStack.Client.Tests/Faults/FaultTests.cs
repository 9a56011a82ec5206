using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace CloudStack.Client.Tests.Faults;

/// <summary>
/// Random sequences of operations, some at the same time, by key or session, and faults: nothing happens twice, nothing is called done that isn't or failed that is,
/// no row is lost or doubled, every wait ends, and no secret shows. CLOUDSTACK_FAULT_SEQUENCES sets how many (2,000),
/// CLOUDSTACK_FAULT_SEED where to begin (1).
/// </summary>
public sealed class FaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task What_is_said_of_an_operation_is_true_under_every_fault()
    {
        var first = Number("CLOUDSTACK_FAULT_SEED", 1);
        var count = Number("CLOUDSTACK_FAULT_SEQUENCES", 2000);
        var tally = new Tally();
        var wrong = new ConcurrentQueue<(int Seed, string Problem)>();
        var begun = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(first, count),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
            async (seed, _) =>
            {
                if (wrong.IsEmpty && await ScenarioRun.RunAsync(Of(seed), tally) is { } problem)
                {
                    wrong.Enqueue((seed, problem));
                }
            });
        output.WriteLine($"{count} sequences from seed {first} in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s; {tally}");
        if (wrong.OrderBy(one => one.Seed).FirstOrDefault() is { Problem: { } found } failed)
        {
            var least = await Of(failed.Seed).MinimiseAsync(async smaller => await ScenarioRun.RunAsync(smaller, new Tally()) is not null);
            Assert.Fail($"Seed {failed.Seed}: {found}\nThe least sequence that goes wrong: {least}\n{await ScenarioRun.RunAsync(least, new Tally())}");
        }

        Assert.True(count < 2000 || !tally.Missing.Any(), $"Never met: {string.Join(", ", tally.Missing)}");
    }

    private static Scenario Of(int seed) => Scenario.Of(seed, Enum.GetValues<WireFault>());

    /// <summary>A number from an environment variable.</summary>
    internal static int Number(string variable, int otherwise) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
