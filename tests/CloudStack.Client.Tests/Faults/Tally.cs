namespace CloudStack.Client.Tests.Faults;

/// <summary>Counts what the sequences met.</summary>
internal sealed class Tally
{
    private readonly int[] _met = new int[Enum.GetValues<WireFault>().Length];
    private readonly int[] _said = new int[Enum.GetValues<Said>().Length];

    public void Add(int[] met)
    {
        for (var i = 0; i < met.Length; i++)
        {
            Interlocked.Add(ref _met[i], met[i]);
        }
    }

    public void Add(Said said) => Interlocked.Increment(ref _said[(int)said]);

    public IEnumerable<WireFault> Missing => Enum.GetValues<WireFault>().Where(fault => _met[(int)fault] == 0);

    public override string ToString() =>
        $"{_said.Sum()} operations: {string.Join(", ", Enum.GetValues<Said>().Select(said => $"{_said[(int)said]} {said}"))}\n"
        + $"{_met.Sum()} requests: {string.Join(", ", Enum.GetValues<WireFault>().Select(fault => $"{_met[(int)fault]} {fault}"))}";
}
