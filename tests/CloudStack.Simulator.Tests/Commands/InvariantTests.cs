using System.Globalization;
using CloudStack.Simulator.Store;
using CloudStack.Simulator.Tests.Commands.Invariants;
using CloudStack.Simulator.Tests.Support;
using Xunit.Abstractions;

namespace CloudStack.Simulator.Tests.Commands;

/// <summary>Whatever is done in whatever order, and whatever is refused, the cloud fits together.</summary>
public sealed class InvariantTests(ITestOutputHelper output)
{
    private const int Seeds = 10;
    private const int Steps = 2000;
    private const int Rare = 30;

    // Of the test of overlapping jobs, and how many are begun in each.
    private const int Rounds = 120;
    private const int Overlapping = 10;

    // What looks at everything is asked now and then.
    private const int Thorough = 20;

    private static readonly IInvariants[] Areas =
    [
        new MachineInvariants(), new NetworkInvariants(), new StoreInvariants(), new ServiceInvariants(), new EdgeInvariants(),
        new WireInvariants(), new RoutingInvariants(),
    ];

    private static readonly (string Command, (string Name, string Wish)[] Arguments)[] Moves = [.. Areas.SelectMany(area => area.Moves)];

    private readonly Tally[] _tallies = [.. Moves.Select(move => new Tally(Describe(move)))];

    [Fact]
    public async Task Fits_together_after_every_step_and_every_move_is_accepted_at_times()
    {
        var problems = new List<string>();
        for (var seed = 1; seed <= Seeds; seed++)
        {
            problems.AddRange(await GoAsync(seed));
        }

        foreach (var tally in _tallies.OrderBy(tally => tally.Move, StringComparer.Ordinal))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{tally.Accepted,4} accepted, {tally.Refused,4} refused: {tally.Move}"));
        }

        output.WriteLine($"{_tallies.Sum(t => t.Accepted)} of {_tallies.Sum(t => t.Accepted + t.Refused)} moves were accepted.");
        Assert.True(problems.Count == 0, string.Join('\n', problems));
        var never = _tallies.Where(tally => tally.Accepted == 0).Select(tally => $"{tally.Move} is always refused, at last so: {tally.LastRefusal}").ToList();
        Assert.True(never.Count == 0, string.Join("\n", never));
    }

    /// <summary>Jobs take their time, so that others come in between; once they're done, all fits together.</summary>
    [Fact]
    public async Task Fits_together_after_jobs_that_overlap()
    {
        using var cloud = new SimulatedCloud(new SimulatorOptions { Pace = ClockPace.Stepped, JobDelay = TimeSpan.FromSeconds(20) });
        var root = SignedCaller.Root(cloud);
        var random = new Random(7);
        var draws = new Draws(cloud.Store, random);
        for (var round = 0; round < Rounds; round++)
        {
            var moves = new List<string>();
            for (var i = 0; i < Overlapping; i++)
            {
                var (command, wishes) = Moves[random.Next(Moves.Length)];
                var arguments = draws.Of(wishes);
                var reply = await root.PostAsync(command, arguments);
                moves.Add($"{reply.Status} {command}({string.Join(", ", arguments)})");
                cloud.Clock.Step(TimeSpan.FromSeconds(random.Next(15)));
            }

            cloud.Clock.Step(TimeSpan.FromHours(1));
            await root.CallAsync("listZones");
            var problems = Problems(cloud.Store, isThorough: true).Take(5).ToList();
            Assert.True(problems.Count == 0, $"Round {round}: {string.Join('\n', problems)}\nafter {string.Join('\n', moves)}");
        }
    }

    // Goes on until something contradicts itself, and tells what.
    private async Task<IEnumerable<string>> GoAsync(int seed)
    {
        using var cloud = new SimulatedCloud();
        var root = SignedCaller.Root(cloud);
        var random = new Random(seed);
        var draws = new Draws(cloud.Store, random);
        await Recipes.PlaceOutsideAsync(root, await Recipes.ExtensionAsync(root));
        for (var step = 0; step < Steps; step++)
        {
            var move = Choose(random);
            var (command, wishes) = Moves[move];
            var arguments = draws.Of(wishes);
            var before = cloud.StateVersion;
            var (code, text) = await TryAsync(root, command, arguments);
            _tallies[move].Count(code == 200, text);
            var problems = Problems(cloud.Store, step % Thorough == 0)
                .Concat(code == 200 || IsRefusal(code, text) ? [] : [$"The refusal is {code}: {text}"])
                .Concat(code == 200 || cloud.StateVersion == before || text.StartsWith("job", StringComparison.Ordinal) ? [] : ["The refusal changed something."])
                .Take(5).ToList();
            if (problems.Count > 0)
            {
                return problems.Select(problem => $"Seed {seed}, step {step}, {command}({string.Join(", ", arguments)}): {problem}");
            }
        }

        return [];
    }

    // Every other move is one of those that were accepted least, so that what needs much before it comes about too.
    private int Choose(Random random) => random.Next(2) == 0
        ? random.Next(Moves.Length)
        : Enumerable.Range(0, Moves.Length).OrderBy(i => _tallies[i].Accepted).Take(Rare).ElementAt(random.Next(Rare));

    /// <summary>Sends a command and gives its code, or that of its job.</summary>
    private static async Task<(int Code, string Text)> TryAsync(SignedCaller root, string command, (string Name, string Value)[] arguments)
    {
        var reply = await root.PostAsync(command, arguments);
        if (reply.Status != 200 || !reply.Content.TryGetProperty("jobid", out var id))
        {
            return (reply.Status, reply.Body);
        }

        var job = await root.CallAsync("queryAsyncJobResult", ("jobid", id.GetString()!));
        var code = job.Content.GetProperty("jobresultcode").GetInt32();
        return code == 0 ? (200, "") : (code, "job: " + job.Content.GetProperty("jobresult").GetRawText());
    }

    private static bool IsRefusal(int code, string text) =>
        code is 431 or 531 or 533 or 534 or 535 or 536 or 537 || (code == 530 && !text.Contains("Internal error", StringComparison.Ordinal));

    private static IEnumerable<string> Problems(CloudStore store, bool isThorough)
    {
        foreach (var (className, field) in Areas.SelectMany(area => area.References))
        {
            foreach (var entity in store.Table(className).Where(e => e.Text(field) is { } id && store.Find(id) is null))
            {
                yield return $"{entity} points by {field} to nothing.";
            }
        }

        foreach (var problem in Areas.SelectMany(area => area.Problems(store)).Concat(isThorough ? WholeCloud.Problems(store) : []))
        {
            yield return problem;
        }
    }

    private static string Describe((string Command, (string Name, string Wish)[] Arguments) move) =>
        $"{move.Command} {string.Join(' ', move.Arguments.Select(argument => $"{argument.Name}:{argument.Wish}"))}";

    private sealed class Tally(string move)
    {
        public string Move { get; } = move;

        public int Accepted { get; private set; }

        public int Refused { get; private set; }

        public string LastRefusal { get; private set; } = "";

        public void Count(bool isAccepted, string text)
        {
            Accepted += isAccepted ? 1 : 0;
            Refused += isAccepted ? 0 : 1;
            LastRefusal = isAccepted ? LastRefusal : text;
        }
    }
}
