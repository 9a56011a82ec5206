namespace CloudStack.Simulator.Jobs;

/// <summary>What becomes of a job: how long it takes, and how it's made to fail, if it is.</summary>
internal sealed record JobFate(TimeSpan Time, FaultKind? Fault);

/// <summary>
/// Decides what becomes of jobs. The decisions of a change are kept with it, so that doing it again doesn't depend on the
/// faults and times that are set then.
/// </summary>
internal sealed class JobFates(SimulatorOptions options, SimulatorFaults faults)
{
    private readonly Queue<JobFate> _known = new();
    private readonly List<JobFate> _decided = [];

    /// <summary>The decisions since the change began.</summary>
    public IReadOnlyList<JobFate> Decided => [.. _decided];

    /// <summary>Begins a change.</summary>
    /// <param name="known">Decisions that were made when it was done before.</param>
    public void Begin(IEnumerable<JobFate> known)
    {
        _decided.Clear();
        _known.Clear();
        foreach (var fate in known)
        {
            _known.Enqueue(fate);
        }
    }

    public JobFate Decide(string command, string jobId)
    {
        var fate = _known.TryDequeue(out var known)
            ? known
            : new JobFate(faults.JobDelay ?? options.JobTimes.Of(command, jobId), faults.TakeForJob(command));
        _decided.Add(fate);
        return fate;
    }
}
