using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit.Abstractions;

namespace CloudStack.Client.Tests.Faults;

/// <summary>
/// The same promises over real sockets, where the runtime's own HTTP stack has a word in what became of a request.
/// CLOUDSTACK_SOCKET_SEQUENCES sets how many (25), CLOUDSTACK_FAULT_SEED where to begin (1).
/// </summary>
[Collection(nameof(SocketFaultTests))]
public sealed class SocketFaultTests(ITestOutputHelper output)
{
    [Fact]
    public async Task What_is_said_of_an_operation_is_true_over_real_sockets()
    {
        var (first, count) = (FaultTests.Number("CLOUDSTACK_FAULT_SEED", 1), FaultTests.Number("CLOUDSTACK_SOCKET_SEQUENCES", 25));
        var most = TimeSpan.FromSeconds(30 + count);
        var tally = new Tally();
        var wrong = new ConcurrentQueue<(int Seed, string Problem)>();
        var begun = Stopwatch.GetTimestamp();
        using (var limit = new CancellationTokenSource(most))
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(first, count),
                new ParallelOptions { MaxDegreeOfParallelism = 4 },
                async (seed, _) =>
                {
                    if (wrong.IsEmpty && await RunAsync(Of(seed), tally, limit.Token) is { } problem)
                    {
                        wrong.Enqueue((seed, problem));
                    }
                });
        }

        output.WriteLine($"{count} sequences from seed {first} over sockets in {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s; {tally}");
        if (wrong.OrderBy(one => one.Seed).FirstOrDefault() is { Problem: { } found } failed)
        {
            using var limit = new CancellationTokenSource(most);
            var least = await Of(failed.Seed).MinimiseAsync(
                async smaller => !limit.IsCancellationRequested && await RunAsync(smaller, new Tally(), limit.Token) is not null);
            Assert.Fail($"Seed {failed.Seed}: {found}\nThe least sequence that goes wrong: {least}");
        }

        Assert.True(count < 25 || !FaultySocket.Kinds.Intersect(tally.Missing).Any(), $"Never met: {string.Join(", ", FaultySocket.Kinds.Intersect(tally.Missing))}");
    }

    private static Scenario Of(int seed) => Scenario.Of(seed, FaultySocket.Kinds);

    private static async Task<string?> RunAsync(Scenario scenario, Tally tally, CancellationToken cancellationToken)
    {
        try
        {
            await using var bed = await SocketBed.OpenAsync(scenario);
            var problem = await new ScenarioRun(bed, tally).RunAsync(scenario, cancellationToken);
            tally.Add(bed.Met);
            return problem;
        }
        catch (Exception error)
        {
            // Whatever it is, it belongs to a seed.
            return error.ToString();
        }
    }
}

/// <summary>Has the processor to itself, because its clock is a fast one.</summary>
[CollectionDefinition(nameof(SocketFaultTests), DisableParallelization = true)]
public sealed class SocketFaultCollection;
