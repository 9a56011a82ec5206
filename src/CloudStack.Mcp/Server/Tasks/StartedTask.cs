namespace CloudStack.Mcp.Server.Tasks;

/// <summary>A job as a task of the protocol.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Command">The API name of the command that started it.</param>
/// <param name="Caller">Who may ask about it.</param>
/// <param name="Begun">When it began, in milliseconds since 1970 UTC.</param>
internal sealed record StartedTask(string JobId, string Command, string Caller, long Begun)
{
    /// <summary>How long it can be asked about: as long as the cloud remembers its jobs.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    /// <summary>How often clients should ask.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    /// <summary>When it began.</summary>
    public DateTimeOffset Created => DateTimeOffset.FromUnixTimeMilliseconds(Begun);
}
