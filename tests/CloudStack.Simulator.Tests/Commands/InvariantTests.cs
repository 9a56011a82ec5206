using CloudStack.Simulator.Store;
using CloudStack.Simulator.Tests.Commands.Invariants;
using CloudStack.Simulator.Tests.Support;

namespace CloudStack.Simulator.Tests.Commands;

/// <summary>Whatever is done in whatever order, and whatever is refused, the cloud fits together.</summary>
public sealed class InvariantTests
{
    private const int Steps = 1700;

    private static readonly IInvariants[] Areas =
        [new MachineInvariants(), new NetworkInvariants(), new StoreInvariants(), new ServiceInvariants(), new EdgeInvariants()];

    private static readonly (string Command, (string Name, string Class)[] Arguments)[] Moves = [.. Areas.SelectMany(area => area.Moves)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Fits_together_after_every_step(int seed)
    {
        using var cloud = new SimulatedCloud();
        var root = SignedCaller.Root(cloud);
        var random = new Random(seed);
        var done = 0;
        for (var step = 0; step < Steps; step++)
        {
            var (command, wanted) = Moves[random.Next(Moves.Length)];
            var arguments = wanted.Select(w => (w.Name, Draw(cloud, random, w.Class))).ToArray();
            var before = cloud.StateVersion;
            var reply = await root.PostAsync(command, arguments);

            Assert.True(reply.Status is 200 or 431 or 531 or 533 or 536 or 537, $"{command}: {reply.Body}");
            Assert.True(reply.Status == 200 || cloud.StateVersion == before, $"{command} was refused and changed something.");
            done += reply.Status == 200 ? 1 : 0;
            var problems = Problems(cloud.Store).ToList();
            Assert.True(problems.Count == 0, $"Step {step}, {command}({string.Join(", ", arguments)}): {string.Join('\n', problems)}");
        }

        Assert.InRange(done, Steps / 4, Steps);
    }

    private static string Draw(SimulatedCloud cloud, Random random, string className)
    {
        if (className.StartsWith('='))
        {
            return className[1..];
        }

        var table = cloud.Store.Table(className);
        return table.Count == 0 ? "0b7a6f0e-4d6f-4d5c-9f77-7c7f6c0e1a11" : table.ElementAt(random.Next(table.Count)).Id;
    }

    private static IEnumerable<string> Problems(CloudStore store)
    {
        foreach (var (className, field) in Areas.SelectMany(area => area.References))
        {
            foreach (var entity in store.Table(className).Where(e => e.Text(field) is { } id && store.Find(id) is null))
            {
                yield return $"{entity} points by {field} to nothing.";
            }
        }

        foreach (var problem in Areas.SelectMany(area => area.Problems(store)))
        {
            yield return problem;
        }
    }
}
