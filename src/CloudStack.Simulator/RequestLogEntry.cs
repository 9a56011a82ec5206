namespace CloudStack.Simulator;

/// <summary>One request that the simulated server saw.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Time">When it came, by the server's clock.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Command">The command as sent, or null where there was none.</param>
/// <param name="Parameters">The parameters as sent, secrets and signature replaced by <c>***</c>.</param>
/// <param name="User">The login name of who called, or null where that wasn't found out.</param>
/// <param name="Status">The HTTP status answered; 0 where the connection broke.</param>
/// <param name="ChangedState">True where the cloud wasn't the same after it.</param>
public sealed record RequestLogEntry(
    long Number,
    DateTimeOffset Time,
    string Method,
    string? Command,
    IReadOnlyDictionary<string, string> Parameters,
    string? User,
    int Status,
    bool ChangedState);
