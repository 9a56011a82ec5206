namespace CloudStack.Client.Tests.Faults;

/// <summary>What is done in one step.</summary>
internal enum Deed
{
    Create,
    Start,
    Stop,
    StopLater,
    Tag,
    Rename,
    AddUser,
    Delete,
    List,
}

/// <summary>One operation, what it's done to, and the faults that its requests meet one after the other.</summary>
/// <param name="Deed">What is done.</param>
/// <param name="Machine">The machine it's done to.</param>
/// <param name="Round">Steps of one round are done at the same time, each to another machine.</param>
/// <param name="Faults">The faults.</param>
internal sealed record Step(Deed Deed, string Machine, int Round, IReadOnlyList<WireFault> Faults)
{
    public override string ToString() => $"{Deed} {Machine} in round {Round} [{string.Join(", ", Faults)}]";
}

/// <summary>A sequence of operations and faults.</summary>
internal sealed record Scenario(WayIn Way, TimeSpan JobDelay, IReadOnlyList<Step> Steps)
{
    private static readonly string[] Machines = ["web-01", "web-02", "web-staging", "db-01", "bastion-01"];

    /// <summary>The steps in the order of their rounds.</summary>
    public IEnumerable<IReadOnlyList<ScenarioStep>> Rounds => Steps
        .Select((step, number) => new ScenarioStep(step, number))
        .GroupBy(work => work.Round, (_, round) => round.ToList());

    /// <summary>Makes the sequence of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="kinds">The faults it may have.</param>
    public static Scenario Of(int seed, WireFault[] kinds)
    {
        var random = new Random(seed);
        var steps = new List<Step>();
        var most = random.Next(3, 8);
        for (var round = 0; steps.Count < most; round++)
        {
            // Mostly one after the other, sometimes several at once.
            var width = random.Next(3) == 0 ? random.Next(2, 5) : 1;
            var machines = Machines.ToArray();
            random.Shuffle(machines);
            steps.AddRange(machines.Take(width).Select(machine => new Step(
                random.GetItems(Enum.GetValues<Deed>(), 1)[0], machine, round, Faults(random, kinds))));
        }

        return new Scenario((WayIn)random.Next(3), TimeSpan.FromSeconds(random.Next(0, 3) * 12), steps);
    }

    /// <summary>Takes away steps, faults and whatever else as long as the sequence goes wrong.</summary>
    public async Task<Scenario> MinimiseAsync(Func<Scenario, Task<bool>> goesWrong)
    {
        foreach (var smaller in Smaller())
        {
            if (await goesWrong(smaller))
            {
                return await smaller.MinimiseAsync(goesWrong);
            }
        }

        return this;
    }

    public override string ToString() => $"by {Way}, jobs take {JobDelay.TotalSeconds} s; {string.Join("; ", Steps)}";

    // Mostly quiet, sometimes one fault after the other; most requests of a change are reads that come before it.
    private static WireFault[] Faults(Random random, WireFault[] kinds)
    {
        var chance = random.Next(0, 4) * 0.2;
        return [.. Enumerable.Range(0, random.Next(0, 16)).Select(_ => random.NextDouble() < chance ? random.GetItems(kinds, 1)[0] : WireFault.None)];
    }

    private IEnumerable<Scenario> Smaller()
    {
        if (Way != WayIn.Key)
        {
            yield return this with { Way = WayIn.Key };
        }

        for (var i = 0; i < Steps.Count; i++)
        {
            yield return this with { Steps = [.. Steps.Where((_, at) => at != i)] };
        }

        if (Steps.Select(step => step.Round).Distinct().Count() < Steps.Count)
        {
            yield return this with { Steps = [.. Steps.Select((step, at) => step with { Round = at })] };
        }

        for (var i = 0; i < Steps.Count; i++)
        {
            for (var j = 0; j < Steps[i].Faults.Count; j++)
            {
                if (Steps[i].Faults[j] != WireFault.None)
                {
                    var quieter = Steps[i] with { Faults = [.. Steps[i].Faults.Select((fault, at) => at == j ? WireFault.None : fault)] };
                    yield return this with { Steps = [.. Steps.Select((step, at) => at == i ? quieter : step)] };
                }
            }
        }
    }
}
