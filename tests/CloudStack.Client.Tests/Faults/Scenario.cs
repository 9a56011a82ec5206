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
internal sealed record Step(Deed Deed, string Machine, IReadOnlyList<WireFault> Faults)
{
    public override string ToString() => $"{Deed} {Machine} [{string.Join(", ", Faults)}]";
}

/// <summary>A sequence of operations and faults.</summary>
internal sealed record Scenario(TimeSpan JobDelay, IReadOnlyList<Step> Steps)
{
    private static readonly string[] Machines = ["web-01", "web-02", "web-staging", "db-01", "bastion-01"];

    /// <summary>Makes the sequence of a seed.</summary>
    public static Scenario Of(int seed)
    {
        var random = new Random(seed);
        var steps = Enumerable.Range(0, random.Next(3, 8)).Select(_ => new Step(
            random.GetItems(Enum.GetValues<Deed>(), 1)[0], random.GetItems(Machines, 1)[0], Faults(random)));
        return new Scenario(TimeSpan.FromSeconds(random.Next(0, 3) * 12), [.. steps]);
    }

    /// <summary>Takes away steps and faults as long as the sequence goes wrong.</summary>
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

    public override string ToString() => $"jobs take {JobDelay.TotalSeconds} s; {string.Join("; ", Steps)}";

    // Mostly quiet, sometimes one fault after the other; most requests of a change are reads that come before it.
    private static WireFault[] Faults(Random random)
    {
        var chance = random.Next(0, 4) * 0.2;
        var kinds = Enum.GetValues<WireFault>();
        return [.. Enumerable.Range(0, random.Next(0, 16)).Select(_ => random.NextDouble() < chance ? random.GetItems(kinds, 1)[0] : WireFault.None)];
    }

    private IEnumerable<Scenario> Smaller()
    {
        for (var i = 0; i < Steps.Count; i++)
        {
            yield return this with { Steps = [.. Steps.Where((_, at) => at != i)] };
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
