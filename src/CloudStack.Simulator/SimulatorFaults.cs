using CloudStack.Simulator.Protocol;

namespace CloudStack.Simulator;

/// <summary>What can go wrong on purpose.</summary>
public enum FaultKind
{
    /// <summary>The server refuses with <see cref="SimulatorFault.Status"/>; nothing is done.</summary>
    Refuse,

    /// <summary>The server answers 429 and says how many milliseconds to wait; nothing is done.</summary>
    Throttle,

    /// <summary>A proxy answers with an HTML page and <see cref="SimulatorFault.Status"/>; nothing is done.</summary>
    HtmlPage,

    /// <summary>The connection breaks before the server sees the request; nothing is done.</summary>
    DropRequest,

    /// <summary>The command is done and the connection breaks before the answer.</summary>
    DropAnswer,

    /// <summary>The command is done and the answer is 200 without a body.</summary>
    EmptyBody,

    /// <summary>The command is done and the answer breaks off in the middle.</summary>
    TruncatedBody,

    /// <summary>The job fails with code 530 and a text; nothing is done.</summary>
    FailJob,

    /// <summary>The job fails as after a restart of the server, without any result; nothing is done.</summary>
    LoseJob,
}

/// <summary>One fault to come.</summary>
/// <param name="Kind">What goes wrong.</param>
public sealed record SimulatorFault(FaultKind Kind)
{
    /// <summary>How many requests or jobs it hits.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The only command it hits, or null for any.</summary>
    public string? Command { get; init; }

    /// <summary>The HTTP status of <see cref="FaultKind.Refuse"/> and <see cref="FaultKind.HtmlPage"/>.</summary>
    public int Status { get; init; } = 503;

    /// <summary>The wait that <see cref="FaultKind.Throttle"/> names.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMilliseconds(200);
}

/// <summary>Switches for trouble. All may be set while requests run.</summary>
public sealed class SimulatorFaults
{
    private readonly List<(SimulatorFault Fault, int Left)> _pending = [];

    /// <summary>How long each request waits before it's looked at, by the server's clock.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>How long jobs take instead of <see cref="SimulatorOptions.JobDelay"/>, or null.</summary>
    public TimeSpan? JobDelay { get; set; }

    /// <summary>Lets a fault hit the requests to come, after those injected before.</summary>
    /// <param name="fault">The fault.</param>
    public void Inject(SimulatorFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        lock (_pending)
        {
            _pending.Add((fault, fault.Times));
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
    }

    internal SimulatorFault? TakeForRequest(string? command) =>
        Take(command, fault => fault.Kind is not (FaultKind.FailJob or FaultKind.LoseJob));

    internal void FailJobIfAsked(string command)
    {
        if (Take(command, fault => fault.Kind is FaultKind.FailJob or FaultKind.LoseJob) is not { } fault)
        {
            return;
        }

        throw fault.Kind == FaultKind.LoseJob
            ? ApiError.Restarted()
            : new ApiError(ApiError.Internal, "The job was made to fail.", null);
    }

    private SimulatorFault? Take(string? command, Func<SimulatorFault, bool> isWanted)
    {
        lock (_pending)
        {
            for (var i = 0; i < _pending.Count; i++)
            {
                var (fault, left) = _pending[i];
                if (!isWanted(fault) || (fault.Command is not null && fault.Command != command))
                {
                    continue;
                }

                if (left <= 1)
                {
                    _pending.RemoveAt(i);
                }
                else
                {
                    _pending[i] = (fault, left - 1);
                }

                return fault;
            }
        }

        return null;
    }
}
