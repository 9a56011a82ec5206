namespace Cloud.Core.Jobs;

/// <summary>How often a job is asked about while it's followed.</summary>
/// <param name="First">The wait before the first question.</param>
/// <param name="Longest">The longest wait between two questions.</param>
public sealed record FollowPolicy(TimeSpan First, TimeSpan Longest)
{
    private const double Growth = 1.5;

    /// <summary>One second at first, growing by half up to ten: each question costs the server a database write.</summary>
    public static FollowPolicy Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));

    /// <summary>For a cloud in memory, where a question costs nothing.</summary>
    public static FollowPolicy Eager { get; } = new(TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(250));

    /// <summary>How long the server may leave every question unanswered before the wait is given up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>The wait that comes after another.</summary>
    /// <param name="last">The wait before.</param>
    public TimeSpan Next(TimeSpan last)
    {
        var grown = last * Growth;
        return grown < Longest ? grown : Longest;
    }
}
