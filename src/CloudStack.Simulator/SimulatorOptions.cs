namespace CloudStack.Simulator;

/// <summary>How a simulated cloud is set up.</summary>
public sealed record SimulatorOptions
{
    /// <summary>How many virtual machines the seeded cloud has; at least the dozen named ones.</summary>
    public int MachineCount { get; init; }

    /// <summary>The seed of everything that looks like chance; the same seed gives the same cloud.</summary>
    public int Seed { get; init; } = 20_418;

    /// <summary>How long a job takes once it is its turn. Zero: it is done when its ticket is answered.</summary>
    public TimeSpan JobDelay { get; init; } = TimeSpan.Zero;

    /// <summary>How long a registered template or ISO takes until it is ready.</summary>
    public TimeSpan DownloadTime { get; init; } = TimeSpan.Zero;

    /// <summary>The server's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The largest page of a list and the default one; -1 for no limit.</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>Refuse state changes by GET, and demand an expiry of at most 15 minutes on signed requests.</summary>
    public bool EnforcePost { get; init; }

    /// <summary>How many requests the log keeps; the oldest go first.</summary>
    public int LoggedRequests { get; init; } = 10_000;

    /// <summary>The version that <c>listCapabilities</c> answers.</summary>
    public string ServerVersion { get; init; } = "4.22.0.0";
}
