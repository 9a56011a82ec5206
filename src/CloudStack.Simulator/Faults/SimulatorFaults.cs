namespace CloudStack.Simulator;

/// <summary>Switches for trouble. All may be set while requests run.</summary>
public sealed class SimulatorFaults
{
    private readonly List<Pending> _pending = [];

    /// <summary>How long each request waits before it's looked at, in real time.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>How long jobs take instead of <see cref="SimulatorOptions.JobTimes"/>, or null.</summary>
    public TimeSpan? JobDelay { get; set; }

    /// <summary>How far the server's clock is ahead where it checks when a signature expires.</summary>
    public TimeSpan ClockAhead { get; set; }

    /// <summary>Faults that have yet to hit, in the order they were injected.</summary>
    public IReadOnlyList<SimulatorFault> Waiting
    {
        get
        {
            lock (_pending)
            {
                return [.. _pending.Select(pending => pending.Fault)];
            }
        }
    }

    /// <summary>Lets a fault hit requests to come; where several could hit one, the first injected does.</summary>
    /// <param name="fault">The fault.</param>
    public void Inject(SimulatorFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_pending)
        {
            _pending.Add(new Pending(fault));
        }
    }

    /// <summary>Does what a script says; see <see cref="FaultScript"/>.</summary>
    /// <param name="script">The script.</param>
    public void Follow(FaultScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        Latency = script.Latency ?? Latency;
        JobDelay = script.JobDelay ?? JobDelay;
        ClockAhead = script.ClockAhead ?? ClockAhead;
        foreach (var fault in script.Faults)
        {
            Inject(fault);
        }
    }

    /// <summary>Ends all trouble.</summary>
    public void Clear()
    {
        lock (_pending)
        {
            _pending.Clear();
        }

        Latency = TimeSpan.Zero;
        JobDelay = null;
        ClockAhead = TimeSpan.Zero;
    }

    internal SimulatorFault? TakeForRequest(string? command) => Take(command, isForJobs: false);

    internal FaultKind? TakeForJob(string command) => Take(command, isForJobs: true)?.Kind;

    private SimulatorFault? Take(string? command, bool isForJobs)
    {
        lock (_pending)
        {
            SimulatorFault? taken = null;
            foreach (var pending in _pending)
            {
                if (pending.Fault.IsForJobs == isForJobs && (pending.Fault.Command is null || pending.Fault.Command == command)
                    && pending.IsDue(isFree: taken is null))
                {
                    taken = pending.Fault;
                }
            }

            _pending.RemoveAll(pending => pending.Left <= 0);
            return taken;
        }
    }

    private sealed class Pending(SimulatorFault fault)
    {
        private int _before = fault.On - 1;

        public SimulatorFault Fault { get; } = fault;

        public int Left { get; private set; } = fault.Times;

        /// <summary>Counts a request that the fault could hit; true where it does.</summary>
        /// <param name="isFree">False where an earlier fault hits the request already.</param>
        public bool IsDue(bool isFree)
        {
            if (_before > 0)
            {
                _before--;
                return false;
            }

            if (!isFree)
            {
                return false;
            }

            Left--;
            return true;
        }
    }
}
