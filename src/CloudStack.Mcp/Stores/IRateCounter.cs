namespace CloudStack.Mcp.Stores;

/// <summary>
/// Counts calls per caller. Each caller has one number, the time up to which its calls are paid for at the rate of the long
/// run (the generic cell rate algorithm), so that many replicas can share it in one row.
/// </summary>
internal interface IRateCounter
{
    /// <summary>Asks for a turn, and counts the call where it's given.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="rule">How many calls it may make.</param>
    /// <param name="cancellationToken">Stops the question.</param>
    ValueTask<RateTurn> TakeAsync(string caller, RateRule rule, CancellationToken cancellationToken);
}
