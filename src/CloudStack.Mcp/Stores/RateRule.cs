namespace CloudStack.Mcp.Stores;

/// <summary>How many calls a caller may make.</summary>
/// <param name="PerMinute">Calls a minute in the long run.</param>
/// <param name="Burst">Calls at once after a pause.</param>
/// <param name="LongestQueue">How long a call may wait for its turn before it's refused.</param>
internal sealed record RateRule(int PerMinute, int Burst, TimeSpan LongestQueue)
{
    /// <summary>The time between two calls in the long run.</summary>
    public TimeSpan Interval => TimeSpan.FromMinutes(1) / PerMinute;

    /// <summary>How far a caller may be ahead of the long run without waiting.</summary>
    public TimeSpan Ahead => Interval * (Burst - 1);

    /// <summary>Decides on a call.</summary>
    /// <param name="debt">How far the calls made so far are ahead of the long run.</param>
    public RateTurn Decide(TimeSpan debt)
    {
        var wait = debt <= Ahead ? TimeSpan.Zero : debt - Ahead;
        return new RateTurn(wait <= LongestQueue, wait);
    }
}

/// <summary>A call's turn.</summary>
/// <param name="IsGiven">True where the call may be made; false where it's refused and not counted.</param>
/// <param name="Wait">How long to wait: before the call is made, or before it's tried again.</param>
internal readonly record struct RateTurn(bool IsGiven, TimeSpan Wait);
