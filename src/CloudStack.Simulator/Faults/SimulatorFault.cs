namespace CloudStack.Simulator;

/// <summary>One fault to come.</summary>
/// <param name="Kind">What goes wrong.</param>
public sealed record SimulatorFault(FaultKind Kind)
{
    /// <summary>How many requests or jobs it hits.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The first request or job that it hits, counted from 1 among those it could hit.</summary>
    public int On { get; init; } = 1;

    /// <summary>The only command it hits, or null for any.</summary>
    public string? Command { get; init; }

    /// <summary>The HTTP status of <see cref="FaultKind.Refuse"/> and <see cref="FaultKind.HtmlPage"/>.</summary>
    public int Status { get; init; } = 503;

    /// <summary>The wait that <see cref="FaultKind.Throttle"/> names.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long <see cref="FaultKind.LateAnswer"/> and <see cref="FaultKind.SlowBody"/> take, in real time.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(1);

    internal bool IsForJobs => Kind is FaultKind.FailJob or FaultKind.LoseJob;
}
