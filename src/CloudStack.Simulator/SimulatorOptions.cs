namespace CloudStack.Simulator;

/// <summary>How a simulated cloud is set up.</summary>
public sealed record SimulatorOptions
{
    /// <summary>How many virtual machines the seeded cloud has; at least the dozen named ones. See <see cref="SeedSize"/>.</summary>
    public int MachineCount { get; init; }

    /// <summary>The seed of everything that looks like chance; the same seed gives the same cloud.</summary>
    public int Seed { get; init; } = 20_418;

    /// <summary>How long every job takes once it is its turn. Zero: it is done when its ticket is answered.</summary>
    public TimeSpan JobDelay
    {
        get => JobTimes.Usual;
        init => JobTimes = JobTimes.Fixed(value);
    }

    /// <summary>How long jobs take by their commands.</summary>
    public JobTimes JobTimes { get; init; } = JobTimes.None;

    /// <summary>How long a registered template or ISO takes until it is ready.</summary>
    public TimeSpan DownloadTime { get; init; } = TimeSpan.Zero;

    /// <summary>Real time. The cloud's own time begins there and passes as <see cref="Pace"/> says.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How the cloud's time passes.</summary>
    public ClockPace Pace { get; init; } = ClockPace.Real;

    /// <summary>
    /// The file that keeps the cloud, or null for a cloud that ends with the process. A file that is there decides what the
    /// cloud is: <see cref="MachineCount"/>, <see cref="Seed"/>, <see cref="DownloadTime"/> and <see cref="ServerVersion"/>
    /// are then the file's.
    /// </summary>
    public string? StateFile { get; init; }

    /// <summary>From how many changes on a state file is compacted when it's opened.</summary>
    internal int FewestToCompact { get; init; } = 1_000;

    /// <summary>The largest page of a list and the default one; -1 for no limit.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Refuse state changes by GET, and demand an expiry of at most 15 minutes on signed requests.</summary>
    public bool EnforcePost { get; init; }

    /// <summary>How many calls an account may make, or null for any number. Root administrators are exempt.</summary>
    public ApiLimit? ApiLimit { get; init; }

    /// <summary>Percent-encode every text of an answer, as the server's setting <c>encode.api.response</c> does.</summary>
    public bool EncodeAnswers { get; init; }

    /// <summary>How many requests the log keeps; the oldest go first.</summary>
    public int LoggedRequests { get; init; } = 10_000;

    /// <summary>The version that <c>listCapabilities</c> answers.</summary>
    public string ServerVersion { get; init; } = "4.22.0.0";
}

/// <summary>How many calls an account may make.</summary>
/// <param name="Calls">How many.</param>
/// <param name="Interval">In which time.</param>
public sealed record ApiLimit(int Calls, TimeSpan Interval);
