namespace CloudStack.Client.Tests.Faults;

/// <summary>Counts what the sequences met.</summary>
internal sealed class Tally
{
    private readonly int[] _met = new int[Enum.GetValues<WireFault>().Length];
    private readonly int[] _ways = new int[Enum.GetValues<WayIn>().Length];
    private readonly int[] _said = new int[Enum.GetValues<Said>().Length];
    private int _atOnce;

    public void Add(int[] met)
    {
        for (var i = 0; i < met.Length; i++)
        {
            Interlocked.Add(ref _met[i], met[i]);
        }
    }

    public void Add(Scenario scenario)
    {
        Interlocked.Increment(ref _ways[(int)scenario.Way]);
        Interlocked.Add(ref _atOnce, scenario.Rounds.Where(round => round.Count > 1).Sum(round => round.Count));
    }

    public void Add(Said said) => Interlocked.Increment(ref _said[(int)said]);

    public IEnumerable<WireFault> Missing => Enum.GetValues<WireFault>().Where(fault => _met[(int)fault] == 0);

    public override string ToString() =>
        $"{string.Join(", ", Enum.GetValues<WayIn>().Select(way => $"{_ways[(int)way]} by {way}"))}\n"
        + $"{_said.Sum()} operations, {_atOnce} of them at the same time as others: {string.Join(", ", Enum.GetValues<Said>().Select(said => $"{_said[(int)said]} {said}"))}\n"
        + $"{_met.Sum()} requests: {string.Join(", ", Enum.GetValues<WireFault>().Select(fault => $"{_met[(int)fault]} {fault}"))}";
}
